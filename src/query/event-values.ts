import type { EventSource } from "../model/warehouse.ts";
import {
  aggregateWhere,
  all,
  any,
  binary,
  cast,
  column,
  literal,
  oneOf,
  parameter,
} from "../sql/expressions.ts";
import {
  aliased,
  createTemporaryTable,
  join,
  named,
  select,
  subquery,
  table,
  unionAll,
} from "../sql/queries.ts";
import type { CreateTemporaryTable, Expression, Named, Query } from "../sql/tree.ts";
import { between, finite, microsecondsOf, numberOf, passes, textOf } from "./cell-expressions.ts";
import type { EventMeasure, EventSum } from "./event-measure.ts";
import { variantOfKey } from "./first-exposures.ts";
import { toMicroseconds } from "./microseconds.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

/** A source of events, as declared and as read. */
export interface EventInput {
  readonly source: EventSource;
  readonly relation: SourceRelation;
  /** Column of the randomisation unit's id. */
  readonly unit: string;
}

export interface EventWindow {
  /** The temporary table of exposed units. */
  readonly units: string;
  /** Microseconds of the earliest first exposure; null where instants are not compared. */
  readonly earliest: bigint | null;
  /** Milliseconds: later events do not count, nor windows that end later. Null: the data are final. */
  readonly cutoff: number | null;
}

/**
 * One row per unit that has any event in a window: `variant`, and per measure `events <id>`, `numbers <id>`
 * and `total <id>`. One pass over each source's events; only rows that some measure needs meet the units.
 */
export function createEventValues(
  name: string,
  inputs: readonly EventInput[],
  measures: readonly EventMeasure[],
  window: EventWindow,
): CreateTemporaryTable {
  const rows = unionAll(inputs.map((input) => hits(input, measures, window)));
  const sums = select({
    columns: [named("key", column("key")), ...measures.flatMap(sumsOf)],
    from: subquery(rows),
    where: any(measures.map(({ id }) => column(`hit ${id}`))),
    groupBy: ["key"],
  });
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        ...measures.flatMap(sumsOf).map(({ name: sum }) => named(sum, column(sum))),
      ],
      from: subquery(sums),
    }),
  );
}

/** The name of a measure's sum in the table. */
export function sumName({ id }: EventMeasure, sum: EventSum): string {
  return `${sum} ${id}`;
}

function sumsOf(measure: EventMeasure): readonly Named[] {
  const hit = column(`hit ${measure.id}`);
  const number = column(`number ${measure.id}`);
  const sums: Readonly<Record<EventSum, Expression>> = {
    events: aggregateWhere(hit, "count"),
    numbers: aggregateWhere(hit, "count", number),
    total: aggregateWhere(hit, "sum", number),
  };
  return [...measure.sums].map((sum) => named(sumName(measure, sum), sums[sum]));
}

/** The events of exposed units: which measures each one counts for, and its numbers. */
function hits(input: EventInput, measures: readonly EventMeasure[], window: EventWindow): Query {
  const isMine = ({ source }: EventMeasure) => source === input.source.key;
  const isTimed = input.source.columns.timestamp !== null && window.earliest !== null;
  return select({
    columns: [
      named("key", column("key", "unit")),
      ...measures.flatMap((measure) => [
        named(`hit ${measure.id}`, isMine(measure) ? isHit(measure, isTimed, window) : literal(false)),
        named(
          `number ${measure.id}`,
          isMine(measure) ? column(`number ${measure.id}`, "event") : cast(literal(null), "double"),
        ),
      ]),
    ],
    from: join(
      aliased(subquery(eventRows(input, measures.filter(isMine), window)), "event"),
      aliased(table(window.units), "unit"),
      binary("equal", column("unit", "event"), column("unit", "unit")),
    ),
    where: isTimed ? binary("at-least", column("at", "event"), column("first", "unit")) : literal(true),
  });
}

/** t ≤ t₀ + w, for units whose window has passed by the cutoff. That t₀ ≤ t holds already. */
function isHit({ id, window }: EventMeasure, isTimed: boolean, { cutoff }: EventWindow): Expression {
  const wanted = column(`wanted ${id}`, "event");
  if (!isTimed || window === null) return wanted;
  const first = column("first", "unit");
  const end = binary("plus", first, literal(toMicroseconds(window)));
  const isMature =
    cutoff === null ? [] : [binary("at-most", first, literal(toMicroseconds(cutoff - window)))];
  return all([wanted, binary("at-most", column("at", "event"), end), ...isMature]);
}

function eventRows(
  { source, relation, unit }: EventInput,
  measures: readonly EventMeasure[],
  { earliest, cutoff }: EventWindow,
): Query {
  const name = textOf(relation, source.columns.event);
  const { timestamp } = source.columns;
  const names = [...new Set(measures.map(({ input }) => input.event))];
  const at = timestamp === null ? literal(0n) : microsecondsOf(relation, timestamp);
  const until = cutoff === null ? null : toMicroseconds(cutoff);
  return select({
    columns: [
      named("unit", textOf(relation, unit)),
      named("at", at),
      ...measures.flatMap(({ id, input: { event, where, value } }) => [
        named(
          `wanted ${id}`,
          all([binary("equal", name, parameter(event)), ...where.map((filter) => passes(relation, filter))]),
        ),
        named(
          `number ${id}`,
          value === null ? cast(literal(null), "double") : finite(numberOf(relation, value)),
        ),
      ]),
    ],
    from: scan(relation),
    where: all([
      oneOf(name, names.map(parameter)),
      ...(timestamp === null || earliest === null
        ? []
        : [
            between(relation, timestamp, earliest, until),
            ...(until === null ? [] : [binary("at-most", at, literal(until))]),
          ]),
    ]),
  });
}
