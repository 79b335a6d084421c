import type { Experiment } from "../../model/experiment.ts";
import { metricsOf } from "../../model/experiment-metrics.ts";
import type { Project } from "../../model/project.ts";
import type { EventLayout } from "../../model/warehouse.ts";
import { call, column } from "../../sql/expressions.ts";
import { dropTable, named, select, table } from "../../sql/queries.ts";
import type { Named } from "../../sql/tree.ts";
import { flagOf, numberOf, textOf } from "../cell-expressions.ts";
import { EXPOSURES } from "../declared-sources.ts";
import { decodeNumber } from "../decode.ts";
import type { Engine } from "../engine.ts";
import { exposureRows } from "../exposure-rows.ts";
import type { Counts } from "../observation.ts";
import type { Sources } from "../prepare-sources.ts";
import type { SourceRelation } from "../source-relation.ts";
import { byVariant } from "../variant-index.ts";
import { type AuditedAttribute, type Auditor, attributeColumn, audit, rowsToAudit } from "./audit.ts";
import type { HealthFacts } from "./facts.ts";
import { isCheapToReadAgain } from "./read-again.ts";
import { createSample, type Sample } from "./sample-units.ts";
import { eventsIn, sampledEvents } from "./sampled-events.ts";
import { countRepeated, createSampledExposures, firstSayings } from "./sampled-exposures.ts";
import { unitsOfDays } from "./units-of-days.ts";

export interface HealthRequest {
  readonly project: Project;
  readonly experiment: Experiment;
  readonly sources: Sources;
  readonly layout: EventLayout;
  readonly engine: Engine;
  /** Milliseconds: later rows have not happened yet. Null: all have. */
  readonly asOf: number | null;
  /** The table of all exposed units (`unit`, `first`, `key`), and their number per variant. */
  readonly table: string;
  readonly units: Counts;
  /** What logged variants are compared with, where these attributes are known; null: nothing. */
  readonly auditorOf: (logged: readonly string[]) => Auditor | null;
}

/**
 * What the units' first exposures say by day, and about 10,000 units looked at row by row: their exposures are read
 * once more where the assignment wants attributes, and events of metrics that decide, both where that is cheap.
 */
export async function readHealth(request: HealthRequest): Promise<HealthFacts> {
  const { engine, experiment, layout, project, asOf } = request;
  const isTimed = layout.exposures.columns.timestamp !== null;
  const exposed = request.units.reduce((sum, count) => sum + count, 0);
  const sources = layout.events
    .map(({ key }) => key)
    .filter((key) => eventsIn(project, key, metricsOf(experiment)).length > 0);
  if (exposed === 0) return { sources };
  const days = isTimed ? await unitsOfDays(engine, request.table, experiment, project.timezone) : null;
  const name = `sample of ${experiment.key}`;
  await engine.run(createSample(name, request.table, exposed));
  const sample: Sample = { table: name, units: await unitsOf(engine, name, experiment) };
  const logged = await readLogged(request, sample, isTimed);
  const events = isTimed
    ? await sampledEvents({ project, experiment, sources: request.sources, layout, engine, asOf, sample })
    : [];
  await engine.run(dropTable(name));
  return { sources, ...(days && { byDay: days }), ...logged, ...(events.length > 0 && { events }) };
}

/** What the sample's exposures say; where reading them again is dear, the units alone. */
async function readLogged(
  request: HealthRequest,
  sample: Sample,
  isTimed: boolean,
): Promise<Pick<HealthFacts, "audit" | "exposures">> {
  const { engine, experiment, layout, sources, auditorOf } = request;
  const isCheap = isCheapToReadAgain(sources.relations.get(EXPOSURES)!, sources);
  const auditor = auditorOf(isCheap ? layout.exposures.attributes : []);
  const attributes = auditor?.attributes ?? [];
  const rows = attributes.length > 0 ? await readExposures(request, sample, attributes) : null;
  const names = attributes.map((_, index) => attributeColumn(index));
  const asked = rows === null ? idsOf(sample) : firstSayings(rows, names);
  const audited = auditor && audit(experiment, await engine.run(rowsToAudit(asked, attributes)), auditor);
  const exposures = rows !== null && isTimed ? await countOf(engine, rows, sample.units) : null;
  if (rows !== null) await engine.run(dropTable(rows));
  return { ...(audited && { audit: audited }), ...(exposures && { exposures }) };
}

async function readExposures(
  { project, experiment, sources, layout, engine, asOf }: HealthRequest,
  sample: Sample,
  attributes: readonly AuditedAttribute[],
): Promise<string> {
  const relation = sources.relations.get(EXPOSURES)!;
  const read = attributes.map(({ key, type }, index) =>
    named(attributeColumn(index), CELLS[type](relation, key)),
  );
  const rows = exposureRows(project, experiment, layout.exposures, relation, asOf, read);
  const name = `exposures of the sample of ${experiment.key}`;
  await engine.run(
    createSampledExposures(
      name,
      rows,
      sample.table,
      read.map((each) => each.name),
    ),
  );
  return name;
}

const CELLS: Readonly<
  Record<"string" | "number" | "boolean", (relation: SourceRelation, name: string) => Named["expression"]>
> = {
  string: textOf,
  number: numberOf,
  boolean: flagOf,
};

async function countOf(engine: Engine, name: string, units: Counts) {
  const [counted] = await engine.run(countRepeated(name, ["unit", "at", "variant"]));
  const rows = decodeNumber(counted!, "rows");
  return { units, rows, repeated: rows - decodeNumber(counted!, "groups") };
}

function idsOf(sample: Sample) {
  return select({
    columns: ["unit", "variant"].map((name) => named(name, column(name))),
    from: table(sample.table),
  });
}

async function unitsOf(engine: Engine, sample: string, experiment: Experiment): Promise<Counts> {
  const rows = await engine.run(
    select({
      columns: [named("variant", column("variant")), named("units", call("count"))],
      from: table(sample),
      groupBy: ["variant"],
    }),
  );
  return byVariant(experiment, rows, "units");
}
