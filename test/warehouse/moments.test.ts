import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import type { Metric } from "../../src/model/metric.ts";
import type { EventLayout } from "../../src/model/warehouse.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";
import { type TableCell, writeTable } from "../../src/warehouse/write-table.ts";
import {
  DAY,
  onEvent,
  ratioMetric,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const EXPOSURES = `experiment,user,variant,time
checkout,1,control,2026-11-02 00:00
checkout,2,control,2026-11-02 00:00
checkout,3,variant,2026-11-02 00:00
`;

interface Options {
  readonly metrics: readonly Metric[];
  readonly events: string;
  readonly layout?: EventLayout;
  readonly timezone?: string;
  readonly cutoff?: number | null;
  readonly exposures?: string;
}

async function moments({
  metrics,
  events,
  layout = sampleLayout(),
  timezone = "UTC",
  cutoff,
  exposures,
}: Options) {
  const paths = new Map([
    ["exposures", [exposures ?? workspace.write("exposures.csv", EXPOSURES)]],
    ["app", [events]],
  ]);
  const experiment = sampleExperiment(["control", "variant"], metrics);
  const project = sampleProject(
    layout,
    [experiment],
    [sampleEvent("purchase"), sampleEvent("it's; --")],
    timezone,
  );
  const engine = await workspace.open(timezone);
  const { sources, diagnostics } = await prepareSources(project, paths, engine);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const last = sources!.timed ? sources!.lastInstant : null;
  const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf: last });
  const until = cutoff === undefined ? last : cutoff;
  const result = await momentsOfMetrics({
    project,
    experiment,
    sources: sources!,
    enrolled: enrolled!,
    engine,
    cutoff: until,
  });
  await engine.close();
  return result;
}

const csv = (rows: string, name = "events.csv") =>
  workspace.write(name, `user,event,amount,kind,time\n${rows}`);

test("rows without a finite number count as events, and not in sums and means", async () => {
  const { metrics } = await moments({
    events: csv(`1,purchase,4,,2026-11-02 01:00
1,purchase,,,2026-11-02 01:00
1,purchase,nan,,2026-11-02 01:00
1,purchase,-inf,,2026-11-02 01:00
2,purchase,,,2026-11-02 01:00
`),
    metrics: [
      sampleMetric("count", "count", onEvent("purchase")),
      sampleMetric("sum", "sum", onEvent("purchase", "amount")),
      sampleMetric("mean", "mean", onEvent("purchase", "amount")),
    ],
  });
  const arms = metrics!.map((metric) => metric.arms.map(({ units, means }) => [units, means[0]]));
  expect(arms).toEqual([
    [
      [2, 2.5],
      [1, 0],
    ],
    [
      [2, 2],
      [1, 0],
    ],
    [
      [1, 4],
      [0, 0],
    ],
  ]);
});

test("a window includes its two ends, to the microsecond", async () => {
  const { metrics } = await moments({
    events: csv(`1,purchase,1,,2026-11-01 23:59:59.999999
1,purchase,2,,2026-11-02 00:00:00
1,purchase,4,,2026-11-03 00:00:00
1,purchase,8,,2026-11-03 00:00:00.000001
`),
    metrics: [sampleMetric("sum", "sum", onEvent("purchase", "amount"), DAY)],
  });
  expect(metrics![0]!.arms[0]).toMatchObject({ units: 2, means: [3] });
});

test("units whose window is still open are not in the metric; a metric without a window ends at the cutoff", async () => {
  const exposures = workspace.write(
    "staggered.csv",
    "experiment,user,variant,time\ncheckout,1,control,2026-11-02\ncheckout,2,control,2026-11-03 00:00:01\ncheckout,3,variant,2026-11-04\n",
  );
  const { metrics } = await moments({
    exposures,
    events: csv(`1,purchase,1,,2026-11-02 12:00
2,purchase,10,,2026-11-03 12:00
3,purchase,100,,2026-11-04 00:00
3,purchase,1000,,2026-11-09
`),
    metrics: [
      sampleMetric("day", "sum", onEvent("purchase", "amount"), DAY),
      sampleMetric("all", "sum", onEvent("purchase", "amount")),
    ],
    cutoff: Date.UTC(2026, 10, 4),
  });
  expect(metrics!.map(({ exposed }) => exposed)).toEqual([
    [1, 0],
    [2, 1],
  ]);
  expect(metrics!.map(({ arms }) => arms.map(({ units, means }) => units * means[0]!))).toEqual([
    [1, 0],
    [11, 100],
  ]);
});

test("a ratio has cross moments, units that report nothing included", async () => {
  const { metrics } = await moments({
    events: csv("1,purchase,3,,2026-11-02 01:00\n1,purchase,5,,2026-11-02 01:00\n"),
    metrics: [
      ratioMetric(
        "average-order",
        sampleMetric("revenue", "sum", onEvent("purchase", "amount")),
        sampleMetric("orders", "count", onEvent("purchase")),
      ),
    ],
  });
  // Values (8, 2) and (0, 0): means (4, 1), distances ±(4, 1).
  expect(metrics![0]!.arms[0]).toEqual({ units: 2, means: [4, 1], second: [32, 8, 2], third: [0, 0, 0, 0] });
  expect(metrics![0]!.arms[1]).toEqual({ units: 1, means: [0, 0], second: [0, 0, 0], third: [0, 0, 0, 0] });
});

test("names of events and values of filters are only data", async () => {
  const hostile = `a' or 1=1; --"`;
  const { metrics } = await moments({
    events: csv(`1,it's; --,1,"${hostile.replaceAll('"', '""')}",2026-11-02 01:00
1,it's; --,1,other,2026-11-02 01:00
1,purchase,1,"${hostile.replaceAll('"', '""')}",2026-11-02 01:00
`),
    metrics: [
      sampleMetric(
        "m",
        "count",
        onEvent("it's; --", null, [{ column: "kind", values: [hostile, "nothing"] }]),
      ),
    ],
  });
  expect(metrics![0]!.arms.map(({ units, means }) => units * means[0]!)).toEqual([1, 0]);
});

test("filters compare by type: numbers and truth values are not texts", async () => {
  const events = workspace.write(
    "typed.ndjson",
    [
      { user: 1, event: "purchase", n: 1, ok: true },
      { user: "1", event: "purchase", n: "1.0", ok: "true" },
      { user: 1, event: "purchase", n: 10, ok: false },
      { user: 1, event: "purchase" },
    ]
      .map((row) => `${JSON.stringify({ time: "2026-11-02T01:00:00Z", ...row })}\n`)
      .join(""),
  );
  const count = (column: string, values: (number | boolean | string)[]) =>
    sampleMetric(
      `${column} ${JSON.stringify(values)}`,
      "count",
      onEvent("purchase", null, [{ column, values }]),
    );
  const { metrics } = await moments({
    events,
    metrics: [
      count("n", [1]),
      count("n", [1, 10]),
      count("ok", [true]),
      count("ok", [true, false]),
      count("n", ["1"]),
    ],
  });
  expect(metrics!.map(({ arms }) => arms[0]!.units * arms[0]!.means[0]!)).toEqual([2, 3, 2, 3, 1]);
});

test("without timestamps every event of an exposed unit counts", async () => {
  const layout: EventLayout = {
    ...sampleLayout(),
    events: [
      {
        key: "app",
        from: { kind: "files", patterns: ["x"] },
        units: { user: "user" },
        columns: { event: "event", timestamp: null },
        epoch: null,
      },
    ],
  };
  const { metrics } = await moments({
    layout,
    events: csv("1,purchase,4,,1999-01-01\n1,purchase,4,,2099-01-01\n9,purchase,4,,2026-11-02\n"),
    metrics: [sampleMetric("sum", "sum", onEvent("purchase", "amount"))],
  });
  expect(metrics![0]!.arms.map(({ units, means }) => [units, means[0]])).toEqual([
    [2, 4],
    [1, 0],
  ]);
});

test("compressed CSV and TSV give the same numbers as plain CSV", async () => {
  const path = csv("1,purchase,0.5,,2026-11-02 01:00\n3,purchase,2,,2026-11-02 01:00\n");
  const plain = readFileSync(path, "utf8");
  const zipped = workspace.write("events.csv.gz", gzipSync(plain));
  const tabbed = workspace.write("events.tsv", plain.replaceAll(",", "\t"));
  for (const events of [path, zipped, tabbed]) {
    const { metrics } = await moments({
      events,
      metrics: [sampleMetric("sum", "sum", onEvent("purchase", "amount"))],
    });
    expect(metrics![0]!.arms.map(({ means }) => means[0])).toEqual([0.25, 2]);
  }
});

test.each(["UTC", "America/New_York", "Asia/Kathmandu"])(
  "instants, wall-clock times and texts without a zone mean the same in %s",
  async (timezone) => {
    const midnight = { UTC: 0, "America/New_York": 5, "Asia/Kathmandu": -5.75 }[timezone]! * 3_600_000;
    const at = Date.UTC(2026, 10, 2) + midnight;
    const rows: (readonly TableCell[])[] = [
      ["1", "purchase", 1, at - 1],
      ["1", "purchase", 2, at],
      ["1", "purchase", 4, at + DAY],
      ["1", "purchase", 8, at + DAY + 1],
    ];
    const instants = join(workspace.folder, "instants.parquet");
    const columns = [
      { name: "user", type: "string" },
      { name: "event", type: "string" },
      { name: "amount", type: "double" },
      { name: "time", type: "timestamp" },
    ] as const;
    await writeTable(
      { path: instants, columns, batches: [rows] },
      { allowedDirectories: [workspace.folder] },
    );
    const text = (instant: number) =>
      new Date(instant - midnight).toISOString().replace("Z", "").replace("T", " ");
    const wall = workspace.write(
      "wall.csv",
      `user,event,amount,time\n${rows.map(([user, event, amount, time]) => [user, event, amount, text(Number(time))].join(",")).join("\n")}\n`,
    );
    const metrics = [sampleMetric("sum", "sum", onEvent("purchase", "amount"), DAY)];
    const local = await Promise.all(
      ["TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS"].map((type) => convert(wall, type)),
    );
    for (const events of [instants, wall, ...local]) {
      const found = await moments({ events, metrics, timezone });
      expect(found.metrics![0]!.arms[0]).toMatchObject({ units: 2, means: [3] });
    }
  },
);

/** A Parquet file of the same rows, its times of a type that our own writer does not write. */
async function convert(path: string, type: string): Promise<string> {
  const target = path.replace(".csv", `-${type}.parquet`);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `copy (select * replace (cast(time as ${type}) as time) from read_csv($1, all_varchar = true)) to '${target}'`,
    [path],
  );
  instance.closeSync();
  return target;
}

test("an engine without memory is a diagnostic, not a crash", async () => {
  const rows = Array.from({ length: 200_000 }, (_, row) => [`unit-${row}-${"x".repeat(400)}`, row] as const);
  const exposures = join(workspace.folder, "many.parquet");
  await writeTable(
    {
      path: exposures,
      columns: [
        { name: "user", type: "string" },
        { name: "time", type: "timestamp" },
        { name: "variant", type: "string" },
        { name: "experiment", type: "string" },
      ],
      batches: [rows.map(([user, at]) => [user, at, "control", "checkout"])],
    },
    { allowedDirectories: [workspace.folder] },
  );
  const experiment = sampleExperiment(
    ["control", "variant"],
    [sampleMetric("m", "count", onEvent("purchase"))],
  );
  const project = sampleProject(sampleLayout(), [experiment], [sampleEvent("purchase")]);
  const engine = await openDuckdb({
    timezone: "UTC",
    memoryLimit: "80MB",
    threads: 1,
    allowedDirectories: [workspace.folder],
  });
  const paths = new Map([
    ["exposures", [exposures]],
    ["app", [csv("")]],
  ]);
  const { sources } = await prepareSources(project, paths, engine);
  const { enrolled, diagnostics } = await enrol({
    project,
    experiment,
    sources: sources!,
    engine,
    asOf: null,
  });
  expect(enrolled).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/engine-failure"]);
  await engine.close();
});
