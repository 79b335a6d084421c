import { expect, test } from "vitest";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { printDuckdb } from "../../src/sql/duckdb.ts";
import type { Statement } from "../../src/sql/tree.ts";
import { type TableCell, writeTable } from "../../src/warehouse/write-table.ts";
import {
  DAY,
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const START = Date.UTC(2026, 10, 2);
const SPILL = { temporaryDirectory: `${workspace.folder}/spill`, allowedDirectories: [workspace.folder] };

type EventCells = readonly [user: string, event: string, at: number | null, amount: TableCell];

let runs = 0;

/** Prepares Parquet files whose columns are stored as what they are; the statements tell how often each was read. */
async function prepare(events: readonly EventCells[], asOf: number | null = null) {
  runs += 1;
  const exposures = `${workspace.folder}/${runs}-exposures.parquet`;
  await writeTable(
    {
      path: exposures,
      columns: [
        ...["experiment", "user", "variant"].map((name) => ({ name, type: "string" as const })),
        { name: "time", type: "timestamp" },
      ],
      batches: [
        [
          ["checkout", "1", "control", START],
          ["checkout", "2", "variant", START],
        ],
      ],
    },
    SPILL,
  );
  const app = `${workspace.folder}/${runs}-events.parquet`;
  await writeTable(
    {
      path: app,
      columns: [
        { name: "key", type: "string" },
        { name: "first", type: "string" },
        { name: "at", type: "timestamp" },
        { name: "cell 0", type: "double" },
      ],
      batches: [events],
    },
    SPILL,
  );
  const metric = sampleMetric("revenue", "sum", onEvent("purchase", "cell 0"), DAY);
  const experiment = sampleExperiment(["control", "variant"], [metric]);
  const layout = {
    ...sampleLayout(),
    events: [
      {
        key: "app",
        from: { kind: "files" as const, patterns: [] },
        units: { user: "key" },
        columns: { event: "first", timestamp: "at" },
        epoch: null,
      },
    ],
  };
  const project = sampleProject(layout, [experiment], [sampleEvent("purchase")]);
  const connection = await workspace.open();
  const reads: string[] = [];
  const engine = {
    run(statement: Statement) {
      const { text, parameters } = printDuckdb(statement);
      if (!text.includes("describe") && JSON.stringify(parameters).includes(app)) reads.push(text);
      return connection.run(statement);
    },
  };
  const files = new Map([
    ["exposures", [exposures]],
    ["app", [app]],
  ]);
  const { sources, diagnostics } = await prepareSources(project, files, engine, undefined, asOf);
  return { project, experiment, engine, sources, diagnostics, reads };
}

const GOOD: readonly EventCells[] = [
  ["1", "purchase", START + 1000, 30],
  ["2", "purchase", START + 2000, -12.5],
];

test("a clean file's numbers are read once before its values are taken, but for a sample of its ids", async () => {
  const { diagnostics, reads, sources } = await prepare(GOOD);
  expect(diagnostics).toEqual([]);
  const [statistics, sums, sample, ...others] = reads;
  expect(statistics).not.toMatch(/sum|abs|filter/);
  expect(sums).toMatch(
    /^select sum\(cast\("cell 0" as double\)\) as "total \d+", count\(\*\) filter .* as "odd \d+" from [^"]*$/,
  );
  expect(sample).toMatch(/ limit \d+\)/);
  expect(others).toEqual([]);
  expect(sources!.facts[1]).toMatchObject({
    rows: 2,
    first: "2026-11-02T00:00:01Z",
    last: "2026-11-02T00:00:02Z",
  });
});

test("numbers are in cents if all are that count", async () => {
  const areCents = async (...given: Parameters<typeof prepare>) =>
    (await prepare(...given)).sources!.numbers.get("app")!.get("cell 0")!.areCents;
  const later: EventCells = ["1", "purchase", START + 3000, 0.125];
  expect(await areCents(GOOD)).toBe(true);
  expect(await areCents([...GOOD, later])).toBe(false);
  expect(await areCents([...GOOD, later], START + 2000)).toBe(true);
  expect(await areCents([...GOOD, ["1", "view", START, Number.NaN]])).toBe(false);
  expect(await areCents([...GOOD, ["1", "purchase", START, 1e15]])).toBe(false);
});

test("a file without rows is clean", async () => {
  const { diagnostics, sources } = await prepare([]);
  expect(diagnostics).toEqual([]);
  expect(sources!.facts[1]).toMatchObject({ rows: 0, first: null, last: null });
});

test.each([null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "a value of %s is missed where the event needs it, and only there",
  async (amount) => {
    const { diagnostics } = await prepare([...GOOD, ["1", "purchase", START, amount]]);
    expect(diagnostics.map(({ code, args }) => [code, args.count, args.rows])).toEqual([
      ["data/missing-value", 1, 3],
    ]);
    expect((await prepare([...GOOD, ["1", "view", START, amount]])).diagnostics).toEqual([]);
  },
);

test.each([1.1e60, -1.1e60])("a value of %s is too large to be summed", async (amount) => {
  const { diagnostics } = await prepare([...GOOD, ["1", "purchase", START, amount]]);
  expect(diagnostics.map(({ code, args }) => [code, args.row])).toEqual([["data/bad-value", 3]]);
});

test("a row without a timestamp is found, whatever its event", async () => {
  const { diagnostics } = await prepare([...GOOD, ["1", "view", null, 1]]);
  expect(diagnostics.map(({ code, args }) => [code, args.row])).toEqual([["data/bad-timestamp", 3]]);
});

test("columns may have the names that we give to ours", async () => {
  const { project, experiment, engine, sources } = await prepare(GOOD);
  const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf: null });
  const { metrics } = await momentsOfMetrics({
    ...{ project, experiment, engine },
    sources: sources!,
    enrolled: enrolled!,
    cutoff: null,
  });
  expect(metrics![0]!.arms.map(({ units, means }) => [units, means])).toEqual([
    [1, [30]],
    [1, [-12.5]],
  ]);
});
