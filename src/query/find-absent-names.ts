import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "../diagnostics/place.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { eventsOf, metricsOf } from "../model/experiment-metrics.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import { named, select } from "../sql/queries.ts";
import { textOf } from "./cell-expressions.ts";
import { EXPOSURES } from "./declared-sources.ts";
import type { Engine } from "./engine.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

/** A name that a source should have rows of, and where the project says so. */
interface ExpectedName {
  readonly kind: "event" | "experiment";
  readonly name: string;
  readonly place: Place;
}

/** Where a source holds more names, a misspelled one is not looked for among the rest. */
const MOST_NAMES = 10_000;

/** The experiments that began, and the events that their metrics read, of which a source has no row at all. */
export async function findAbsentNames(
  engine: Engine,
  project: Project,
  layout: EventLayout,
  relation: SourceRelation,
): Promise<readonly Diagnostic[]> {
  const { source } = relation;
  const expected = source === EXPOSURES ? experimentNames(project) : eventNames(project, source);
  const column =
    source === EXPOSURES
      ? layout.exposures.columns.experiment
      : layout.events.find(({ key }) => key === source)?.columns.event;
  if (column === undefined || expected.length === 0) return [];
  const rows = await engine.run(
    select({
      columns: [named("name", textOf(relation, column))],
      from: scan(relation),
      groupBy: ["name"],
      limit: MOST_NAMES,
    }),
  );
  if (rows.length === MOST_NAMES) return [];
  const names = rows.flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  return expected
    .filter(({ name }) => !names.includes(name))
    .map(({ kind, name, place }) =>
      diagnose("data/no-rows", place, { source, kind, name, suggestion: suggest(name, names) ?? "" }),
    );
}

function experimentNames({ experiments }: Project): readonly ExpectedName[] {
  return experiments
    .filter(({ status }) => status === "running" || status === "stopped")
    .map(({ key, file }) => ({ kind: "experiment", name: key, place: { file, path: [] } }));
}

function eventNames({ experiments, events, file }: Project, source: string): readonly ExpectedName[] {
  const read = new Set(
    experiments
      .filter(({ status }) => status === "running" || status === "stopped")
      .flatMap(metricsOf)
      .flatMap(eventsOf),
  );
  return events
    .filter((event) => event.source === source && read.has(event.key))
    .map(({ key }) => ({
      kind: "event",
      name: key,
      place: { file, path: ["events", key], part: "key" },
    }));
}
