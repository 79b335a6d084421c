import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalog } from "../../src/diagnostics/catalog.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { Experiment } from "../../src/model/experiment.ts";
import type { EventLayout } from "../../src/model/warehouse.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { writeTable } from "../../src/warehouse/write-table.ts";
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
const EVENTS = "user,event,amount,refunded,time\n1,purchase,30,false,2023-01-02 08:00\n";

let folders = 0;

async function prepare(
  content: { exposures?: Record<string, string | Uint8Array>; events?: Record<string, string | Uint8Array> },
  options: { layout?: EventLayout; experiment?: Experiment } = {},
) {
  folders += 1;
  const paths = (files: Record<string, string | Uint8Array>) =>
    Object.entries(files).map(([name, text]) => workspace.write(`${folders}-${name}`, text));
  const files = new Map([
    ["exposures", paths(content.exposures ?? { "exposures.csv": EXPOSURES })],
    ["app", paths(content.events ?? { "events.csv": EVENTS })],
  ]);
  const metric = sampleMetric(
    "revenue",
    "sum",
    onEvent("purchase", "amount", [{ column: "refunded", values: [false] }]),
  );
  const experiment = options.experiment ?? sampleExperiment(["control", "variant"], [metric]);
  const project = sampleProject(options.layout ?? sampleLayout(), [experiment], [sampleEvent("purchase")]);
  const engine = await workspace.open();
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

test("good files give no diagnostics", async () => {
  const { sources, diagnostics } = await prepare({});
  expect(diagnostics).toEqual([]);
  expect(sources!.facts.map(({ rows }) => rows)).toEqual([1, 1]);
});

test.each<[string, Parameters<typeof prepare>[0], string, string[], string]>([
  [
    "no files",
    { exposures: {} },
    "data/missing-file",
    ["warehouse", "sources", "exposures", "from"],
    "no file of `exposures` matches `exposures.csv`",
  ],
  [
    "an unknown extension",
    { events: { "events.xlsx": "x" } },
    "data/unknown-format",
    ["warehouse", "sources", "app", "from"],
    "the extension of events.xlsx names no known format",
  ],
  [
    "two formats",
    { events: { "a.csv": EVENTS, "b.ndjson": "{}" } },
    "data/mixed-formats",
    ["warehouse", "sources", "app", "from"],
    "`app` has files of different formats: a.csv and b.ndjson",
  ],
  [
    "a misspelled column",
    { exposures: { "x.csv": EXPOSURES.replace("time", "timme") } },
    "data/missing-column",
    ["warehouse", "sources", "exposures", "columns", "timestamp"],
    "x.csv has no column `time`; it has `experiment`, `user`, `variant`, `timme`",
  ],
  [
    "a column that only its case tells apart",
    { exposures: { "x.csv": EXPOSURES.replace("user", "User") } },
    "data/missing-column",
    ["warehouse", "sources", "exposures", "units", "user"],
    "x.csv has no column `user`; it has `experiment`, `User`, `variant`, `time`",
  ],
  [
    "a column that the second file lacks",
    { events: { "a.csv": EVENTS, "b.csv": "user,event,time\n" } },
    "data/missing-column",
    ["value"],
    "b.csv has no column `amount`; it has `user`, `event`, `time`",
  ],
  [
    "another delimiter",
    { exposures: { "x.csv": EXPOSURES.replaceAll(",", ";") } },
    "data/missing-column",
    ["warehouse", "sources", "exposures", "columns", "experiment"],
    "x.csv has no column `experiment`; it has `experiment;user;variant;time`",
  ],
  [
    "an empty file",
    { exposures: { "x.csv": "" } },
    "data/unreadable-file",
    ["warehouse", "sources", "exposures", "from"],
    "x.csv cannot be read: it is empty",
  ],
  [
    "an empty JSON file",
    { exposures: { "x.ndjson": "" } },
    "data/unreadable-file",
    ["warehouse", "sources", "exposures", "from"],
    "x.ndjson cannot be read: it is empty, or holds something else than JSON objects",
  ],
  [
    "an empty Parquet file",
    { exposures: { "x.parquet": "" } },
    "data/unreadable-file",
    ["warehouse", "sources", "exposures", "from"],
    "x.parquet cannot be read: File 'x.parquet' too small to be a Parquet file",
  ],
  [
    "a row with too many fields",
    { events: { "x.csv": `${EVENTS}1,2,3,4,5,6\n` } },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    "x.csv cannot be read: line 3 has more than 5 fields",
  ],
  [
    "a row with too few fields, far into the second file",
    {
      events: { "a.csv": EVENTS, "b.csv": `${EVENTS}${"1,other,,,2023-01-02\n".repeat(30_000)}1,purchase\n` },
    },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    "b.csv cannot be read: line 30003 has 2 fields in place of 5",
  ],
  [
    "a TSV row with too few fields",
    { events: { "x.tsv": "user\tevent\n1\n" } },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    "x.tsv cannot be read: line 2 has 1 field in place of 2",
  ],
  [
    "semicolons between fields, and commas in numbers",
    { events: { "x.csv": "user;event;amount\n1;purchase;2,5\n" } },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    "x.csv cannot be read: line 2 has more than 1 field",
  ],
  [
    "a quote that is not closed",
    { events: { "x.csv": `${EVENTS}"1,purchase,1,false,2023-01-02\n1,purchase,1,false,2023-01-02\n` } },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    "x.csv cannot be read: line 3 has a quote that is not closed",
  ],
  [
    "bytes that are no UTF-8",
    { events: { "x.csv": Buffer.from(EVENTS.replace("purchase", "caf\xe9"), "latin1") } },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    "x.csv cannot be read: line 2 has bytes that are not UTF-8",
  ],
  [
    "JSON that ends early",
    {
      events: {
        "x.ndjson": '{"user":1,"event":"purchase","amount":1,"refunded":false,"time":"2023-01-01"}\n{"user":',
      },
    },
    "data/unreadable-file",
    ["warehouse", "sources", "app", "from"],
    'x.ndjson cannot be read: Malformed JSON in file "x.ndjson", at byte 9 in line 3: unexpected end of data.',
  ],
  [
    "a bad timestamp in the second file",
    {
      events: {
        "a.csv": EVENTS,
        "b.csv": `${EVENTS}1,purchase,1,false,2023-02-30\n1,purchase,1,false,\n1,purchase,1,false,infinity\n`,
      },
    },
    "data/bad-timestamp",
    ["warehouse", "sources", "app", "columns", "timestamp"],
    '`time` of row 2 in b.csv is not a timestamp: "2023-02-30" (3 such rows in all files)',
  ],
  [
    "a number that is none",
    { events: { "x.csv": `${EVENTS}1,purchase,30€,false,2023-01-02\n1,other,€,€,2023-01-02\n` } },
    "data/bad-value",
    ["value"],
    '`amount` of row 2 in x.csv is not a number of at most 1e60: "30€"',
  ],
  [
    "a number whose third power is out of reach",
    { events: { "x.csv": `${EVENTS}1,purchase,-1e61,false,2023-01-02\n` } },
    "data/bad-value",
    ["value"],
    '`amount` of row 2 in x.csv is not a number of at most 1e60: "-1e61"',
  ],
  [
    "a filter's column that is neither true nor false",
    { events: { "x.csv": `${EVENTS}1,purchase,1,maybe,2023-01-02\n` } },
    "data/bad-value",
    ["where", "refunded"],
    '`refunded` of row 2 in x.csv is not true or false: "maybe"',
  ],
])("%s: one error at the right place", async (_, content, code, path, words) => {
  const { sources, diagnostics } = await prepare(content);
  expect(sources).toBeNull();
  expect(diagnostics[0]).toMatchObject({ code, severity: "error", place: { path } });
  expect(message(diagnostics[0]!)).toBe(words);
});

test("a suggestion is made for a misspelled column", async () => {
  const { diagnostics } = await prepare({ exposures: { "x.csv": EXPOSURES.replace("variant", "varaint") } });
  expect(diagnostics.map(({ args }) => args.suggestion)).toEqual(["varaint"]);
});

test("values that are missing, NaN or infinite are a warning with their number", async () => {
  const { sources, diagnostics } = await prepare({
    events: {
      "x.csv": `${EVENTS}1,purchase,,false,2023-01-02\n1,purchase,nan,false,2023-01-02\n1,purchase,inf,false,2023-01-02\n`,
    },
  });
  expect(sources).not.toBeNull();
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ["data/missing-value", "warning"],
  ]);
  expect(message(diagnostics[0]!)).toBe(
    "3 of 4 rows of `purchase` have no finite number in `amount`; sums and means leave them out",
  );
});

test("a Parquet file that is cut off cannot be read, nor one that is damaged inside", async () => {
  const path = join(workspace.folder, "whole.parquet");
  const rows = Array.from({ length: 20_000 }, (_, row) => [String(row), "purchase", row, false, row * 1e6]);
  await writeTable(
    {
      path,
      columns: [
        { name: "user", type: "string" },
        { name: "event", type: "string" },
        { name: "amount", type: "double" },
        { name: "refunded", type: "boolean" },
        { name: "time", type: "timestamp" },
      ],
      batches: [rows],
    },
    { allowedDirectories: [workspace.folder] },
  );
  const bytes = readFileSync(path);
  const damaged = Uint8Array.from(bytes);
  damaged.fill(0xff, 100, bytes.length - 2000);
  for (const content of [bytes.subarray(0, bytes.length - 100), damaged]) {
    const { diagnostics } = await prepare({ events: { "x.parquet": content } });
    expect(diagnostics.map(({ code }) => code)).toEqual(["data/unreadable-file"]);
  }
  expect((await prepare({ events: { "x.parquet": bytes } })).diagnostics).toEqual([]);
});

test("columns of a type that cannot serve are named", async () => {
  const path = join(workspace.folder, "types.parquet");
  await writeTable(
    {
      path,
      columns: [
        { name: "user", type: "integer" },
        { name: "event", type: "string" },
        { name: "amount", type: "timestamp" },
        { name: "refunded", type: "timestamp" },
        { name: "time", type: "integer" },
      ],
      batches: [[[1, "purchase", 0, 0, 1]]],
    },
    { allowedDirectories: [workspace.folder] },
  );
  const { diagnostics } = await prepare({ events: { "x.parquet": readFileSync(path) } });
  expect(diagnostics.map(({ code, args }) => [code, args.column, args.type, args.expected])).toEqual([
    ["data/wrong-type", "time", "BIGINT", "a timestamp, or ISO 8601 as text"],
    ["data/wrong-type", "amount", "TIMESTAMP WITH TIME ZONE", "a number"],
    ["data/wrong-type", "refunded", "TIMESTAMP WITH TIME ZONE", "a boolean"],
  ]);
});

test("a project without a warehouse says so", async () => {
  const experiment = sampleExperiment(
    ["control", "variant"],
    [sampleMetric("m", "count", onEvent("purchase"))],
  );
  const project = { ...sampleProject(sampleLayout(), [experiment]), warehouse: null };
  const engine = await workspace.open();
  const { sources, diagnostics } = await prepareSources(project, new Map(), engine);
  expect(sources).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/no-warehouse"]);
  await engine.close();
});

test("fields that only late rows of JSON have are found", async () => {
  const early = '{"user":1,"event":"view","time":"2023-01-01T00:00:00Z"}\n'.repeat(25_000);
  const late = '{"user":1,"event":"purchase","amount":5,"refunded":false,"time":"2023-01-01T00:00:00Z"}\n';
  const { sources, diagnostics } = await prepare({ events: { "x.ndjson": early + late } });
  expect(diagnostics).toEqual([]);
  expect(sources!.facts[1]!.rows).toBe(25_001);
});
