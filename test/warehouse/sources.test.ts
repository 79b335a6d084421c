import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { catalog } from "../../src/diagnostics/catalog.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { EventLayout } from "../../src/model/warehouse.ts";
import { microsecondsOf } from "../../src/query/cell-expressions.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { scan } from "../../src/query/source-relation.ts";
import { named, select } from "../../src/sql/queries.ts";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";
import {
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const EXPOSURES = "experiment,user,variant,time\ncheckout,1,control,2023-01-01 10:00\n";
const EVENTS = "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n";

let folders = 0;

type Contents = Readonly<Record<string, string | Uint8Array>>;

async function prepare(
  content: { readonly exposures?: Contents; readonly events?: Contents },
  layout: EventLayout = sampleLayout(),
  timezone = "UTC",
) {
  folders += 1;
  const paths = (files: Contents) =>
    Object.entries(files).map(([name, text]) => workspace.write(`${folders}-${name}`, text));
  const files = new Map([
    ["exposures", paths(content.exposures ?? { "exposures.csv": EXPOSURES })],
    ["app", paths(content.events ?? { "events.csv": EVENTS })],
  ]);
  const metric = sampleMetric("revenue", "sum", onEvent("purchase", "amount"));
  const project = sampleProject(
    layout,
    [sampleExperiment(["control", "variant"], [metric])],
    [sampleEvent("purchase")],
    timezone,
  );
  const engine = await workspace.open(timezone);
  const result = await prepareSources(project, files, engine);
  await engine.close();
  return result;
}

function message({ code, args }: Diagnostic): string {
  const { message } = catalog[code] as { message(args: unknown): string };
  return message(args)
    .replaceAll(workspace.folder, "")
    .replaceAll(/\/\d+-/g, "");
}

function help({ code, args }: Diagnostic): string {
  return (catalog[code] as unknown as { help(args: unknown): string }).help(args);
}

function withEpoch(epoch: EventLayout["exposures"]["epoch"]): EventLayout {
  const layout = sampleLayout();
  return { ...layout, events: layout.events.map((source) => ({ ...source, epoch })) };
}

/** Runs statements in a DuckDB of the test's own: what it writes is not of our making. */
async function duckdb(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** A Parquet file of what a query gives. */
async function parquet(query: string): Promise<Uint8Array> {
  folders += 1;
  const path = join(workspace.folder, `${folders}.parquet`);
  await duckdb(":memory:", "set timezone = 'UTC'", `copy (${query}) to '${path}' (format parquet)`);
  return readFileSync(path);
}

/** So many rows that several threads read them. */
function manyEvents(rows: number, bad: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const time = index + 1 === bad ? "soon" : "2023-01-02 08:00:00";
    return `${index},purchase,${index % 97},${time}`;
  });
  return `user,event,amount,time\n${lines.join("\n")}\n`;
}

/** The rows of a CSV text, in another format or packed. */
async function packed(text: string, name: string, options: string): Promise<Uint8Array> {
  folders += 1;
  const plain = workspace.write(`${folders}.csv`, text);
  const path = join(workspace.folder, `${folders}-${name}`);
  await duckdb(
    ":memory:",
    `copy (select * from read_csv('${plain}', all_varchar = true)) to '${path}' (${options})`,
  );
  return readFileSync(path);
}

test.each([
  ["b.csv", "format csv"],
  ["b.csv.gz", "format csv, compression gzip"],
  ["b.csv.zst", "format csv, compression zstd"],
  ["b.ndjson", "format json"],
  ["b.ndjson.gz", "format json, compression gzip"],
  ["b.parquet", "format parquet"],
])("a time that is none is found in its row of its file: %s", async (name, options) => {
  const { sources, diagnostics } = await prepare({
    events: {
      [name.replace("b.", "a.")]: await packed(EVENTS, name, options),
      [name]: await packed(manyEvents(3_000, 1_203), name, options),
    },
  });
  expect(sources).toBeNull();
  expect(diagnostics.map(message)).toEqual([`\`time\` of row 1,203 in ${name} is not a timestamp: "soon"`]);
  expect(diagnostics[0]!.place.path).toEqual(["warehouse", "sources", "app", "columns", "timestamp"]);
});

test("rows are counted in a file's order, also where several threads read it", async () => {
  const { diagnostics } = await prepare({ events: { "events.csv": manyEvents(700_000, 650_001) } });
  expect(diagnostics.map(message)).toEqual([
    '`time` of row 650,001 in events.csv is not a timestamp: "soon"',
  ]);
});

const AT = Date.UTC(2023, 0, 2, 8);

test.each([
  ["seconds", AT / 1000],
  ["milliseconds", AT],
  ["microseconds", AT * 1000],
] as const)("numbers that count %s since 1970, where the mapping says so", async (unit, number) => {
  for (const events of [
    { "events.csv": EVENTS.replace("2023-01-02 08:00", String(number)) },
    { "events.ndjson": `${JSON.stringify({ user: "1", event: "purchase", amount: 3, time: number })}\n` },
    {
      "events.parquet": await parquet(
        `select '1' as "user", 'purchase' as event, 3 as amount, ${number}::bigint as time`,
      ),
    },
    {
      "events.parquet": await parquet(
        `select '1' as "user", 'purchase' as event, 3 as amount, ${number}::double as time`,
      ),
    },
  ]) {
    const { sources, diagnostics } = await prepare({ events }, withEpoch(unit), "America/New_York");
    expect(diagnostics).toEqual([]);
    expect(sources!.facts[1]).toMatchObject({ first: "2023-01-02T08:00:00Z", last: "2023-01-02T08:00:00Z" });
  }
});

const ZONED_TIMES = [
  ...["2026-03-29T00:30:00", "2026-03-29 00:30:00 UTC", "2026-03-29 00:30:00", "2026-03-29 00:30:00+05:30"],
  ...[" 2026-03-29  00:30", "2026-03-29 00:30:00 UTC", "2026-03-29T00:30:00Z", "2026-03-29 00:30"],
];

test("a timestamp of UTC leaves the ones after it, without a zone, in the project's", async () => {
  const rows = ZONED_TIMES.map((time, index) => `${index},purchase,30,${time}\n`);
  const events = { "events.csv": `user,event,amount,time\n${rows.join("")}` };
  const { sources, diagnostics } = await prepare({ events }, sampleLayout(), "America/New_York");
  expect(diagnostics).toEqual([]);
  const engine = await workspace.open("America/New_York");
  const relation = sources!.relations.get("app")!;
  const found = await engine.run(
    select({ columns: [named("at", microsecondsOf(relation, "time"))], from: scan(relation) }),
  );
  await engine.close();
  expect(found.map(({ at }) => new Date(Number(at) / 1000).toISOString().slice(5, 16))).toEqual([
    ...["03-29T04:30", "03-29T00:30", "03-29T04:30", "03-28T19:00"],
    ...["03-29T04:30", "03-29T00:30", "03-29T00:30", "03-29T04:30"],
  ]);
});

test.each(["Europe/Paris", "EST", "Etc/GMT+2", "PST8PDT", "UTC+05", "NZ", "america/new_york"])(
  "a timestamp that names the zone %s is refused",
  async (zone) => {
    const { sources, diagnostics } = await prepare({
      events: { "events.csv": `${EVENTS}1,purchase,3,2026-03-29 02:30:00 ${zone}\n` },
    });
    expect(sources).toBeNull();
    expect(diagnostics.map(message)).toEqual([
      `\`time\` of row 2 in events.csv is not a timestamp: "2026-03-29 02:30:00 ${zone}"`,
    ]);
    expect(diagnostics.map(help)[0]).toContain("zones are Z, +02:00 or UTC");
  },
);

test("fractions of a second are kept", async () => {
  const events = { "events.csv": EVENTS.replace("2023-01-02 08:00", String(AT / 1000 + 0.25)) };
  const { sources } = await prepare({ events }, withEpoch("seconds"));
  expect(sources!.facts[1]!.first).toBe("2023-01-02T08:00:00.250Z");
});

test.each([
  ["seconds", AT / 1000],
  ["milliseconds", AT],
  ["microseconds", AT * 1000],
] as const)("without the mapping, numbers are refused and %s are suggested", async (unit, number) => {
  const { sources, diagnostics } = await prepare({
    events: { "events.csv": EVENTS.replace("2023-01-02 08:00", String(number)) },
  });
  expect(sources).toBeNull();
  expect(diagnostics.map(message)).toEqual([
    `\`time\` of row 1 in events.csv is not a timestamp: "${number}"`,
  ]);
  expect(help(diagnostics[0]!)).toContain(`timestamp: { column: "time", unit: ${unit} }`);
});

test("a column of numbers is refused with the mapping that it needs", async () => {
  const rows = `select '1' as "user", 'purchase' as event, 3 as amount, ${AT}::bigint as time`;
  const { diagnostics } = await prepare({ events: { "events.parquet": await parquet(rows) } });
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/wrong-type"]);
  expect(help(diagnostics[0]!)).toContain('timestamp: { column: "time", unit: milliseconds }');
});

test.each([
  ["milliseconds", AT / 1000, "seconds"],
  ["milliseconds", AT * 1000, "microseconds"],
  ["seconds", AT, "milliseconds"],
] as const)("numbers in another unit than %s are refused: %s", async (declared, number, meant) => {
  const events = { "events.csv": EVENTS.replace("2023-01-02 08:00", String(number)) };
  const { diagnostics } = await prepare({ events }, withEpoch(declared));
  expect(diagnostics.map(message)).toEqual([
    `\`time\` of row 1 in events.csv is not a timestamp in ${declared} since 1970: "${number}"`,
  ]);
  expect(help(diagnostics[0]!)).toContain(`unit: ${meant}`);
});

test("a timestamp is refused where the mapping says that it is a number", async () => {
  const rows = `select '1' as "user", 'purchase' as event, 3 as amount, timestamp '2023-01-02 08:00' as time`;
  const { diagnostics } = await prepare(
    { events: { "x.parquet": await parquet(rows) } },
    withEpoch("seconds"),
  );
  expect(diagnostics.map(message)).toEqual([
    "column `time` of x.parquet is TIMESTAMP, expected a number of seconds",
  ]);
});

const eventsWith = (user: string) =>
  `select ${user} as "user", 'purchase' as event, 3 as amount, timestamp '2023-01-02 08:00' as time`;

test.each([
  ["integers", "1::bigint"],
  ["doubles", "1::double"],
  ["decimals", "1::decimal(10, 2)"],
  ["texts", "'1'"],
])("ids stored as %s meet ids stored otherwise", async (_, user) => {
  const { diagnostics } = await prepare({ events: { "events.parquet": await parquet(eventsWith(user)) } });
  expect(diagnostics).toEqual([]);
});

test("ids stored as integers in one file and as doubles in the next are the same", async () => {
  const { sources, diagnostics } = await prepare({
    events: {
      "a.parquet": await parquet(eventsWith("1::bigint")),
      "b.parquet": await parquet(eventsWith("1::double")),
    },
  });
  expect(diagnostics).toEqual([]);
  expect(sources!.facts[1]!.rows).toBe(2);
});

test("ids as doubles in one file and as texts in the next are refused", async () => {
  const { diagnostics } = await prepare({
    events: {
      "a.parquet": await parquet(eventsWith("1::double")),
      "b.parquet": await parquet(eventsWith("'1'")),
    },
  });
  expect(diagnostics.map(message)).toEqual([
    "`user` is DOUBLE in a.parquet and text in b.parquet; `17.0` and `17` would be two units",
  ]);
});

test("an id that a double cannot hold is refused", async () => {
  const { diagnostics } = await prepare({
    events: { "x.parquet": await parquet(eventsWith("12345678901234567890::double")) },
  });
  expect(diagnostics.map(({ code, args }) => [code, args.row])).toEqual([["data/bad-value", 1]]);
});

test.each([["1.0"], ["001"], ["+1"]])(
  "an id that the exposures write otherwise is refused: %s",
  async (id) => {
    const { sources, diagnostics } = await prepare({
      events: { "a.csv": EVENTS, "b.csv": EVENTS.replace("1,", `${id},`) },
    });
    expect(sources).toBeNull();
    expect(diagnostics.map(message)).toEqual([
      `\`user\` of \`app\` has 1 ids (of 2) that the exposures write otherwise, such as "${id}" for "1": these units do not meet their events`,
    ]);
    expect(diagnostics[0]!.place.path).toEqual(["warehouse", "sources", "app", "units", "user"]);
  },
);

test("exposures that write an id in two ways are refused", async () => {
  const { diagnostics } = await prepare({
    exposures: { "a.csv": EXPOSURES, "b.csv": EXPOSURES.replace(",1,", ",01,") },
  });
  expect(diagnostics.map(({ code, args }) => [code, args.source])).toEqual([
    ["data/unlike-ids", "exposures"],
  ]);
});

test.each([
  ["an error", 100],
  ["a warning", 101],
] as const)("one odd id is %s among %d", async (what, count) => {
  const ids = Array.from({ length: count - 1 }, (_, index) => index + 1);
  const exposures = ids.map((id) => `checkout,${id},control,2023-01-01 10:00\n`).join("");
  const events = ids.map((id) => `${id},purchase,30,2023-01-02 08:00\n`).join("");
  const { sources, diagnostics } = await prepare({
    exposures: { "x.csv": `experiment,user,variant,time\n${exposures}` },
    events: { "a.csv": `user,event,amount,time\n${events}`, "b.csv": EVENTS.replace("1,", "01,") },
  });
  const severity = what === "an error" ? "error" : "warning";
  expect(diagnostics).toMatchObject([{ severity, args: { source: "app", count: 1, of: count } }]);
  expect(sources === null).toBe(severity === "error");
});

test("ids of one width, zeros before some, are no trouble, nor ids that are no numbers", async () => {
  const exposures = {
    "a.csv":
      "experiment,user,variant,time\ncheckout,07,control,2023-01-01\ncheckout,12,control,2023-01-01\ncheckout,x7,control,2023-01-01\n",
  };
  const events = {
    "e.csv":
      "user,event,amount,time\n12,purchase,1,2023-01-02\n13,purchase,1,2023-01-02\nx7,purchase,1,2023-01-02\n",
  };
  expect((await prepare({ exposures, events })).diagnostics).toEqual([]);
});

test("a type that changes between files is read as texts are", async () => {
  const { sources, diagnostics } = await prepare({
    events: {
      "a.parquet": await parquet(eventsWith("'1'")),
      "b.parquet": await parquet(
        `select '1' as "user", 'purchase' as event, '4.5' as amount, '2023-01-03T08:00:00Z' as time`,
      ),
    },
  });
  expect(diagnostics).toEqual([]);
  expect(sources!.facts[1]!.last).toBe("2023-01-03T08:00:00Z");
});

test("a type that changes so that cells cannot be read is located", async () => {
  const { diagnostics } = await prepare({
    events: {
      "a.parquet": await parquet(eventsWith("'1'")),
      "b.parquet": await parquet(
        `select '1' as "user", 'purchase' as event, 'four' as amount, timestamp '2023-01-03' as time`,
      ),
    },
  });
  expect(diagnostics.map(message)).toEqual([
    '`amount` of row 1 in b.parquet is not a number of at most 1e60: "four"',
  ]);
});

test("a column that one file calls otherwise is located in that file", async () => {
  const { diagnostics } = await prepare({
    events: { "a.csv": EVENTS, "b.csv": EVENTS.replace("amount", "amount_eur") },
  });
  expect(diagnostics.map(message)).toEqual([
    "b.csv has no column `amount`; it has `user`, `event`, `amount_eur`, `time`",
  ]);
});

test("of many Parquet files, the one cut in half is named", async () => {
  const whole = await parquet(eventsWith("'1'"));
  const { sources, diagnostics } = await prepare({
    events: { "a.parquet": whole, "b.parquet": whole.subarray(0, whole.length / 2), "c.parquet": whole },
  });
  expect(sources).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/unreadable-file"]);
  expect(message(diagnostics[0]!)).toMatch(/^b\.parquet cannot be read: /);
});

test("of many CSV files, the one with a damaged row far down is named", async () => {
  const { diagnostics } = await prepare({
    events: { "a.csv": EVENTS, "b.csv": `${manyEvents(60_000, 0)}1,2,3,4,5,6,7\n`, "c.csv": EVENTS },
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/unreadable-file"]);
  expect(message(diagnostics[0]!)).toMatch(/^b\.csv cannot be read: /);
});

const TABLES: EventLayout = {
  ...sampleLayout(),
  exposures: { ...sampleLayout().exposures, from: { kind: "table", name: "exposures" } },
  events: sampleLayout().events.map((source) => ({
    ...source,
    from: { kind: "table", name: "analytics.events" },
  })),
};

async function prepareTables(...statements: readonly string[]) {
  folders += 1;
  const database = join(workspace.folder, `${folders}.duckdb`);
  await duckdb(
    database,
    `create table exposures as select 'checkout' as experiment, 1 as "user", 'control' as variant, timestamp '2023-01-01' as time`,
    `create table "all events" as select 1 as "user", 'purchase' as event, 3 as amount, '2023-01-02' as time`,
    "create schema analytics",
    'create view analytics.events as select * from main."all events"',
    ...statements,
  );
  const metric = sampleMetric("revenue", "sum", onEvent("purchase", "amount"));
  const experiment = sampleExperiment(["control", "variant"], [metric]);
  const project = sampleProject(TABLES, [experiment], [sampleEvent("purchase")]);
  const engine = await openDuckdb({ timezone: "UTC", database });
  const result = await prepareSources(project, new Map(), engine);
  await engine.close();
  return result;
}

test("tables and views of a database file are sources", async () => {
  const { sources, diagnostics } = await prepareTables();
  expect(diagnostics).toEqual([]);
  expect(sources!.facts).toMatchObject([
    { source: "exposures", files: [], table: "exposures", rows: 1 },
    { source: "app", files: [], table: "analytics.events", rows: 1, first: "2023-01-02T00:00:00Z" },
  ]);
});

test.each([
  [
    "update \"all events\" set time = 'soon'",
    '`time` of a row in analytics.events is not a timestamp: "soon"',
  ],
  [
    'alter table "all events" rename amount to price',
    "analytics.events has no column `amount`; it has `user`, `event`, `price`, `time`",
  ],
  [
    "drop view analytics.events",
    "table `analytics.events` cannot be read: Table with name events does not exist!",
  ],
])("a table's problem is located: %s", async (statement, words) => {
  const { sources, diagnostics } = await prepareTables(statement);
  expect(sources).toBeNull();
  expect(diagnostics.map(message)).toEqual([words]);
});

test("a file that is no database is named where a table is looked for in it", async () => {
  const database = workspace.write("no.duckdb", "hello");
  const project = sampleProject(TABLES, []);
  const engine = await openDuckdb({ timezone: "UTC", database });
  const { diagnostics } = await prepareSources(project, new Map(), engine);
  await engine.close();
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/unreadable-table", "data/unreadable-table"]);
  expect(message(diagnostics[0]!)).toContain("is not a valid DuckDB database file");
});
