import type { Cell, Row } from "../sql/result.ts";
import type { Expression, FunctionName, Query, Select } from "../sql/tree.ts";

/**
 * The rows of a query over a cluster, from those that each shard gave for `shardQuery` of it. Group-by columns are
 * keys; counts and sums add up, extremes are compared, bits joined. Without aggregates the rows are put together. What
 * cannot be had from the shards' answers is an error of ours: an average of averages would be wrong in silence.
 */
export function mergeShards(query: Query, shards: readonly (readonly Row[])[]): readonly Row[] {
  if (query.kind === "union-all") {
    if (query.queries.some(isAggregated)) throw notAdditive("a union of aggregates");
    return shards.flat();
  }
  const rows = isAggregated(query) ? mergeGroups(query, shards.flat()) : shards.flat();
  const ordered = query.orderBy.length === 0 ? rows : rows.toSorted(byTerms(query.orderBy));
  return query.limit === null ? ordered : ordered.slice(0, query.limit);
}

/** What each shard is asked: the first groups of all are not among the first of each. */
export function shardQuery(query: Query): Query {
  return query.kind === "select" && isAggregated(query) ? { ...query, orderBy: [], limit: null } : query;
}

function isAggregated(query: Query): boolean {
  if (query.kind === "union-all") return query.queries.some(isAggregated);
  return query.groupBy.length > 0 || query.columns.some(({ expression }) => holdsAggregate(expression));
}

type Merge = (left: Cell, right: Cell) => Cell;

function mergeGroups({ columns, groupBy }: Select, rows: readonly Row[]): readonly Row[] {
  const merges = columns
    .filter(({ name }) => !groupBy.includes(name))
    .map(({ name, expression }): readonly [string, Merge] => [name, mergeOf(expression, name)]);
  const groups = new Map<string, Record<string, Cell>>();
  for (const row of rows) {
    const key = JSON.stringify(groupBy.map((name) => keyOf(row[name] ?? null)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, Object.assign(Object.create(null), row));
    else for (const [name, merge] of merges) group[name] = merge(group[name] ?? null, row[name] ?? null);
  }
  return [...groups.values()];
}

/** A key that tells 1 from "1", and NULL and NaN from all else. */
function keyOf(cell: Cell): readonly [string, string] {
  const isNumber = typeof cell === "number" || typeof cell === "bigint";
  return [isNumber ? "number" : typeof cell, String(cell)];
}

function mergeOf(expression: Expression, name: string): Merge {
  switch (expression.kind) {
    case "literal":
    case "parameter":
      return (left) => left;
    case "cast":
      return mergeOf(expression.operand, name);
    case "call": {
      const merge = AGGREGATES[expression.name];
      if (merge === null) throw notAdditive(name);
      if (merge !== undefined) return merge;
      const [first, ...others] = expression.operands;
      const isKept = MONOTONE.has(expression.name) && first !== undefined && others.every(isZero);
      if (isKept && holdsAggregate(first)) return mergeOf(first, name);
      throw notAdditive(name);
    }
    default:
      throw notAdditive(name);
  }
}

/** Functions of one aggregate that may be taken before the shards' answers are merged as well as after. */
const MONOTONE: ReadonlySet<FunctionName> = new Set<FunctionName>([
  "coalesce",
  "microseconds-of-instant",
  "microseconds-of-local-time",
]);

/** Null: the merged answer is not in the shards'. */
const AGGREGATES: Readonly<Partial<Record<FunctionName, Merge | null>>> = {
  average: null,
  "bit-or": known((left, right) => cellOf(BigInt(left as number) | BigInt(right as number))),
  count: known(add),
  max: known((left, right) => (compare(left, right) >= 0 ? left : right)),
  min: known((left, right) => (compare(left, right) <= 0 ? left : right)),
  "precise-sum": known(add),
  sum: known(add),
};

function holdsAggregate(expression: Expression): boolean {
  switch (expression.kind) {
    case "call":
      return expression.name in AGGREGATES || expression.operands.some(holdsAggregate);
    case "cast":
    case "not":
    case "is-null":
      return holdsAggregate(expression.operand);
    case "one-of":
      return [expression.operand, ...expression.values].some(holdsAggregate);
    case "binary":
      return holdsAggregate(expression.left) || holdsAggregate(expression.right);
    case "case":
      return [expression.otherwise, ...expression.branches.flatMap(({ when, then }) => [when, then])].some(
        holdsAggregate,
      );
    default:
      return false;
  }
}

function isZero(expression: Expression): boolean {
  if (expression.kind === "cast") return isZero(expression.operand);
  return (expression.kind === "literal" && expression.value === 0n) || isZeroParameter(expression);
}

function isZeroParameter(expression: Expression): boolean {
  return expression.kind === "parameter" && expression.value === 0;
}

/** NULL is the answer of a shard without such rows. */
function known(merge: (left: NonNullable<Cell>, right: NonNullable<Cell>) => Cell): Merge {
  return (left, right) => {
    if (left === null) return right;
    return right === null ? left : merge(left, right);
  };
}

function add(left: NonNullable<Cell>, right: NonNullable<Cell>): Cell {
  const sum = Number(left) + Number(right);
  const isWhole = [left, right].every((cell) => typeof cell === "bigint" || Number.isSafeInteger(cell));
  return isWhole && !Number.isSafeInteger(sum)
    ? cellOf(BigInt(left as number) + BigInt(right as number))
    : sum;
}

function cellOf(value: bigint): Cell {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function byTerms(terms: Select["orderBy"]): (left: Row, right: Row) => number {
  return (left, right) => {
    for (const { name, descending } of terms) {
      const [one, other] = [left[name] ?? null, right[name] ?? null];
      if (one === null || other === null) {
        if (one !== other) return one === null ? 1 : -1;
        continue;
      }
      const order = compare(one, other);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

/** As the engines do it: texts by their code points, and NaN above all numbers. */
function compare(left: NonNullable<Cell>, right: NonNullable<Cell>): number {
  if (typeof left === "string" || typeof right === "string") return compareTexts(String(left), String(right));
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const [one, other] = [[...left], [...right]];
  const at = one.findIndex((character, index) => character !== other[index]);
  if (at < 0) return -1;
  if (at >= other.length) return 1;
  return one[at]!.codePointAt(0)! - other[at]!.codePointAt(0)!;
}

function notAdditive(name: string): Error {
  return new Error(`${name} is not additive over shards`);
}
