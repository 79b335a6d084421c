import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { column } from "../../src/sql/expressions.ts";
import { describe, files, named, select } from "../../src/sql/queries.ts";
import { type TableToWrite, writeTable } from "../../src/warehouse/write-table.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const ODD = `odd "name"; --`;
const AT = Date.UTC(2026, 10, 2, 10, 0, 0, 250);

async function write(name: string, batches: TableToWrite["batches"] = BATCHES) {
  const path = join(workspace.folder, name);
  const rows = await writeTable(
    {
      path,
      columns: [
        { name: ODD, type: "string" },
        { name: "at", type: "timestamp" },
        { name: "amount", type: "double" },
        { name: "ok", type: "boolean" },
        { name: "n", type: "integer" },
      ],
      batches,
    },
    { allowedDirectories: [workspace.folder] },
  );
  return { path, rows };
}

const BATCHES: TableToWrite["batches"] = [
  [['a,"b"\nc', AT, 0.1, true, 7]],
  [],
  [
    ["é🙂", AT + 1, -1e300, false, -3],
    [null, null, null, null, null],
  ],
];

test("CSV is quoted, its instants are ISO 8601 in UTC", async () => {
  const { path, rows } = await write("a.csv");
  expect(rows).toBe(3);
  expect(readFileSync(path, "utf8")).toBe(
    [
      `"odd ""name""; --",at,amount,ok,n`,
      `"a,""b""\nc",2026-11-02T10:00:00.250Z,0.1,true,7`,
      `é🙂,2026-11-02T10:00:00.251Z,-1e+300,false,-3`,
      `,,,,`,
      ``,
    ].join("\n"),
  );
});

test("NDJSON, an array of JSON, and compressed ones", async () => {
  const first = {
    [ODD]: 'a,"b"\nc',
    at: "2026-11-02T10:00:00.250Z",
    amount: 0.1,
    ok: true,
    n: 7,
  };
  const lines = readFileSync((await write("a.ndjson")).path, "utf8")
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line))[0]).toEqual(first);
  expect(JSON.parse(readFileSync((await write("a.json")).path, "utf8"))[0]).toEqual(first);
  const zipped = gunzipSync(readFileSync((await write("a.jsonl.gz")).path)).toString("utf8");
  expect(JSON.parse(zipped.split("\n")[0]!)).toEqual(first);
});

test("Parquet keeps types and values", async () => {
  const { path } = await write("a.parquet");
  const engine = await workspace.open("America/New_York");
  const read = files({ format: "parquet", paths: [path], columns: null, sample: "some" });
  expect((await engine.run(describe(read))).map((row) => row.column_type)).toEqual([
    "VARCHAR",
    "TIMESTAMP WITH TIME ZONE",
    "DOUBLE",
    "BOOLEAN",
    "BIGINT",
  ]);
  const rows = await engine.run(
    select({ columns: [named("amount", column("amount")), named("n", column("n"))], from: read }),
  );
  expect(rows.map((row) => [row.amount, row.n])).toEqual([
    [0.1, 7],
    [-1e300, -3],
    [null, null],
  ]);
  await engine.close();
});

test("batches may come as they are made, and be none", async () => {
  async function* some() {
    for (let row = 0; row < 3; row += 1) yield [[String(row), AT, row, true, row]];
  }
  expect((await write("async.parquet", some())).rows).toBe(3);
  expect((await write("none.parquet", [])).rows).toBe(0);
});

test.each(["a.txt", "a", "a.parquet.gz", "a.constructor"])("%s names no format", async (name) => {
  await expect(write(name)).rejects.toThrow(/no format/);
});

test("nothing is written outside the allowed folder", async () => {
  const table = {
    path: join(workspace.folder, "..", "escape.csv"),
    columns: [{ name: "a", type: "string" as const }],
    batches: [],
  };
  await expect(writeTable(table, { allowedDirectories: [workspace.folder] })).rejects.toThrow(
    /disabled by configuration/,
  );
});
