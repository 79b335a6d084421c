import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
import { named, select, subquery, unionAll } from "../../../src/sql/queries.ts";
import type { Expression, Query } from "../../../src/sql/tree.ts";
import { openClickhouse } from "../../../src/warehouse/clickhouse.ts";
import type { Connection } from "../../../src/warehouse/connection.ts";
import { openDuckdb } from "../../../src/warehouse/duckdb.ts";
import { hasClickhouse, startServers } from "./servers.ts";

const HOSTILE = `a"b\`c'; drop table x; --$1 {p0:String}\n\t\\/* é 🙂 \\' %`;
const TIMEZONE = "Europe/Berlin";

describe.skipIf(!hasClickhouse())("both engines", () => {
  let engines: readonly Connection[] = [];
  beforeAll(async () => {
    const [server] = await startServers(1);
    engines = [
      await openDuckdb({ timezone: TIMEZONE, files: [] }),
      await openClickhouse({
        url: server!.url,
        database: null,
        user: null,
        password: null,
        timeoutSeconds: 60,
        session: "expressions",
        timezone: TIMEZONE,
      }),
    ];
  });
  afterAll(async () => {
    for (const engine of engines) await engine.close();
  });

  async function rowsOf(query: Query) {
    const found = [];
    for (const engine of engines) found.push((await engine.run(query)).map((row) => ({ ...row })));
    return found;
  }

  async function values(expression: Expression): Promise<readonly unknown[]> {
    const found = await rowsOf(select({ columns: [named("value", expression)], from: null }));
    return found.map(([row]) => row!.value);
  }

  const nothing = literal(null);
  const nan = cast(parameter("nan"), "double");

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
    ["a negative shift", binary("shifted-right", literal(-9n), literal(1n)), -5],
    ["a shift to the left", binary("shifted-left", literal(1n), literal(62n)), 1n << 62n],
    ["a digest", call("md5", parameter("é")), "66ddcd97cfdeabb2f6fb8a999b4bc76f"],
    ["a text behind a mark", call("behind-mark", parameter("\ufeffé")), "=\ufeffé"],
    ["NULL behind a mark", call("behind-mark", cast(nothing, "text")), null],
    ["a digest of NULL", call("md5", cast(nothing, "text")), null],
    ["bits", binary("bit-and", literal(6n), literal(3n)), 2],
    ["bits of a negative number", binary("bit-and", literal(-1n), literal(7n)), 7],
    ["a whole quotient", binary("whole-quotient", literal(7n), literal(2n)), 3],
    ["a quotient", binary("divided-by", literal(7n), literal(2n)), 3.5],
    ["NULL", isNull(nothing), true],
    ["a hostile parameter", parameter(HOSTILE), HOSTILE],
    ["a parameter's kind", binary("divided-by", parameter(1), parameter(4)), 0.25],
    ["the largest double", parameter(Number.MAX_VALUE), Number.MAX_VALUE],
    ["the smallest double", parameter(Number.MIN_VALUE), Number.MIN_VALUE],
    ["a tenth and two", parameter(0.1 + 0.2), 0.1 + 0.2],
    ["not a number", nan, Number.NaN],
    ["infinity", cast(parameter("-inf"), "double"), Number.NEGATIVE_INFINITY],
    ["one of none", oneOf(parameter("a"), []), false],
    ["one of several", oneOf(parameter("a"), [parameter("b"), parameter("a")]), true],
    ["one of hostile ones", oneOf(parameter(HOSTILE), [parameter("b"), parameter(HOSTILE)]), true],
    ["none of several", not(oneOf(parameter("c"), [parameter("b"), parameter("a")])), true],
    ["NULL among several", oneOf(cast(nothing, "text"), [parameter("b"), parameter("a")]), null],
    ["NULL not among several", not(oneOf(cast(nothing, "text"), [parameter("b")])), null],
    ["one of numbers", oneOf(parameter(2), [parameter(1), parameter(2)]), true],
    ["one of truths", oneOf(literal(true), [literal(true)]), true],
    ["NULL and false", binary("and", isNull(cast(nothing, "text")), literal(false)), false],
    ["unknown and true", binary("and", cast(nothing, "boolean"), literal(true)), null],
    ["unknown and false", binary("and", cast(nothing, "boolean"), literal(false)), false],
    ["unknown or true", binary("or", cast(nothing, "boolean"), literal(true)), true],
    ["a choice by NULL", choose([[cast(nothing, "boolean"), literal(1n)]], literal(2n)), 2],
    ["a choice without branches", choose([], literal(3n)), 3],
    ["a choice of NULL", choose([[literal(true), nothing]], literal(3n)), null],
    ["all of none", all([]), true],
    ["any of none", any([]), false],
    ["the first that is there", call("coalesce", cast(nothing, "text"), parameter("b")), "b"],
    ["infinite", call("is-finite", cast(parameter("inf"), "double")), false],
    ["a size", call("absolute", parameter(-2)), 2],
    ["trimmed", call("trim", parameter("  a ")), "a"],
    ["a whole number as text", cast(literal(-12n), "text"), "-12"],
    ["truth as text", cast(literal(true), "text"), "true"],
    ["truth as a number", cast(literal(true), "integer"), 1],
    ["a double rounded", attempt(parameter(1.5), "integer"), 2],
    ["a half rounded to even", attempt(parameter(2.5), "integer"), 2],
    ["a double too large", attempt(parameter(1e19), "integer"), null],
    ["infinity as a whole number", attempt(cast(parameter("inf"), "double"), "integer"), null],
    ["no truth as a number", cast(cast(nothing, "boolean"), "integer"), null],
    ["no double as a whole number", cast(cast(nothing, "double"), "integer"), null],
    ["no double as a wide number", cast(cast(nothing, "double"), "wide-integer"), null],
    ["a double as a wide number", attempt(parameter(-2.5), "wide-integer"), -2],
    ["a wide number", cast(attempt(parameter(2 ** 100), "wide-integer"), "double"), 2 ** 100],
    [
      "an instant of microseconds",
      call("microseconds-of-instant", call("instant-of-microseconds", literal(-1n))),
      -1,
    ],
    ["a row number", rowNumber(), 1],
  ])("agree on %s", async (_, expression, expected) => {
    expect(await values(expression)).toEqual([expected, expected]);
  });

  const texts = (all: readonly string[]) =>
    unionAll(
      all.map((text, index) =>
        select({
          columns: [named("at", literal(BigInt(index))), named("text", parameter(text))],
          from: null,
        }),
      ),
    );

  async function readings(all: readonly string[], read: (text: Expression) => Expression) {
    const found = await rowsOf(
      select({
        columns: [named("at", column("at")), named("value", read(column("text")))],
        from: subquery(texts(all)),
        orderBy: [{ name: "at", descending: false }],
      }),
    );
    return found.map((rows) => rows.map(({ value }, index) => [all[index], value]));
  }

  test("agree on which texts are numbers, and which ones", async () => {
    const [duckdb, clickhouse] = await readings(NUMBERS, (text) => attempt(text, "double"));
    expect(clickhouse).toEqual(duckdb);
    expect(duckdb!.filter(([, value]) => value !== null).length).toBeGreaterThan(20);
  });

  test("agree on which texts are true and false", async () => {
    const [duckdb, clickhouse] = await readings(FLAGS, (text) => attempt(text, "boolean"));
    expect(clickhouse).toEqual(duckdb);
    expect(duckdb!.filter(([, value]) => value === true).length).toBeGreaterThan(5);
  });

  test.each([
    ["an instant", (text: Expression) => call("microseconds-of-instant", call("instant-of-text", text))],
    ["a local time", (text: Expression) => call("microseconds-of-local-time", attempt(text, "local-time"))],
  ])("agree on which texts are %s", async (_, read) => {
    const [duckdb, clickhouse] = await readings(TIMES, read);
    expect(clickhouse).toEqual(duckdb);
    expect(duckdb!.filter(([, value]) => value !== null).length).toBeGreaterThan(20);
  });

  test("agree on aggregates over nothing, over NULL and over no numbers", async () => {
    const sample = (x: Expression, group: bigint) =>
      select({ columns: [named("group", literal(group)), named("x", x)], from: null });
    const rows = unionAll([
      ...[1.5, 2.5].map((value) => sample(parameter(value), 0n)),
      sample(nan, 1n),
      sample(parameter(7), 1n),
      sample(nan, 2n),
      sample(cast(nothing, "double"), 3n),
    ]);
    const x = cast(column("x"), "double");
    const few = binary("less", x, parameter(2));
    const columns = (["sum", "precise-sum", "min", "max", "average", "count"] as const).flatMap((name) => [
      named(name, call(name, x)),
      named(`${name} where`, aggregateWhere(few, name, x)),
    ]);
    const by = (groupBy: readonly string[], where: Expression) =>
      select({
        columns: [...groupBy.map((name) => named(name, column(name))), ...columns],
        from: subquery(rows),
        groupBy,
        where,
        orderBy: groupBy.map((name) => ({ name, descending: true })),
      });
    const [duckdb, clickhouse] = await rowsOf(by(["group"], literal(true)));
    expect(clickhouse).toEqual(duckdb);
    expect(duckdb).toMatchObject([
      { group: 3, sum: null, max: null, count: 0 },
      { group: 2, max: Number.NaN, min: Number.NaN },
      { group: 1, max: Number.NaN, min: 7, count: 2 },
      { group: 0, sum: 4, "sum where": 1.5, "count where": 1 },
    ]);
    const [none, nobody] = await rowsOf(by([], literal(false)));
    expect(nobody).toEqual(none);
    expect(none).toMatchObject([{ sum: null, count: 0, "min where": null }]);
  });

  test("agree that NULL is neither one of several nor none of them", async () => {
    const cells = [parameter("a"), parameter("z"), cast(nothing, "text")].map((cell, index) =>
      select({ columns: [named("at", literal(BigInt(index))), named("x", cell)], from: null }),
    );
    const found = oneOf(column("x"), [parameter("a"), parameter("b")]);
    const [duckdb, clickhouse] = await rowsOf(
      select({
        columns: [named("at", column("at")), named("one", found), named("none", not(found))],
        from: subquery(unionAll(cells)),
        orderBy: [{ name: "at", descending: false }],
      }),
    );
    expect(clickhouse).toEqual(duckdb);
    expect(duckdb).toEqual([
      { at: 0, one: true, none: false },
      { at: 1, one: false, none: true },
      { at: 2, one: null, none: null },
    ]);
  });

  test("tell a column from a result of the same name", async () => {
    const rows = select({
      columns: [named("a", literal(1n)), named("b", literal(10n))],
      from: null,
    });
    const found = await rowsOf(
      select({
        columns: [
          named("b", column("a")),
          named("a", binary("plus", column("b"), literal(1n))),
          named("b too", column("b")),
        ],
        from: subquery(rows),
        where: binary("equal", column("b"), literal(10n)),
      }),
    );
    expect(found).toEqual([[{ b: 1, a: 11, "b too": 10 }], [{ b: 1, a: 11, "b too": 10 }]]);
  });

  test.each([HOSTILE, "a.b", "a`b", "a\\", "`", "é 🙂", "{p0:String}", " "])(
    "take %j for the name of a column, a table and a result",
    async (name) => {
      const create = {
        kind: "create-temporary-table",
        name,
        query: select({ columns: [named(name, parameter(name))], from: null }),
      } as const;
      for (const engine of engines) {
        await engine.run(create);
        const [row] = await engine.run(
          select({ columns: [named(name, column(name))], from: { kind: "table", name } }),
        );
        expect({ ...row }).toEqual({ [name]: name });
        await engine.run({ kind: "drop-table", name });
      }
    },
  );
});

const NUMBERS = [
  ...["1", " 1 ", "\t1\n", "1.", ".", ".5", "-.5", "+1", "--1", "1e5", "1E+5", "1e", "1e400", "-1e400"],
  ...["1e-400", "nan", "NaN", "-nan", "+nan", "inf", "INF", "-inf", "+inf", "infinity", "-Infinity", "1_000"],
  ...["_1", "1__0", "1_", "1,5", "0x10", "0b1", "1d", "", "-", "e5", "true", "1 2", "१", "1e5.5", "00012"],
  ...["-0", "1.5_5", "1e1_0", "0.1234567890123456789", "8.41e21", "9007199254740993", "5e-324", "\u00a01"],
];

const FLAGS = [
  ...["t", "T", "true", "TRUE", "TrUe", "f", "false", "FALSE", "yes", "no", "y", "n", "on", "off", "1", "0"],
  ...["2", " true ", "true\n", "", "tr"],
];

const TIMES = [
  ...["2023-01-01", "2023-1-1", "2023-01-01 10:00", "2023-01-01T10:00", "2023-01-01T10:00:00Z"],
  ...["2023-01-01 10:00:00.123456789", "2023-01-01 10:00:00.5Z", "2023-01-01 10:00:00+02"],
  ...["2023-01-01 10:00:00+02:30", "2023-01-01 10:00:00-0230", "2023-01-01 10:00:00 UTC"],
  ...["2023-01-01T10Z", "2023-01-01 10", "2023-02-30", "2023-02-29", "2024-02-29", "2023-13-01"],
  ...["2023-01-01 24:00:00", "2023-12-31T23:59:60Z", "2023-01-01 25:00", "2023/01/01 10:00", "01/02/2023"],
  ...["20230101", "1700000000", "2023-01-01T10:00:00z", "Jan 1 2023", "2023-001", "12:00", "2023-01"],
  ...["2023-03-26 01:59:59", "2023-03-26 02:30:00", "2023-03-26 03:00:00", "2023-10-29 01:30:00"],
  ...["2023-10-29 02:00:00", "2023-10-29 02:30:00", "2023-10-29 03:00:00", "2023-10-29 02:30:00+02"],
  ...["infinity", "-infinity", "", "nonsense", "1969-12-31 23:59:59.999999Z", "2023-01-01 10:00:00,5"],
  ...[
    "2023-01-01 10:00:00 Europe/Paris",
    "2023-01-01 10:00:00 EST",
    "2023-01-01 10:00 NZ",
    "2023-01-01 10:00",
  ],
  ...["2023-01-01 10:00:60", "2023-01-01 10:60", "2023-01-01 10:00 PM", "2023-01-01 10:00:00+14:00"],
];
