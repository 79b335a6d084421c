import { formatInstant } from "../../model/calendar.ts";
import type { Experiment } from "../../model/experiment.ts";
import { eventsOf } from "../../model/experiment-metrics.ts";
import type { Metric } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import type { EventLayout, EventSource } from "../../model/warehouse.ts";
import {
  aggregateWhere,
  all,
  binary,
  call,
  column,
  literal,
  oneOf,
  parameter,
} from "../../sql/expressions.ts";
import {
  aliased,
  createTemporaryTable,
  dropTable,
  join,
  named,
  select,
  subquery,
  table,
} from "../../sql/queries.ts";
import type { CreateTemporaryTable, Query } from "../../sql/tree.ts";
import { isBetween, microsecondsOf, textOf } from "../cell-expressions.ts";
import { decodeNumber } from "../decode.ts";
import type { Engine } from "../engine.ts";
import { toMicroseconds } from "../microseconds.ts";
import type { Sources } from "../prepare-sources.ts";
import { type SourceRelation, scan } from "../source-relation.ts";
import { byVariant } from "../variant-index.ts";
import type { SampledEvents } from "./facts.ts";
import { isCheapToReadAgain, startOfLook } from "./read-again.ts";
import type { Sample } from "./sample-units.ts";
import { countRepeated } from "./sampled-exposures.ts";

export interface SampledEventsRequest {
  readonly project: Project;
  readonly experiment: Experiment;
  readonly sources: Sources;
  readonly layout: EventLayout;
  readonly engine: Engine;
  readonly sample: Sample;
  /** Milliseconds: later events have not happened yet. Null: all have. */
  readonly asOf: number | null;
}

/** The sample's events, by each source that the metrics that decide read and that is cheap to read again. */
export async function sampledEvents(request: SampledEventsRequest): Promise<readonly SampledEvents[]> {
  const { experiment, layout, sources } = request;
  const found: SampledEvents[] = [];
  for (const source of layout.events) {
    const relation = sources.relations.get(source.key);
    const events = eventsIn(request.project, source.key, decidingMetrics(experiment));
    const unit = Object.hasOwn(source.units, experiment.unit.key) ? source.units[experiment.unit.key]! : null;
    const { timestamp } = source.columns;
    if (!relation || unit === null || timestamp === null || events.length === 0) continue;
    if (!isCheapToReadAgain(relation, sources)) continue;
    const since = startOfLook(relation, sources);
    const read = { source, relation, unit, timestamp, events, since };
    const table = `events of the sample of ${experiment.key}`;
    await request.engine.run(createSampledEvents(table, request, read));
    found.push(await factsOf(request, read, table));
    await request.engine.run(dropTable(table));
  }
  return found;
}

/** Names of the source's events that these metrics read. */
export function eventsIn({ events }: Project, source: string, metrics: readonly Metric[]): readonly string[] {
  const read = new Set(metrics.flatMap(eventsOf));
  return events.filter((each) => each.source === source && read.has(each.key)).map(({ key }) => key);
}

/** The metrics that decide. */
function decidingMetrics({ primary, guardrails }: Experiment): readonly Metric[] {
  return [primary.metric, ...guardrails.map(({ metric }) => metric)];
}

interface ReadSource {
  readonly source: EventSource;
  readonly relation: SourceRelation;
  /** Column of the unit's id. */
  readonly unit: string;
  readonly timestamp: string;
  readonly events: readonly string[];
  /** Milliseconds of the first row that is looked at; null: all are. */
  readonly since: number | null;
}

/** `unit`, `variant`, `at`, `event`, and whether it is `before` the unit's first exposure. */
function createSampledEvents(
  name: string,
  { sample, asOf }: SampledEventsRequest,
  { source, relation, unit, timestamp, events, since }: ReadSource,
): CreateTemporaryTable {
  const event = textOf(relation, source.columns.event);
  const rows = select({
    columns: [
      named("unit", textOf(relation, unit)),
      named("at", microsecondsOf(relation, timestamp)),
      named("event", event),
    ],
    from: scan(relation),
    where: all([
      oneOf(event, events.map(parameter)),
      isBetween(
        relation,
        timestamp,
        since === null ? null : toMicroseconds(since),
        asOf === null ? null : toMicroseconds(asOf),
      ),
    ]),
  });
  return createTemporaryTable(
    name,
    select({
      columns: [
        ...["unit", "at", "event"].map((each) => named(each, column(each, "row"))),
        named("variant", column("variant", "sample")),
        named("before", binary("less", column("at", "row"), column("first", "sample"))),
      ],
      from: join(
        aliased(subquery(rows), "row"),
        aliased(table(sample.table), "sample"),
        binary("equal", column("unit", "row"), column("unit", "sample")),
      ),
    }),
  );
}

async function factsOf(
  { engine, experiment, sample: { units } }: SampledEventsRequest,
  { source: { key }, since }: ReadSource,
  name: string,
): Promise<SampledEvents> {
  const [counted] = await engine.run(countRepeated(name, ["unit", "at", "event"]));
  const rows = decodeNumber(counted!, "rows");
  const sides = await engine.run(unitsBySide(name));
  return {
    source: key,
    since: since === null ? null : formatInstant(since),
    units,
    rows,
    repeated: rows - decodeNumber(counted!, "groups"),
    before: byVariant(experiment, sides, "before"),
    joined: byVariant(experiment, sides, "joined"),
  };
}

/** Per variant: units with events before their first exposure, and with later ones. */
function unitsBySide(name: string): Query {
  const perUnit = select({
    columns: [
      named("unit", column("unit")),
      named("variant", column("variant")),
      named("early", aggregateWhere(column("before"), "count")),
      named("all", call("count")),
    ],
    from: table(name),
    groupBy: ["unit", "variant"],
  });
  return select({
    columns: [
      named("variant", column("variant")),
      named("before", aggregateWhere(binary("more", column("early"), literal(0n)), "count")),
      named("joined", aggregateWhere(binary("less", column("early"), column("all")), "count")),
    ],
    from: subquery(perUnit),
    groupBy: ["variant"],
  });
}
