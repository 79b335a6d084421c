import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  aggregateWhere,
  binary,
  call,
  column,
  literal,
  oneOf,
  parameter,
} from "../../../src/sql/expressions.ts";
import { EngineFailure, Interrupted } from "../../../src/sql/failure.ts";
import {
  aliased,
  createTemporaryTable,
  describe as describeTable,
  join,
  named,
  namedTable,
  select,
  subquery,
  table,
} from "../../../src/sql/queries.ts";
import type { NamedTable } from "../../../src/sql/tree.ts";
import { openCluster } from "../../../src/warehouse/clickhouse-cluster.ts";
import type { Connection } from "../../../src/warehouse/connection.ts";
import { optionsOf } from "./options.ts";
import { CLUSTER, hasClickhouse, PASSWORD, type Server, startServers } from "./servers.ts";

const people = namedTable("default", "people");
const events = namedTable("default", "events");
const PEOPLE = 3000;
const EVENTS = 20_000;

/** What an analysis does: a table of units, a table of what they did, and sums over it. */
async function pipeline({ run }: Connection): Promise<unknown> {
  await run(
    createTemporaryTable(
      "units of x",
      select({
        columns: [named("unit", column("user")), named("first", call("min", column("at")))],
        from: people,
        groupBy: ["unit"],
      }),
    ),
  );
  const met = select({
    columns: [named("unit", column("unit", "u")), named("amount", column("amount", "e"))],
    from: join(
      aliased(events, "e"),
      aliased(table("units of x"), "u"),
      binary("equal", column("user", "e"), column("unit", "u")),
    ),
  });
  await run(
    createTemporaryTable(
      "values of x",
      select({
        columns: [named("unit", column("unit")), named("total", call("sum", column("amount")))],
        from: subquery(met),
        groupBy: ["unit"],
      }),
    ),
  );
  const total = column("total");
  const [sums] = await run(
    select({
      columns: [
        named("units", call("count")),
        named("sum", call("precise-sum", total)),
        named("squares", call("precise-sum", binary("times", total, total))),
        named("most", call("max", total)),
        named("none", aggregateWhere(literal(false), "sum", total)),
      ],
      from: table("values of x"),
    }),
  );
  const kinds = await run(
    select({
      columns: [named("kind", column("kind")), named("rows", call("count"))],
      from: events,
      groupBy: ["kind"],
      orderBy: [
        { name: "rows", descending: true },
        { name: "kind", descending: false },
      ],
      limit: 3,
    }),
  );
  const top = await run(
    select({
      columns: [named("unit", column("unit")), named("total", total)],
      from: table("values of x"),
      orderBy: [
        { name: "total", descending: true },
        { name: "unit", descending: false },
      ],
      limit: 2,
    }),
  );
  return { sums, kinds, top };
}

/** The same, by a loop. */
function expected(): unknown {
  const totals = new Map<string, number>();
  const kinds = new Map<string, number>();
  for (let index = 0; index < EVENTS; index++) {
    const user = `u${index % 4001}`;
    if (index % 4001 < PEOPLE) totals.set(user, (totals.get(user) ?? 0) + (index % 97));
    const kind = `k${index % 7 === 0 ? 0 : (index % 5) + 1}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const values = [...totals.values()];
  const ranked = <Key extends string>(map: Map<string, number>, key: Key, value: string, limit: number) =>
    [...map]
      .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([name, count]) => ({ [key]: name, [value]: count }));
  return {
    sums: {
      units: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      squares: values.reduce((sum, value) => sum + value * value, 0),
      most: Math.max(...values),
      none: null,
    },
    kinds: ranked(kinds, "kind", "rows", 3),
    top: ranked(totals, "unit", "total", 2),
  };
}

async function createTables(servers: readonly Server[], peopleKey: string, eventsKey = peopleKey) {
  for (const { ask } of servers) {
    for (const [name, columns, key] of [
      ["people", "`user` String, at Int64", peopleKey],
      ["events", "`user` String, kind LowCardinality(String), amount Float64", eventsKey],
    ] as const) {
      await ask(`create or replace table ${name}_local (${columns}) engine = MergeTree order by tuple()`);
      await ask(
        `create or replace table ${name} (${columns}) engine = Distributed('${CLUSTER}', 'default', '${name}_local', ${key})`,
      );
    }
  }
  const [{ ask }] = servers as [Server];
  await ask(
    `insert into people settings distributed_foreground_insert = 1 select concat('u', toString(number)), number from numbers(${PEOPLE})`,
  );
  await ask(
    `insert into events settings distributed_foreground_insert = 1 select concat('u', toString(number % 4001)), concat('k', toString(if(number % 7 = 0, 0, number % 5 + 1))), number % 97 from numbers(${EVENTS})`,
  );
}

const unitTables = (...names: readonly NamedTable[]) =>
  names.map((each) => ({ table: each, units: ["user"] }));

describe.skipIf(!hasClickhouse())("three shards", () => {
  let servers: readonly Server[] = [];
  const connections: Connection[] = [];
  /** A query of it takes 2.8 seconds on every shard. */
  const naps = namedTable("default", "naps");
  const slow = select({ columns: [named("total", call("sum", column("nap")))], from: naps });
  async function createNaps() {
    const columns = "`user` String, nap UInt8";
    for (const { ask } of servers) {
      await ask(
        "create or replace view naps_local as select concat(toString(tcpPort()), '-', toString(number)) as user, sleepEachRow(0.1) as nap from numbers(28)",
      );
      await ask(
        `create or replace table naps (${columns}) engine = Distributed('${CLUSTER}', 'default', 'naps_local', cityHash64(user))`,
      );
    }
  }
  const open = async (overrides: Partial<Parameters<typeof openCluster>[0]> = {}) => {
    const connection = await openCluster({
      ...optionsOf(servers[0]!),
      cluster: CLUSTER,
      tables: unitTables(people, events),
      ...overrides,
    });
    connections.push(connection);
    return connection;
  };
  beforeEach(async () => {
    if (servers.length === 0) servers = await startServers(3);
    await createTables(servers, "cityHash64(user)");
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close();
  });

  test("work by themselves where they hold whole units", async () => {
    const connection = await open();
    expect(connection.shards).toEqual({ count: 3, joinedAt: "shards", reason: null });
    expect(await pipeline(connection)).toEqual(expected());
    expect(await connection.run(describeTable(people))).toEqual([
      { column_name: "user", column_type: "String" },
      { column_name: "at", column_type: "Int64" },
    ]);
    const held = await Promise.all(
      servers.map(async ({ ask }) => Number(await ask("select count() from events_local"))),
    );
    expect(Math.min(...held)).toBeGreaterThan(EVENTS / 5);
  });

  test.each([
    ["units are spread", "rand()", "cityHash64(user)", /people is not sharded by user/],
    ["tables are spread otherwise", "cityHash64(user)", "sipHash64(user)", /events is sharded otherwise/],
    [
      "rows are spread by something else",
      "cityHash64(user)",
      "cityHash64(concat(user, kind))",
      /events is not/,
    ],
  ])("leave the joins to one server where %s", async (_, peopleKey, eventsKey, reason) => {
    await createTables(servers, peopleKey, eventsKey);
    const connection = await open();
    expect(connection.shards).toMatchObject({ count: 3, joinedAt: "initiator" });
    expect(connection.shards?.reason).toMatch(reason);
    expect(await pipeline(connection)).toEqual(expected());
  });

  test("are not believed when a unit is on two of them", async () => {
    const held = await Promise.all(
      servers.map(async ({ ask }) => Number(await ask("select countIf(user = 'u7') from events_local"))),
    );
    const other = held.indexOf(0);
    await servers[other]!.ask("insert into events_local values ('u7', 'k1', 0)");
    const connection = await open();
    expect(connection.shards?.joinedAt).toBe("initiator");
    expect(connection.shards?.reason).toMatch(/1 of a sample of units have rows on several shards/);
  });

  test("leave it to one server where two kinds of units are analysed", async () => {
    const tables = [{ table: people, units: ["user", "org"] }];
    const connection = await open({ tables });
    expect(connection.shards?.reason).toMatch(/people is read by several units/);
  });

  test("say which clusters there are", async () => {
    await expect(open({ cluster: "nowhere" })).rejects.toThrow(/no cluster is called nowhere.*shards/);
  });

  test("are asked what adds up only", async () => {
    const { run } = await open();
    const average = select({ columns: [named("mean", call("average", column("amount")))], from: events });
    await expect(run(average)).rejects.toThrow("mean is not additive over shards");
  });

  test("take texts of people for texts", async () => {
    const hostile = `u1' or 1=1; drop table people_local; --\\'{p0:String}`;
    const { run } = await open();
    const asked = select({
      columns: [named(hostile, call("count"))],
      from: people,
      where: oneOf(column("user"), [parameter(hostile), parameter(`${hostile}2`)]),
    });
    expect(await run(asked)).toEqual([{ [hostile]: 0 }]);
    expect(Number(await servers[0]!.ask("select count() from people"))).toBe(PEOPLE);
  });

  test("are all stopped by one interruption", async () => {
    await createNaps();
    const connection = await open({ tables: unitTables(naps) });
    expect(connection.shards?.joinedAt).toBe("shards");
    const running = connection.run(slow).catch((error: unknown) => error);
    setTimeout(connection.interrupt, 300);
    expect(await running).toBeInstanceOf(Interrupted);
    const counted = await connection.run(select({ columns: [named("rows", call("count"))], from: naps }));
    expect(counted).toEqual([{ rows: 3 * 28 }]);
  });

  describe("of which one goes down", () => {
    afterEach(() => {
      servers = [];
    });

    test("in the middle of a query, give no answer but an error that says which", async () => {
      await createNaps();
      const connection = await open({ tables: unitTables(people, events, naps) });
      await pipeline(connection);
      const slowly = connection.run(createTemporaryTable("slow", slow));
      setTimeout(() => servers[2]!.kill(), 300);
      const failure = await slowly.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EngineFailure);
      expect((failure as Error).message).toMatch(/^shard 3 of 3: .*127\.0\.0\.1/);
      await expect(pipeline(connection)).rejects.toBeInstanceOf(EngineFailure);
    });

    test("are not met at all, whatever the user's profile allows", async () => {
      await createTables(servers, "rand()");
      const initiator = await open();
      const lenient = { user: "lenient", password: PASSWORD };
      await servers[1]!.kill();
      const failure = await pipeline(initiator).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EngineFailure);
      expect((failure as Error).message).toMatch(/shard.*does not answer.*nothing partial/);
      await expect(open()).rejects.toThrow(/shard.*does not answer/);
      await expect(open(lenient)).rejects.toThrow(/shard.*does not answer/);
    });
  });
});
