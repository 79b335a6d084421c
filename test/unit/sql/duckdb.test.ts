import { expect, test } from "vitest";
import { printDuckdb } from "../../../src/sql/duckdb.ts";
import { quoteIdentifier, quoteText } from "../../../src/sql/duckdb-quote.ts";
import {
  aggregateWhere,
  all,
  any,
  attempt,
  binary,
  call,
  cast,
  choose,
  column,
  isNull,
  literal,
  not,
  oneOf,
  parameter,
  rowNumber,
} from "../../../src/sql/expressions.ts";
import { EngineFailure } from "../../../src/sql/failure.ts";
import {
  aliased,
  createTemporaryTable,
  describe,
  dropTable,
  files,
  join,
  named,
  select,
  subquery,
  table,
  unionAll,
} from "../../../src/sql/queries.ts";
import type { Expression, Statement } from "../../../src/sql/tree.ts";
import { makeWorkspace } from "../../warehouse/workspace.ts";

const workspace = makeWorkspace();
const HOSTILE = `a"b'; drop table x; --$1\n/* é 🙂`;

async function evaluate(expression: Expression): Promise<unknown> {
  const engine = await workspace.open();
  const [row] = await engine.run(select({ columns: [named("value", expression)], from: null }));
  await engine.close();
  return row!.value;
}

test("every value of a person becomes a parameter, in order", () => {
  const statement = select({
    columns: [named("n", call("count"))],
    from: files({ format: "csv", paths: ["/a/b.csv"], columns: null, sample: "some" }),
    where: all([
      binary("equal", column("event"), parameter(HOSTILE)),
      binary("more", column("x"), parameter(0.5)),
    ]),
  });
  const { text, parameters } = printDuckdb(statement);
  expect(parameters).toEqual([["/a/b.csv"], HOSTILE, 0.5]);
  expect(text).not.toContain("drop table");
  expect(text).toMatch(/where \(\("event" = \$2\) and \("x" > \$3\)\)$/);
});

test.each<[string, Expression, unknown]>([
  ["a literal", literal(41n), 41],
  ["a negative literal", binary("minus", literal(-41n), literal(-1n)), -40],
  ["a product beyond 32 bits", binary("times", literal(65_536n), literal(65_536n)), 4_294_967_296],
  [
    "the smallest literal",
    binary("plus", literal(-(1n << 63n)), literal(1n << 53n)),
    -(1n << 63n) + (1n << 53n),
  ],
  ["a literal beyond 64 bits", binary("shifted-right", literal(1n << 100n), literal(99n)), 2],
  ["a number beyond 2^53", literal(9_007_199_254_740_993n), 9_007_199_254_740_993n],
  ["NULL", isNull(literal(null)), true],
  ["a parameter that looks like SQL", parameter(HOSTILE), HOSTILE],
  ["a whole number as a parameter is a double", binary("divided-by", parameter(1), parameter(4)), 0.25],
  ["the largest double", parameter(Number.MAX_VALUE), Number.MAX_VALUE],
  ["an attempt that fails", attempt(parameter("x"), "double"), null],
  ["an attempt that works", attempt(parameter("1e3"), "double"), 1000],
  ["a cast", cast(parameter(2), "text"), "2.0"],
  ["one of none", oneOf(parameter("a"), []), false],
  ["one of several", oneOf(parameter("a"), [parameter("b"), parameter("a")]), true],
  [
    "a choice",
    choose(
      [
        [literal(false), literal(1n)],
        [literal(true), literal(2n)],
      ],
      literal(3n),
    ),
    2,
  ],
  ["a choice without branches", choose([], literal(3n)), 3],
  ["all of none", all([]), true],
  ["any of none", any([]), false],
  ["precedence is by parentheses", binary("times", binary("plus", literal(1n), literal(2n)), literal(3n)), 9],
  ["bits", binary("bit-and", literal(6n), literal(3n)), 2],
  ["negation", not(binary("less", literal(1n), literal(2n))), false],
  [
    "an instant",
    call("microseconds-of-instant", cast(parameter("1970-01-01T00:00:01Z"), "instant")),
    1_000_000,
  ],
  ["a row number", rowNumber(), 1],
])("the engine evaluates %s", async (_, expression, expected) => {
  expect(await evaluate(expression)).toEqual(expected);
});

test("the same value is bound once, a number and its text apart", () => {
  const values = ["a", 1, "1", "a", 1, ["a"]].map((value) => parameter(value));
  const { text, parameters } = printDuckdb(
    select({ columns: values.map((value, index) => named(`c${index}`, value)), from: null }),
  );
  expect(text).toBe('select $1 as "c0", $2 as "c1", $3 as "c2", $1 as "c3", $2 as "c4", $4 as "c5"');
  expect(parameters).toEqual(["a", 1, "1", ["a"]]);
});

test("a condition under an aggregate leaves rows out", async () => {
  const engine = await workspace.open();
  const one = (value: bigint) => select({ columns: [named("x", literal(value))], from: null });
  const rows = await engine.run(
    select({
      columns: [
        named("kind", binary("more", column("x"), literal(1n))),
        named("all", call("count")),
        named("some", aggregateWhere(binary("less", column("x"), literal(3n)), "sum", column("x"))),
      ],
      from: subquery(unionAll([one(1n), one(2n), one(3n)])),
      groupBy: ["kind"],
      orderBy: [{ name: "kind", descending: true }],
    }),
  );
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { kind: true, all: 2, some: 2 },
    { kind: false, all: 1, some: 1 },
  ]);
  await engine.close();
});

test("hostile names of tables and columns are only names", async () => {
  const engine = await workspace.open();
  const path = workspace.write("hostile.ndjson", `${JSON.stringify({ [HOSTILE]: "kept", other: 1 })}\n`);
  const read = files({ format: "ndjson", paths: [path], columns: [HOSTILE], sample: "some" });
  await engine.run(
    createTemporaryTable(HOSTILE, select({ columns: [named(HOSTILE, column(HOSTILE))], from: read })),
  );
  const left = aliased(table(HOSTILE), HOSTILE);
  const right = aliased(table(HOSTILE), `${HOSTILE}2`);
  const rows = await engine.run(
    select({
      columns: [named("value", column(HOSTILE, HOSTILE))],
      from: join(left, right, binary("equal", column(HOSTILE, HOSTILE), column(HOSTILE, `${HOSTILE}2`))),
      limit: 5,
    }),
  );
  expect(rows.map((row) => row.value)).toEqual(["kept"]);
  expect(await engine.run(describe(table(HOSTILE)))).toMatchObject([
    { column_name: HOSTILE, column_type: "VARCHAR" },
  ]);
  await engine.run(dropTable(HOSTILE));
  await expect(engine.run(describe(table(HOSTILE)))).rejects.toBeInstanceOf(EngineFailure);
  await engine.close();
});

test("glob characters in a path are no globs", async () => {
  const engine = await workspace.open();
  workspace.write("part-1.csv", "a\n1\n");
  const odd = workspace.write("part-[0-9]*?.csv", "a\nodd\n");
  const read = files({ format: "csv", paths: [odd], columns: null, sample: "some" });
  const rows = await engine.run(select({ columns: [named("a", column("a"))], from: read }));
  expect(rows.map((row) => row.a)).toEqual(["odd"]);
  await engine.close();
});

test("names and texts that would end early are refused or doubled", () => {
  expect(quoteIdentifier('a"b')).toBe('"a""b"');
  expect(quoteText("a'b")).toBe("'a''b'");
  expect(() => quoteIdentifier("a\0b")).toThrow();
  expect(() => quoteIdentifier("")).toThrow();
  expect(() => quoteText("\0")).toThrow();
});

test("grouping by a column that is not selected is our mistake", () => {
  const statement: Statement = select({ columns: [], from: null, groupBy: ["x"] });
  expect(() => printDuckdb(statement)).toThrow(/no column x/);
});

test("nodes are frozen", () => {
  expect(Object.isFrozen(call("count"))).toBe(true);
  expect(Object.isFrozen(select({ columns: [], from: null }))).toBe(true);
});
