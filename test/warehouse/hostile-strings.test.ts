import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";
import { writeTable } from "../../src/warehouse/write-table.ts";
import { HOSTILE_STRINGS } from "./hostile-strings.ts";
import { type HostileTable, type HostileWorld, hostileWorld, numbersOf } from "./hostile-world.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();

async function write(name: string, { columns, rows }: HostileTable): Promise<string> {
  const path = join(workspace.folder, name);
  await writeTable({ path, columns, batches: [rows] }, { allowedDirectories: [workspace.folder] });
  return path;
}

async function analyzed(world: HostileWorld) {
  const exposures = await write("exposures.parquet", world.exposures);
  const events = await write("events.parquet", world.events);
  const files = { kind: "files", patterns: [] } as const;
  const project = world.project(files, files);
  const source = project.warehouse!.layout.kind === "events" ? project.warehouse!.layout.events[0]!.key : "";
  const database = join(workspace.folder, "canary.duckdb");
  const engine = await openDuckdb({ timezone: "UTC", files: [exposures, events], database });
  const found = await numbersOf(
    engine,
    project,
    new Map([
      ["exposures", [exposures]],
      [source, [events]],
    ]),
  );
  await engine.close();
  return found;
}

async function canary(statement: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(join(workspace.folder, "canary.duckdb"));
  const connection = await instance.connect();
  const rows = await (await connection.run(statement)).getRows();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

let expected: Promise<unknown> | null = null;

async function benign(): Promise<unknown> {
  await canary("create table if not exists canary as select 1 as id");
  return analyzed(hostileWorld("plain"));
}

test("the trial that the texts are put into has results", async () => {
  expected ??= benign();
  const { problems, analyses } = (await expected) as { problems: unknown[]; analyses: unknown[] };
  expect(problems).toEqual([]);
  expect(analyses).toHaveLength(1);
  // Units per variant; what the two metrics sum to.
  const numbers = JSON.stringify(analyses);
  for (const part of ["[5,5]", ",5,12,2.4,", ",5,3,0.6,"]) expect(numbers).toContain(part);
});

test.each(HOSTILE_STRINGS.map((text) => [text]))(
  "names and values of it change no number: %j",
  async (text) => {
    expected ??= benign();
    const plain = await expected;
    expect(await analyzed(hostileWorld(text))).toEqual(plain);
    expect(await canary("select id from canary")).toEqual([[1]]);
  },
);
