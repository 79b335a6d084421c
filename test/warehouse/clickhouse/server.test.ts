import { beforeAll, describe, expect, test } from "vitest";
import { binary, call, column, literal, not, oneOf, parameter } from "../../../src/sql/expressions.ts";
import { EngineFailure, Interrupted } from "../../../src/sql/failure.ts";
import {
  createTemporaryTable,
  describe as describeTable,
  named,
  namedTable,
  select,
  table,
} from "../../../src/sql/queries.ts";
import { openClickhouse } from "../../../src/warehouse/clickhouse.ts";
import type { QueryProgress } from "../../../src/warehouse/connection.ts";
import { optionsOf } from "./options.ts";
import { hasClickhouse, PASSWORD, type Server, startServers } from "./servers.ts";

const count = named("rows", call("count"));
const one = select({ columns: [named("one", literal(1n))], from: null });
const rowsOf = (name: string, database: string | null = null) =>
  select({ columns: [count], from: namedTable(database, name) });
const largest = select({
  columns: [named("largest", call("max", column("x")))],
  from: namedTable("default", "few"),
});
/** Never ends: the table has all numbers. */
const endless = select({
  columns: [named("total", call("sum", binary("times", column("number"), parameter(0.5))))],
  from: namedTable("system", "numbers"),
});

describe.skipIf(!hasClickhouse())("a server", () => {
  let server!: Server;
  beforeAll(async () => {
    [server] = (await startServers(1)) as [Server];
    await server.ask(
      "create table few engine = MergeTree order by x as select number as x from numbers(100)",
    );
  });

  async function withConnection<Result>(
    overrides: Parameters<typeof optionsOf>[1],
    work: (connection: Awaited<ReturnType<typeof openClickhouse>>) => Promise<Result>,
  ): Promise<Result> {
    const connection = await openClickhouse(optionsOf(server, overrides));
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }

  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => error as Error,
    );

  test.each([
    [
      "a wrong password",
      { user: "reader", password: "wrong" },
      /refuses the user "reader" or the password.*FAIRTRIAL_CLICKHOUSE_PASSWORD/,
    ],
    ["no password", { user: "reader" }, /refuses the user "reader"/],
    ["an unknown user", { user: "no'body\n" }, /refuses the user "no'body\\n"/],
    ["an unknown database", { database: "nowhere" }, /nowhere.*no such database/],
    [
      "a user who may only read",
      { user: "locked", password: PASSWORD },
      /"locked" is read-only.*readonly = 2/,
    ],
    ["nobody there", { url: "http://127.0.0.1:9" }, /127\.0\.0\.1:9/],
    ["no such host", { url: "http://host.invalid:8123" }, /host\.invalid/],
  ])("says what is wrong: %s", async (_, overrides, words) => {
    const failure = await failureOf(openClickhouse(optionsOf(server, overrides)));
    expect(failure).toBeInstanceOf(EngineFailure);
    expect(failure!.message).toMatch(words);
    expect(failure!.message).not.toContain("\n");
    expect(failure!.message).not.toContain(PASSWORD);
  });

  test("says which table and which database are not there", () =>
    withConnection({}, async ({ run }) => {
      expect((await failureOf(run(rowsOf("no`thing"))))?.message).toMatch(/no`thing.*no such table/);
      expect((await failureOf(run(rowsOf("few", "nowhere"))))?.message).toMatch(/nowhere.*no such database/);
      expect((await failureOf(run(describeTable(namedTable(null, "nothing")))))?.message).toMatch(
        /nothing.*no such table/,
      );
    }));

  test("takes a user's password and lets who may only read keep temporary tables", () =>
    withConnection({ user: "reader", password: PASSWORD }, async ({ run }) => {
      await run(createTemporaryTable("mine", rowsOf("few", "default")));
      expect(await run(select({ columns: [named("rows", column("rows"))], from: table("mine") }))).toEqual([
        { rows: 100 },
      ]);
    }));

  test("gives whole answers with the meaning that is meant, whatever the user's profile says", () =>
    withConnection({ user: "lenient", password: PASSWORD }, async ({ run }) => {
      const failure = await failureOf(run(largest));
      expect(failure).toBeInstanceOf(EngineFailure);
      expect(failure!.message).toMatch(/Limit for rows/);
      const nothing = { kind: "cast", operand: literal(null), type: "text", attempt: false } as const;
      const unknown = not(oneOf(nothing, [parameter("a"), nothing]));
      expect(await run(select({ columns: [named("in", unknown)], from: null }))).toEqual([{ in: null }]);
    }));

  test("is stopped in a query, and goes on", () =>
    withConnection({}, async (connection) => {
      const running = connection.run(endless);
      const waiting = connection.run(one);
      setTimeout(connection.interrupt, 300);
      await expect(running).rejects.toBeInstanceOf(Interrupted);
      await expect(waiting).rejects.toBeInstanceOf(Interrupted);
      expect(await connection.run(one)).toEqual([{ one: 1 }]);
      const left = await server.ask(
        "select count() from system.processes where query like '%numbers%' and query not like '%processes%' and query not like '%sleep%'",
      );
      expect(left.trim()).toBe("0");
    }));

  test("stops a query after the time that it is given", () =>
    withConnection({ timeoutSeconds: 1 }, async ({ run }) => {
      const failure = await failureOf(run(endless));
      expect(failure).toBeInstanceOf(EngineFailure);
      expect(failure!.message).toMatch(/longer than `timeoutSeconds` allows/);
    }));

  test("tells how far it is", () =>
    withConnection({}, async (connection) => {
      const seen: QueryProgress[] = [];
      const running = connection.run(endless, (progress) => {
        if (seen.push(progress) === 2) connection.interrupt();
      });
      await expect(running).rejects.toBeInstanceOf(Interrupted);
      expect(seen.at(-1)!.rows).toBeGreaterThan(0);
      for (const { share } of seen) expect(share === null || (share >= 0 && share <= 1)).toBe(true);
    }));

  test("explains a query, and shows it as a person could run it", () =>
    withConnection({}, async ({ explain, show }) => {
      const asked = select({
        columns: [named("it's {p0:String}", parameter(`it's \\ {p0:String}`))],
        from: namedTable("default", "few"),
        where: binary("more", column("x"), parameter(98.5)),
      });
      expect(await explain(asked)).toMatch(/ReadFromMergeTree/);
      const text = show(asked);
      expect(text).toContain("/* p0 */ 'it\\'s \\\\ {p0:String}'");
      const rows = await server.ask(text.replace(/;$/, " format JSONCompact"));
      expect(JSON.parse(rows).data).toEqual([[`it's \\ {p0:String}`]]);
    }));

  test("leaves no temporary table behind", async () => {
    await withConnection({}, ({ run }) => run(createTemporaryTable("left", rowsOf("few"))));
    const parts = await server.ask(
      "select count() from system.parts where active and database = '_temporary_and_external_tables'",
    );
    expect(parts.trim()).toBe("0");
  });

  test("reads columns of the types that people keep", () =>
    withConnection({ timezone: "Europe/Berlin" }, async ({ run }) => {
      const rows = await run(describeTable(namedTable("system", "numbers")));
      expect(rows).toEqual([{ column_name: "number", column_type: "UInt64" }]);
    }));
});
