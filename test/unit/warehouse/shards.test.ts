import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aggregateWhere,
  binary,
  call,
  cast,
  choose,
  column,
  literal,
  parameter,
} from "../../../src/sql/expressions.ts";
import { named, select, table, unionAll } from "../../../src/sql/queries.ts";
import type { Cell, Row } from "../../../src/sql/result.ts";
import type { Expression, FunctionName } from "../../../src/sql/tree.ts";
import { mergeShards, shardQuery } from "../../../src/warehouse/shards.ts";

const from = table("t");
const x = column("x");

function merged(expression: Expression, ...cells: readonly Cell[]): Cell {
  const query = select({ columns: [named("value", expression)], from });
  const rows = mergeShards(
    query,
    cells.map((value) => [{ value }]),
  );
  expect(rows).toHaveLength(1);
  return rows[0]!.value!;
}

describe("answers of shards", () => {
  test.each<[FunctionName, readonly Cell[], Cell]>([
    ["count", [1, 2, 3], 6],
    ["sum", [0.5, null, 2], 2.5],
    ["sum", [null, null], null],
    ["sum", [2 ** 53 - 1, 1, 1], 2n ** 53n + 1n],
    ["sum", [2n ** 60n, 1], 2n ** 60n + 1n],
    ["sum", [2n ** 53n, -2], 2 ** 53 - 2],
    ["precise-sum", [1e300, Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
    ["precise-sum", [1, Number.NaN], Number.NaN],
    ["min", [3, null, 2], 2],
    ["min", [3, Number.NaN], 3],
    ["max", [3, Number.NaN], Number.NaN],
    ["max", [2n ** 60n, 5], 2n ** 60n],
    ["max", ["b", "a", null], "b"],
    ["min", ["\u{1f642}", "\uffff"], "\uffff"],
    ["bit-or", [1, 4, null], 5],
    ["bit-or", [1, 2n ** 60n], 2n ** 60n + 1n],
  ])("of %s add up as they should, case %#", (name, cells, expected) => {
    expect(merged(call(name, x), ...cells)).toEqual(expected);
  });

  test("keep what is done to an aggregate and does not depend on the others", () => {
    expect(merged(cast(call("sum", x), "double"), 1, 2)).toBe(3);
    expect(merged(call("coalesce", call("sum", x), literal(0n)), 1, 0)).toBe(1);
    expect(merged(call("microseconds-of-instant", call("max", x)), 1, 7)).toBe(7);
    expect(merged(aggregateWhere(binary("more", x, parameter(1)), "count"), 1, 7)).toBe(8);
  });

  test.each<[string, Expression]>([
    ["an average", call("average", x)],
    ["a quotient of sums", binary("divided-by", call("sum", x), call("count"))],
    ["a comparison of extremes", binary("unequal", call("min", x), call("max", x))],
    ["a default that is not nothing", call("coalesce", call("sum", x), literal(1n))],
    ["the size of a sum", call("absolute", call("sum", x))],
    ["a choice by a count", choose([[binary("more", call("count"), literal(1n)), literal(1n)]], literal(0n))],
  ])("refuse %s", (_, expression) => {
    expect(() => merged(expression, 1, 2)).toThrow("value is not additive over shards");
  });

  test("refuse a union of aggregates, and put a union of rows together", () => {
    const counts = select({ columns: [named("n", call("count"))], from });
    expect(() => mergeShards(unionAll([counts, counts]), [[], []])).toThrow("not additive");
    const rows = select({ columns: [named("x", x)], from });
    expect(mergeShards(unionAll([rows, rows]), [[{ x: 1 }], [{ x: 2 }]])).toEqual([{ x: 1 }, { x: 2 }]);
  });

  test("are grouped by their keys, of which 1, '1' and NULL are three", () => {
    const query = select({
      columns: [named("key", x), named("n", call("count"))],
      from,
      groupBy: ["key"],
    });
    const shards = [
      [
        { key: 1, n: 1 },
        { key: null, n: 2 },
      ],
      [
        { key: "1", n: 4 },
        { key: null, n: 8 },
        { key: 1, n: 16 },
      ],
    ];
    expect(mergeShards(query, shards)).toEqual([
      { key: 1, n: 17 },
      { key: null, n: 10 },
      { key: "1", n: 4 },
    ]);
  });

  test("are the first of all, not the first of each", () => {
    const query = select({
      columns: [named("key", x), named("n", call("count"))],
      from,
      groupBy: ["key"],
      orderBy: [{ name: "n", descending: true }],
      limit: 1,
    });
    expect(shardQuery(query)).toMatchObject({ orderBy: [], limit: null });
    const shards = [
      [
        { key: "a", n: 5 },
        { key: "b", n: 4 },
      ],
      [
        { key: "c", n: 5 },
        { key: "b", n: 4 },
      ],
    ];
    expect(mergeShards(query, shards)).toEqual([{ key: "b", n: 8 }]);
  });

  test("without aggregates are ordered as one engine orders them, what is missing last", () => {
    const query = select({
      columns: [named("x", x)],
      from,
      orderBy: [{ name: "x", descending: true }],
      limit: 3,
    });
    expect(shardQuery(query)).toBe(query);
    expect(mergeShards(query, [[{ x: 2 }, { x: null }], [{ x: 3 }], [{ x: 1 }]])).toEqual([
      { x: 3 },
      { x: 2 },
      { x: 1 },
    ]);
  });

  test("are those of all rows, however these are spread", () => {
    const query = select({
      columns: [
        named("key", column("key")),
        named("n", call("count")),
        named("sum", call("sum", x)),
        named("least", call("min", x)),
        named("most", call("max", x)),
        named("bits", call("bit-or", x)),
      ],
      from,
      groupBy: ["key"],
      orderBy: [{ name: "key", descending: false }],
    });
    const cell = fc.record({
      key: fc.integer({ min: 0, max: 3 }),
      x: fc.integer({ min: 0, max: 1e6 }),
      shard: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const shards = [0, 1, 2].map((shard) => grouped(cells.filter((each) => each.shard === shard)));
        expect(mergeShards(query, shards).map((row) => ({ ...row }))).toEqual(grouped(cells));
      }),
    );
  });
});

function grouped(cells: readonly { readonly key: number; readonly x: number }[]): readonly Row[] {
  const keys = [...new Set(cells.map(({ key }) => key))].sort((left, right) => left - right);
  return keys.map((key) => {
    const values = cells.filter((cell) => cell.key === key).map((cell) => cell.x);
    return {
      key,
      n: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      least: Math.min(...values),
      most: Math.max(...values),
      bits: values.reduce((bits, value) => bits | value, 0),
    };
  });
}
