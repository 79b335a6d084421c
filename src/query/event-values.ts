import type { EventSource } from "../model/warehouse.ts";
import {
  aggregateWhere,
  all,
  binary,
  call,
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
import {
  finite,
  isBetween,
  isStoredInstant,
  microsecondsOf,
  numberOf,
  passes,
  textOf,
} from "./cell-expressions.ts";
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
  /** Whether rows say when their unit was first exposed. Default: false. */
  readonly dated?: boolean;
}

/**
 * One row per unit that has any event in a window: `variant`, where `dated` its `first`, and per measure
 * `events <id>`, `numbers <id>` and `total <id>`. One pass over each source's events: they meet the units first, and what a measure makes
 * of them is worked out only for those in a window.
 */
export function createEventValues(
  name: string,
  inputs: readonly EventInput[],
  measures: readonly EventMeasure[],
  window: EventWindow,
): CreateTemporaryTable {
  const rows = unionAll(inputs.map((input) => hits(input, measures, window)));
  const dated = window.dated ? [named("first", call("min", column("first")))] : [];
  const aggregates = [...dated, ...measures.flatMap((measure) => sumsOf(measure, measures))];
  const sums = select({
    columns: [named("key", column("key")), ...aggregates],
    from: subquery(rows),
    groupBy: ["key"],
  });
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        ...aggregates.map((aggregate) => named(aggregate.name, column(aggregate.name))),
      ],
      from: subquery(sums),
    }),
  );
}

/** The name of a measure's sum in the table. */
export function sumName({ id }: EventMeasure, sum: EventSum): string {
  return `${sum} ${id}`;
}

function sumsOf(measure: EventMeasure, measures: readonly EventMeasure[]): readonly Named[] {
  const hit = column(`hit ${measure.id}`);
  const number = column(numberName(measure, measures));
  const sums: Readonly<Record<EventSum, () => Expression>> = {
    events: () => aggregateWhere(hit, "count"),
    numbers: () => aggregateWhere(hit, "count", number),
    total: () => aggregateWhere(hit, "sum", number),
  };
  return [...measure.sums].map((sum) => named(sumName(measure, sum), sums[sum]()));
}

/** Measures that read the same column of the same source have one column of numbers, named by the first of them. */
function numberName(measure: EventMeasure, measures: readonly EventMeasure[]): string {
  const first = measures.find(
    ({ source, input }) => source === measure.source && input.value === measure.input.value,
  );
  return `number ${first?.id}`;
}

/** The events of exposed units: which measures each one counts for, and its numbers. */
function hits(input: EventInput, measures: readonly EventMeasure[], window: EventWindow): Query {
  const mine = measures.filter(({ source }) => source === input.source.key);
  const isTimed = input.source.columns.timestamp !== null && window.earliest !== null;
  const cells = renameCells(input, mine);
  const numbers = new Map<string, Expression>();
  for (const measure of measures) {
    const { value } = measure.input;
    if (value === null) continue;
    const number = mine.includes(measure)
      ? finite(numberOf(cells.relation, cells.aliasOf(value)))
      : NO_NUMBER;
    numbers.set(numberName(measure, measures), number);
  }
  return select({
    columns: [
      named("key", column("key")),
      ...(window.dated ? [named("first", column("first"))] : []),
      ...measures.map((measure) =>
        named(
          `hit ${measure.id}`,
          mine.includes(measure)
            ? all([isWanted(input, measure, cells), ...isInTime(measure, isTimed, window)])
            : literal(false),
        ),
      ),
      ...[...numbers].map(([name, number]) => named(name, number)),
    ],
    from: subquery(eventsOfUnits(input, mine, cells, isTimed, window)),
  });
}

const NO_NUMBER = cast(literal(null), "double");

/** Columns of a source under names of ours, which those of the units cannot be mistaken for. */
interface Cells {
  /** The source as if its columns had these names. */
  readonly relation: SourceRelation;
  readonly columns: readonly Named[];
  aliasOf(name: string): string;
}

function renameCells({ source, relation }: EventInput, measures: readonly EventMeasure[]): Cells {
  const read = measures.flatMap(({ input: { value, where } }) => [
    ...(value === null ? [] : [value]),
    ...where.map((filter) => filter.column),
  ]);
  const aliases = new Map(
    [...new Set([source.columns.event, ...read])].map((name, index) => [name, `cell ${index}`]),
  );
  const types = new Map([...aliases].map(([name, alias]) => [alias, relation.types.get(name) ?? "VARCHAR"]));
  return {
    relation: { ...relation, types },
    columns: [...aliases].map(([name, alias]) => named(alias, column(name))),
    aliasOf: (name) => aliases.get(name)!,
  };
}

function isWanted({ source }: EventInput, { input }: EventMeasure, { relation, aliasOf }: Cells): Expression {
  const name = textOf(relation, aliasOf(source.columns.event));
  return all([
    binary("equal", name, parameter(input.event)),
    ...input.where.map(({ column: cell, values }) => passes(relation, { column: aliasOf(cell), values })),
  ]);
}

/**
 * t ≤ t₀ + w, for units whose window has passed by the cutoff; without a window, t ≤ cutoff. That t₀ ≤ t holds
 * already.
 */
function isInTime(
  { window }: EventMeasure,
  isTimed: boolean,
  { cutoff }: EventWindow,
): readonly Expression[] {
  if (!isTimed) return [];
  const atMost = (name: string, instant: number) =>
    binary("at-most", column(name), literal(toMicroseconds(instant)));
  if (window === null) return cutoff === null ? [] : [atMost("at", cutoff)];
  const isMature = cutoff === null ? [] : [atMost("first", cutoff - window)];
  return [binary("at-most", column("at"), endOf(window)), ...isMature];
}

function endOf(window: number, relation: string | null = null): Expression {
  return binary("plus", column("first", relation), literal(toMicroseconds(window)));
}

/** The events that meet an exposed unit, from its first exposure on and up to the end of its longest window. */
function eventsOfUnits(
  input: EventInput,
  measures: readonly EventMeasure[],
  { columns }: Cells,
  isTimed: boolean,
  window: EventWindow,
): Query {
  const windows = measures.map((measure) => measure.window);
  const longest = windows.includes(null) ? null : Math.max(...windows.map((each) => each ?? 0));
  return select({
    columns: [
      named("key", column("key", "unit")),
      named("first", column("first", "unit")),
      named("at", column("at", "event")),
      ...columns.map(({ name }) => named(name, column(name, "event"))),
    ],
    from: join(
      aliased(subquery(eventRows(input, measures, columns, window)), "event"),
      aliased(table(window.units), "unit"),
      binary("equal", column("unit", "event"), column("unit", "unit")),
    ),
    where: isTimed
      ? all([
          binary("at-least", column("at", "event"), column("first", "unit")),
          ...(longest === null ? [] : [binary("at-most", column("at", "event"), endOf(longest, "unit"))]),
        ])
      : literal(true),
  });
}

function eventRows(
  { source, relation, unit }: EventInput,
  measures: readonly EventMeasure[],
  cells: readonly Named[],
  { earliest, cutoff }: EventWindow,
): Query {
  const name = textOf(relation, source.columns.event);
  const { timestamp } = source.columns;
  const names = [...new Set(measures.map(({ input }) => input.event))];
  const at = timestamp === null ? literal(0n) : microsecondsOf(relation, timestamp);
  const until = cutoff === null ? null : toMicroseconds(cutoff);
  // Of texts, a comparison here would read each twice: they are compared when they have met their units.
  const isCheap = timestamp !== null && earliest !== null && isStoredInstant(relation, timestamp);
  return select({
    columns: [named("unit", textOf(relation, unit)), named("at", at), ...cells],
    from: scan(relation),
    where: all([
      oneOf(name, names.map(parameter)),
      ...(isCheap ? [isBetween(relation, timestamp, earliest, until)] : []),
    ]),
  });
}
