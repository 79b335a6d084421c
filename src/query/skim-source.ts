import { aggregateWhere, all, any, call, cast, column, not, oneOf, parameter } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import type { Row } from "../sql/result.ts";
import type { Expression, Named, Select } from "../sql/tree.ts";
import { isAbsent, isBad, LARGEST_NUMBER } from "./cell-check.ts";
import {
  finite,
  isBetween,
  isPlausible,
  isStoredInstant,
  measureOf,
  microsecondsOf,
  numberOf,
  textOf,
} from "./cell-expressions.ts";
import { columnKind, isFractional } from "./column-kind.ts";
import type { ColumnNeed, ColumnUse } from "./column-need.ts";
import { decodeMicroseconds, decodeNumber } from "./decode.ts";
import { isInCents, LARGEST_OF_CENTS } from "./exact-sum.ts";
import { toMicroseconds } from "./microseconds.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

/** What the numbers of a column are at first sight. */
export interface ColumnNumbers {
  /** No number that can be used is larger, in absolute value. */
  readonly largest: number;
  /** There are no more of them. */
  readonly rows: number;
  /** All that count are whole numbers of hundredths, as near as doubles come. */
  readonly areCents: boolean;
}

/** What a source is at first sight. */
export interface Skim {
  readonly rows: number;
  /** Microseconds of the first and last row; null without timestamps or rows. */
  readonly first: bigint | null;
  readonly last: bigint | null;
  /** No cell that is needed is bad or absent. False: some may be. */
  readonly isClean: boolean;
  /** By column that is read as a number. */
  readonly numbers: ReadonlyMap<string, ColumnNumbers>;
}

/**
 * A source's size and bounds, and whether its cells are beyond doubt, by sums over all rows: of columns that
 * are stored as what they are needed for these cost little. Of Parquet, a query whose columns are all in the files'
 * own statistics reads no row, so that those that are not have a query of their own. Each gives one row.
 *
 * @param asOf Milliseconds: whether numbers are in cents is asked of rows up to it. Null: of all.
 */
export function skimQueries(
  relation: SourceRelation,
  timestamp: string | null,
  needs: readonly ColumnNeed[],
  asOf: number | null,
): readonly Select[] {
  const cells = cellsOf(needs);
  const counts =
    timestamp === null || asOf === null ? [] : [isBetween(relation, timestamp, null, toMicroseconds(asOf))];
  const kept = [
    named("rows", call("count")),
    ...(timestamp === null ? [] : bounds(relation, timestamp)),
    ...cells.flatMap((cell, index) => clues(relation, cell, index, counts)),
  ];
  const summed = cells.flatMap((cell, index) => sums(relation, cell, index, counts));
  const isKept = relation.kind === "files" && relation.format === "parquet" && summed.length > 0;
  return (isKept ? [kept, summed] : [[...kept, ...summed]]).map((columns) =>
    select({ columns, from: scan(relation) }),
  );
}

/** Reads what `skimQueries` found, their rows as one. */
export function readSkim(
  row: Row,
  relation: SourceRelation,
  timestamp: string | null,
  needs: readonly ColumnNeed[],
): Skim {
  const rows = decodeNumber(row, "rows");
  const first = timestamp === null ? null : decodeMicroseconds(row, "first");
  const last = timestamp === null ? null : decodeMicroseconds(row, "last");
  const isClean = cellsOf(needs).every((cell, index) => {
    if (isAlwaysGood(relation, cell)) return true;
    if (!isStored(relation, cell)) return decodeNumber(row, `doubts ${index}`) === 0;
    if (decodeNumber(row, `present ${index}`) < rows) return false;
    if (cell.use !== "instant") {
      const numbers = ["least", "most"].map((end) => decodeNumber(row, `${end} ${index}`));
      const total = decodeNumber(row, `total ${index}`);
      return Number.isFinite(total) && numbers.every((number) => Math.abs(number) <= LARGEST_NUMBER);
    }
    const ends = [decodeMicroseconds(row, `least ${index}`), decodeMicroseconds(row, `most ${index}`)];
    return rows === 0 || ends.every((end) => end !== null && isPlausible(end));
  });
  return { rows, first, last, isClean, numbers: numbersOf(row, rows, relation, needs) };
}

function numbersOf(
  row: Row,
  rows: number,
  relation: SourceRelation,
  needs: readonly ColumnNeed[],
): ReadonlyMap<string, ColumnNumbers> {
  const found = cellsOf(needs).flatMap((cell, index): readonly (readonly [string, ColumnNumbers])[] => {
    if (!isNumber(cell)) return [];
    const ends = isStored(relation, cell) ? [`least ${index}`, `most ${index}`] : [`largest ${index}`];
    const numbers = ends.map((end) => Math.abs(decodeNumber(row, end)));
    const most = Math.max(...numbers);
    // NaN is the engines' largest number.
    const largest = most <= LARGEST_NUMBER ? most : LARGEST_NUMBER;
    const areCents = largest <= LARGEST_OF_CENTS && decodeNumber(row, `odd ${index}`) === 0;
    return [[cell.column, { largest, rows, areCents }]];
  });
  return new Map(found);
}

/** A column, what it is read as, and the events whose rows have to have it; null: all rows. */
interface SkimmedCell {
  readonly column: string;
  readonly use: ColumnUse;
  readonly mayBeAbsent: boolean;
  readonly events: { readonly column: string; readonly keys: readonly string[] } | null;
}

/** Metrics of several events may read the same column: it is judged once. */
function cellsOf(needs: readonly ColumnNeed[]): readonly SkimmedCell[] {
  const cells = new Map<string, SkimmedCell>();
  for (const { column: name, use, absent, event } of needs) {
    const mayBeAbsent = absent === "fine";
    const key = JSON.stringify([name, use, mayBeAbsent, event?.column ?? null]);
    const keys = [...(cells.get(key)?.events?.keys ?? []), ...(event ? [event.key] : [])];
    const events = event && { column: event.column, keys: [...new Set(keys)] };
    cells.set(key, { column: name, use, mayBeAbsent, events });
  }
  return [...cells.values()];
}

function bounds(relation: SourceRelation, timestamp: string): readonly Named[] {
  return [
    named("first", extreme(relation, timestamp, "min")),
    named("last", extreme(relation, timestamp, "max")),
  ];
}

/** Of a column that is stored as an instant, the column's own extreme is the instants'. */
function extreme(relation: SourceRelation, name: string, which: "min" | "max"): Expression {
  return isStoredInstant(relation, name)
    ? microsecondsOf(relation, name, call(which, column(name)))
    : call(which, microsecondsOf(relation, name));
}

function clues(
  relation: SourceRelation,
  cell: SkimmedCell,
  index: number,
  counts: readonly Expression[],
): readonly Named[] {
  if (isAlwaysGood(relation, cell)) return [];
  if (!isStored(relation, cell)) {
    const doubts = named(`doubts ${index}`, aggregateWhere(isDoubtful(relation, cell), "count"));
    const value = () => call("absolute", finite(numberIn(relation, cell)));
    return isNumber(cell)
      ? [doubts, named(`largest ${index}`, call("max", value())), odd(relation, cell, index, counts)]
      : [doubts];
  }
  const present = named(`present ${index}`, call("count", column(cell.column)));
  if (cell.use === "instant") {
    return [
      present,
      named(`least ${index}`, extreme(relation, cell.column, "min")),
      named(`most ${index}`, extreme(relation, cell.column, "max")),
    ];
  }
  const extremes = [
    named(`least ${index}`, number("min", cell)),
    named(`most ${index}`, number("max", cell)),
  ];
  return [present, ...extremes];
}

/** NaN and infinities are in no file's statistics, and in every total. */
function sums(
  relation: SourceRelation,
  cell: SkimmedCell,
  index: number,
  counts: readonly Expression[],
): readonly Named[] {
  if (isAlwaysGood(relation, cell) || !isStored(relation, cell) || cell.use === "instant") return [];
  return [
    named(`total ${index}`, call("sum", cast(column(cell.column), "double"))),
    odd(relation, cell, index, counts),
  ];
}

/** How many numbers are no whole number of hundredths. */
function odd(
  relation: SourceRelation,
  cell: SkimmedCell,
  index: number,
  counts: readonly Expression[],
): Named {
  const isOdd = not(isInCents(numberIn(relation, cell)));
  return named(`odd ${index}`, aggregateWhere(all([...counts, isOdd]), "count"));
}

function numberIn(relation: SourceRelation, { column: name, use }: SkimmedCell): Expression {
  return (use === "measure" ? measureOf : numberOf)(relation, name);
}

/** Of the column itself, because a file keeps no statistics of what is made of it. */
function number(which: "min" | "max", cell: SkimmedCell): Expression {
  return cast(call(which, column(cell.column)), "double");
}

function isDoubtful(relation: SourceRelation, cell: SkimmedCell): Expression {
  const doubts = [isBad(relation, cell)];
  if (!cell.mayBeAbsent) doubts.push(isAbsent(relation, cell));
  if (cell.events === null) return any(doubts);
  const { column: name, keys } = cell.events;
  return all([oneOf(textOf(relation, name), keys.map(parameter)), any(doubts)]);
}

function isAlwaysGood(relation: SourceRelation, { column: name, use }: SkimmedCell): boolean {
  const type = relation.types.get(name) ?? "";
  if (use === "id") return !isFractional(type);
  return use === "text" || (use === "flag" && columnKind(type) === "boolean");
}

function isNumber({ use }: Pick<SkimmedCell, "use">): boolean {
  return use === "number" || use === "measure";
}

/** Stored in a type whose whole column can be judged by its extremes. */
function isStored(relation: SourceRelation, { column: name, use }: SkimmedCell): boolean {
  if (use === "instant") return isStoredInstant(relation, name);
  return isNumber({ use }) && columnKind(relation.types.get(name) ?? "") === "number";
}
