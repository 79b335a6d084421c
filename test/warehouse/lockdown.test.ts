import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { binary, column, parameter } from "../../src/sql/expressions.ts";
import { files, named, select } from "../../src/sql/queries.ts";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";
import { type DuckdbSession, openSession } from "../../src/warehouse/duckdb-session.ts";
import { HOSTILE_STRINGS } from "./hostile-strings.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const declared = workspace.write("declared.csv", "a,b\n1,2\n");
const undeclared = workspace.write("undeclared.csv", "a,b\n3,4\n");
const outside = makeWorkspace().write("outside.csv", "a,b\n5,6\n");
const database = join(workspace.folder, "kept.duckdb");
const spill = join(workspace.folder, "spill");
let session: DuckdbSession;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run("create table canary as select 1 as id");
  await connection.run("create table main.reader as select 1 as id");
  connection.closeSync();
  instance.closeSync();
  session = await openSession({
    timezone: "UTC",
    files: [declared],
    database,
    temporaryDirectory: spill,
    memoryLimit: "200MB",
  });
});
afterAll(() => {
  session.connection.closeSync();
  session.instance.closeSync();
});

test("the declared file and the tables can be read", async () => {
  expect(session.refusal).toBeNull();
  const read = await session.connection.run(`select a from read_csv('${declared}')`);
  expect(await read.getRows()).toEqual([[1n]]);
  const table = await session.connection.run("select id from warehouse.main.canary");
  expect(await table.getRows()).toEqual([[1]]);
});

test.each([
  `select * from read_csv('${undeclared}')`,
  `select * from '${undeclared}'`,
  `select * from read_csv('${outside}')`,
  `select * from read_csv('${declared}/../undeclared.csv')`,
  `select * from read_csv('${workspace.folder}/*.csv')`,
  `select content from read_text('${undeclared}')`,
  "select content from read_text('/etc/hostname')",
  "select * from glob('/etc/*')",
  "select * from read_csv('https://data.test/a.csv')",
  "select * from read_parquet('s3://bucket/a.parquet')",
  `copy (select 1) to '${workspace.folder}/written.csv'`,
  `copy (select 1) to '${declared}'`,
  `copy warehouse.main.canary to '${workspace.folder}/written.parquet'`,
  `export database '${workspace.folder}/exported'`,
  `attach '${workspace.folder}/other.duckdb' as other`,
  `attach '${database}' as again`,
  "insert into warehouse.main.canary values (2)",
  "drop table warehouse.main.canary",
  "create table warehouse.main.mine as select 1",
  "install httpfs",
  "load httpfs",
  `load '${undeclared}'`,
  "set enable_external_access = true",
  "set allowed_directories = ['/']",
  "set allowed_paths = ['/etc/passwd']",
  "set temp_directory = '/tmp'",
  "set memory_limit = '100GB'",
  "reset lock_configuration",
  "pragma enable_external_access",
])("refused: %s", async (statement) => {
  await expect(session.connection.run(statement)).rejects.toThrow();
});

test("nothing was written", () => {
  expect(readdirSync(workspace.folder).sort()).toEqual(["declared.csv", "kept.duckdb", "undeclared.csv"]);
  expect(readFileSync(declared, "utf8")).toBe("a,b\n1,2\n");
});

test("what does not fit in memory goes to the spill folder alone, and is gone afterwards", async () => {
  const own = await openSession({ timezone: "UTC", temporaryDirectory: spill, memoryLimit: "100MB" });
  await own.connection.run(
    "create temporary table big as select range as a, cast(hash(range) as varchar) || repeat('x', 40) as b from range(3000000)",
  );
  expect(readdirSync(spill).length).toBeGreaterThan(0);
  own.connection.closeSync();
  own.instance.closeSync();
  expect(existsSync(spill)).toBe(false);
});

test("a spill folder that is full ends the query with the engine's words", async () => {
  const path = join(workspace.folder, "big.csv");
  const writer = await DuckDBInstance.create(":memory:");
  const connection = await writer.connect();
  await connection.run(`copy (select md5(range::varchar) as id from range(2000000)) to '${path}'`);
  connection.closeSync();
  writer.closeSync();
  const reader = await openDuckdb({
    timezone: "UTC",
    files: [path],
    temporaryDirectory: spill,
    temporaryLimit: "1MB",
    memoryLimit: "60MB",
  });
  const scan = files({ format: "csv", paths: [path], columns: null, sample: "some" });
  const query = select({ columns: [named("id", column("id"))], from: scan, groupBy: ["id"] });
  await expect(reader.run(query)).rejects.toMatchObject({
    name: "EngineFailure",
    message: expect.stringMatching(/max_temp_directory_size|out of memory|failed to/i),
  });
  await reader.close();
});

test.each(HOSTILE_STRINGS.map((text) => [text]))("a text stays a text in a query: %j", async (text) => {
  const rows = [["id"], [text], ["other"]].map(([cell]) => `"${cell!.replaceAll('"', '""')}"`);
  const path = workspace.write("texts.csv", `${rows.join("\n")}\n`);
  const engine = await openDuckdb({ timezone: "UTC", files: [path], database });
  const scan = files({ format: "csv", paths: [path], columns: null, sample: "some" });
  const query = select({
    columns: [named(text, column("id")), named("given", parameter(text))],
    from: scan,
    where: binary("equal", column("id"), parameter(text)),
  });
  expect(await engine.run(query)).toEqual([{ [text]: text, given: text }]);
  // What is shown to people is the same statement, and runs.
  const shown = await DuckDBInstance.create(":memory:");
  const connection = await shown.connect();
  const result = await connection.run(engine.show(query));
  expect(result.columnNames()).toEqual([text, "given"]);
  expect(await result.getRows()).toEqual([[text, text]]);
  connection.closeSync();
  shown.closeSync();
  await engine.close();
});

test.each(
  HOSTILE_STRINGS.filter((text) => !/[/\0]/.test(text) && Buffer.byteLength(text) < 200).map((text) => [
    text,
  ]),
)("a file of that name is read, and no other: %j", async (text) => {
  const folder = join(workspace.folder, "names");
  mkdirSync(folder, { recursive: true });
  const path = workspace.write(join("names", `${text}.csv`), "id\nmine\n");
  workspace.write(join("names", "aaa.csv"), "id\nnot mine\n");
  const engine = await openDuckdb({ timezone: "UTC", files: [path] });
  const scan = files({ format: "csv", paths: [path], columns: null, sample: "some" });
  expect(await engine.run(select({ columns: [named("id", column("id"))], from: scan }))).toEqual([
    { id: "mine" },
  ]);
  await engine.close();
});
