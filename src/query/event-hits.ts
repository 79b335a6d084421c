import { all, any, binary, cast, choose, column, literal, oneOf, parameter } from "../sql/expressions.ts";
import { aliased, join, named, select, subquery } from "../sql/queries.ts";
import type { Expression, Named, Query } from "../sql/tree.ts";
import {
  finite,
  isBetween,
  isStoredInstant,
  microsecondsOf,
  numberOf,
  passes,
  textOf,
} from "./cell-expressions.ts";
import type { EventInput } from "./event-input.ts";
import type { EventMeasure } from "./event-measure.ts";
import { toMicroseconds } from "./microseconds.ts";
import { type Followed, isSettled } from "./population.ts";
import { type SourceRelation, scan } from "./source-relation.ts";
import { isOwned } from "./unit-key.ts";

/**
 * The events of the units that are followed: `key`, `first`, `age` (microseconds from `first`), which measures each
 * one counts for, and its numbers. All sources give the same columns.
 */
export function eventHits(input: EventInput, measures: readonly EventMeasure[], followed: Followed): Query {
  const reading = readingOf(input, measures, followed);
  const numbers = new Map<string, Expression>();
  for (const measure of measures) {
    const { value } = measure.rows;
    if (value === null) continue;
    const { relation, aliasOf } = reading.cells;
    const isMine = reading.measures.includes(measure);
    numbers.set(
      numberName(measure, measures),
      isMine ? finite(numberOf(relation, aliasOf(value))) : NO_NUMBER,
    );
  }
  return select({
    columns: [
      ...["key", "first", "age"].map((name) => named(name, column(name))),
      ...measures.map((measure) =>
        named(
          hitName(measure),
          reading.measures.includes(measure) ? isHit(measure, reading) : literal(false),
        ),
      ),
      ...[...numbers].map(([name, number]) => named(name, number)),
    ],
    from: subquery(eventsOfUnits(reading)),
  });
}

export function hitName({ id }: EventMeasure): string {
  return `hit ${id}`;
}

/** Measures that read the same column of the same source have one column of numbers, named by the first of them. */
export function numberName(measure: EventMeasure, measures: readonly EventMeasure[]): string {
  const first = measures.find(
    ({ source, rows }) => source === measure.source && rows.value === measure.rows.value,
  );
  return `number ${first?.id}`;
}

const NO_NUMBER = cast(literal(null), "double");

/** What is read of one source. */
interface Reading {
  readonly input: EventInput;
  readonly measures: readonly EventMeasure[];
  readonly followed: Followed;
  /** The events that are read; a row says which it is by its place among them. */
  readonly kinds: readonly string[];
  readonly cells: Cells;
  /** Whether events and units have instants that can be compared. */
  readonly isTimed: boolean;
  /** Milliseconds from `first` between which all spans lie; null: no end. */
  readonly from: number;
  readonly to: number | null;
}

/** Columns of a source under names of ours, which those of the units cannot be mistaken for. */
interface Cells {
  /** The source as if its columns had these names. */
  readonly relation: SourceRelation;
  readonly columns: readonly Named[];
  aliasOf(name: string): string;
}

function readingOf(input: EventInput, measures: readonly EventMeasure[], followed: Followed): Reading {
  const mine = measures.filter(({ source }) => source === input.source.key);
  const ends = mine.map(({ span }) => span.to);
  return {
    input,
    measures: mine,
    followed,
    kinds: [...new Set(mine.map(({ rows }) => rows.event))],
    cells: renameCells(input, mine),
    isTimed: input.source.columns.timestamp !== null && followed.earliest !== null,
    from: Math.min(0, ...mine.map(({ span }) => span.from)),
    to: ends.includes(null) ? null : Math.max(...ends.map(Number)),
  };
}

function renameCells({ relation }: EventInput, measures: readonly EventMeasure[]): Cells {
  const read = measures.flatMap(({ rows: { value, where } }) => [
    ...(value === null ? [] : [value]),
    ...where.map((filter) => filter.column),
  ]);
  const aliases = new Map([...new Set(read)].map((name, index) => [name, `cell ${index}`]));
  const underAliases = <Value>(of: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...aliases].flatMap(([name, alias]) => (of.has(name) ? [[alias, of.get(name)!]] : [])));
  return {
    relation: { ...relation, types: underAliases(relation.types), epochs: underAliases(relation.epochs) },
    columns: [...aliases].map(([name, alias]) => named(alias, column(name))),
    aliasOf: (name) => aliases.get(name)!,
  };
}

function isHit(measure: EventMeasure, { kinds, cells, isTimed, from, followed }: Reading): Expression {
  const { rows, span, owners } = measure;
  const isKind = binary("equal", column("kind"), literal(BigInt(kinds.indexOf(rows.event))));
  const isOurs =
    owners.size < followed.owners.length
      ? [any([...owners].map((owner) => isOwned(column("key"), owner)))]
      : [];
  const filters = rows.where.map(({ column: cell, values }) =>
    passes(cells.relation, { column: cells.aliasOf(cell), values }),
  );
  const isAfter = span.from > from || !isTimed ? [atLeast(span.from, isTimed)] : [];
  return all([isKind, ...isOurs, ...filters, ...isAfter, ...isBeforeEnd(measure, isTimed, followed)]);
}

/** Without instants, everything came after. */
function atLeast(from: number, isTimed: boolean): Expression {
  if (!isTimed) return literal(from >= 0);
  return binary("at-least", column("age"), literal(toMicroseconds(from)));
}

function isBeforeEnd({ span }: EventMeasure, isTimed: boolean, followed: Followed): readonly Expression[] {
  if (!isTimed) return [];
  if (span.to !== null) {
    const operator = span.includesEnd ? "at-most" : "less";
    return [binary(operator, column("age"), literal(toMicroseconds(span.to)))];
  }
  const limit = followed.limit(null);
  const at = binary("plus", column("first"), column("age"));
  return limit === null ? [] : [binary("at-most", at, limit)];
}

/** The events that meet a unit that is followed, from the start of the earliest span to the end of the longest. */
function eventsOfUnits(reading: Reading): Query {
  const { cells, isTimed, from, to, followed, measures } = reading;
  const [first, at] = [column("first", "unit"), column("at", "event")];
  const age = isTimed ? binary("minus", at, first) : literal(0n);
  const limit = followed.limit("unit");
  const settled = Math.min(...measures.map((measure) => measure.settled));
  return select({
    columns: [
      named("key", column("key", "unit")),
      named("first", first),
      ...followed.columns.map((name) => named(name, column(name, "unit"))),
      named("age", age),
      named("kind", column("kind", "event")),
      ...cells.columns.map(({ name }) => named(name, column(name, "event"))),
    ],
    from: join(
      aliased(subquery(eventRows(reading)), "event"),
      followed.units,
      binary("equal", column("unit", "event"), column("unit", "unit")),
    ),
    where: all([
      // Of the age, not of the instants: those would become conditions of the join, which is slower than a filter.
      ...(isTimed ? [binary("at-least", age, literal(toMicroseconds(from)))] : []),
      ...(isTimed && to !== null ? [binary("at-most", age, literal(toMicroseconds(to)))] : []),
      ...(isTimed && limit !== null ? [isSettled(first, settled, limit)] : []),
      ...(followed.owners.length > 1 ? [isOfInterest(reading)] : []),
    ]),
  });
}

/** Whether any measure of the unit's experiment reads events of this kind. */
function isOfInterest({ measures, kinds }: Reading): Expression {
  const owners = [...new Set(measures.flatMap((measure) => [...measure.owners]))];
  const alike = new Map<string, { readonly kinds: readonly number[]; readonly owners: number[] }>();
  for (const owner of owners) {
    const read = kinds.flatMap((kind, index) =>
      measures.some((measure) => measure.owners.has(owner) && measure.rows.event === kind) ? [index] : [],
    );
    const same = alike.get(read.join()) ?? { kinds: read, owners: [] };
    same.owners.push(owner);
    alike.set(read.join(), same);
  }
  if (alike.size === 1) return literal(true);
  return any(
    [...alike.values()].map((each) =>
      all([
        any(each.owners.map((owner) => isOwned(column("key", "unit"), owner))),
        oneOf(
          column("kind", "event"),
          each.kinds.map((kind) => literal(BigInt(kind))),
        ),
      ]),
    ),
  );
}

function eventRows({ input, kinds, cells, from, followed }: Reading): Query {
  const { source, relation, unit } = input;
  const name = textOf(relation, source.columns.event);
  const { timestamp } = source.columns;
  const at = timestamp === null ? literal(0n) : microsecondsOf(relation, timestamp);
  // Of texts, a comparison here would read each twice: they are compared when they have met their units.
  const isCheap = timestamp !== null && followed.earliest !== null && isStoredInstant(relation, timestamp);
  return select({
    columns: [
      named("unit", textOf(relation, unit)),
      named("at", at),
      named("kind", kindOf(name, kinds)),
      ...cells.columns,
    ],
    from: scan(relation),
    where: all([
      oneOf(name, kinds.map(parameter)),
      ...(isCheap
        ? [isBetween(relation, timestamp, startOf(input, followed, from), endOf(input, followed))]
        : []),
    ]),
  });
}

/** Where few rows are earlier, it costs less to let their units refuse them. */
const FEW_ROWS = 0.05;

/** Microseconds before which no event counts; null: it is not worth asking of every row. */
function startOf({ first, last }: EventInput, { earliest }: Followed, from: number): bigint | null {
  const start = earliest! + toMicroseconds(from);
  if (first === null || last === null) return start;
  return start <= toMicroseconds(Math.floor(first + FEW_ROWS * (last - first))) ? null : start;
}

/** Microseconds after which no event counts; null: there are none. */
function endOf({ last }: EventInput, { cutoff }: Followed): bigint | null {
  return cutoff === null || (last !== null && last <= cutoff) ? null : toMicroseconds(cutoff);
}

/** A number is cheaper to carry and to compare than a text. */
function kindOf(name: Expression, kinds: readonly string[]): Expression {
  const branches = kinds
    .slice(1)
    .map((kind, index): readonly [Expression, Expression] => [
      binary("equal", name, parameter(kind)),
      literal(BigInt(index + 1)),
    ]);
  return choose(branches, literal(0n));
}
