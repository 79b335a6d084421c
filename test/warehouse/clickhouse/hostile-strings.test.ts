import { beforeAll, describe, expect, test } from "vitest";
import type { ClickHouseWarehouse, SourceOrigin } from "../../../src/model/warehouse.ts";
import { openProjectClickhouse } from "../../../src/open-clickhouse.ts";
import { HOSTILE_STRINGS } from "../hostile-strings.ts";
import { type HostileTable, hostileWorld, numbersOf } from "../hostile-world.ts";
import { hasClickhouse, type Server, startServers } from "./servers.ts";

const TYPES = { string: "String", double: "Float64", timestamp: "DateTime64(3, 'UTC')" } as const;

const quoted = (name: string) => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;

/** All in one, and those to which it matters that nothing stands around them. */
const TEXTS = [
  HOSTILE_STRINGS.filter((text) => text.length < 100).join(" "),
  ...HOSTILE_STRINGS.filter((text) => /^(\W|\{.*\}|'.*')$/.test(text)),
];

describe.skipIf(!hasClickhouse())("on a server", () => {
  let server!: Server;
  let expected: unknown;

  beforeAll(async () => {
    [server] = (await startServers(1)) as [Server];
    // In `default`, the engine under test takes the names of tables for those of files too.
    await server.ask("create database people engine = Memory");
    await server.ask("create table people.canary (id UInt8) engine = Memory");
    await server.ask("insert into people.canary values (1)");
    expected = await analyzed("plain");
  }, 60_000);

  async function put(name: string, { columns, rows }: HostileTable): Promise<SourceOrigin> {
    const types = columns.map(
      (column) => `${quoted(column.name)} ${TYPES[column.type as keyof typeof TYPES]}`,
    );
    await server.ask(`create table people.${quoted(name)} (${types.join(", ")}) engine = Memory`);
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    await server.ask(`insert into people.${quoted(name)} format JSONCompactEachRow\n${lines}`);
    return { kind: "table", name: `people.${name}` };
  }

  async function analyzed(text: string): Promise<unknown> {
    const world = hostileWorld(text);
    const exposures = await put(`${text} exposures`, world.exposures);
    const events = await put(`${text} events`, world.events);
    const project = world.project(exposures, events);
    const { layout } = project.warehouse!;
    const clickhouse = { url: server.url, database: null, cluster: null, user: null, timeoutSeconds: 60 };
    const warehouse: ClickHouseWarehouse = { engine: "clickhouse", clickhouse, layout };
    const credentials = { user: null, password: null };
    const session = `hostile-${process.pid}-${++sessions}`;
    const units = new Set(["user"]);
    const engine = await openProjectClickhouse(project, warehouse, credentials, session, units);
    const found = await numbersOf(engine, { ...project, warehouse }, new Map());
    await engine.close();
    for (const name of ["exposures", "events"])
      await server.ask(`drop table people.${quoted(`${text} ${name}`)}`);
    return found;
  }

  test("the trial that the texts are put into has results", () => {
    expect(expected).toMatchObject({ problems: [] });
    const numbers = JSON.stringify(expected);
    for (const part of ["[5,5]", ",5,12,2.4,", ",5,3,0.6,"]) expect(numbers).toContain(part);
  });

  test.each(TEXTS.map((text) => [text]))(
    "names and values of it, tables' too, change no number: %j",
    async (text) => {
      expect(await analyzed(text)).toEqual(expected);
      expect((await server.ask("select id from people.canary")).trim()).toBe("1");
      expect((await server.ask("show tables from people")).trim()).toBe("canary");
    },
    30_000,
  );

  test("a user and a database of it are nobody and nothing", async () => {
    for (const text of TEXTS) {
      const world = hostileWorld("plain");
      const origin: SourceOrigin = { kind: "table", name: "people.canary" };
      const project = world.project(origin, origin);
      const { layout } = project.warehouse!;
      for (const [user, database] of [
        [text, null],
        [null, text],
      ] as const) {
        const clickhouse = { url: server.url, database, cluster: null, user, timeoutSeconds: 60 };
        const warehouse: ClickHouseWarehouse = { engine: "clickhouse", clickhouse, layout };
        const session = `hostile-${process.pid}-${++sessions}`;
        const credentials = { user: null, password: null };
        const engine = await openProjectClickhouse(
          project,
          warehouse,
          credentials,
          session,
          new Set(["user"]),
        );
        const found = await numbersOf(engine, { ...project, warehouse }, new Map());
        await engine.close();
        expect([text, found]).toEqual([text, { problems: ["data/engine-failure"], analyses: [] }]);
      }
    }
    expect((await server.ask("show tables from people")).trim()).toBe("canary");
  }, 60_000);
});

let sessions = 0;
