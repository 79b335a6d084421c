// What an analysis costs, beside the barest passes over the same events and beside pandas; writes its table into
// docs/benchmarks.md.
//
//   node scripts/build.mjs && node test/bench/analysis.mjs [--sizes 1m,10m] [--repeat 3] [--dist dist]
//   node test/bench/analysis.mjs --profile --sizes 1m      what each statement of ten metrics costs; writes nothing
//
// pandas is Debian's (apt-get install python3-pandas); without it, its rows are missing, and it is said.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeProject, writeRows } from "./analysis/shop.mjs";
import { writeBenchmark } from "./benchmark-page.mjs";

const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "1m,10m" },
    repeat: { type: "string", default: "3" },
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    profile: { type: "boolean", default: false },
  },
});

const SIZES = {
  "1m": { exposures: 1_000_000, events: 5_000_000 },
  "10m": { exposures: 10_000_000, events: 50_000_000 },
};
const MEASURE = join(import.meta.dirname, "analysis/measure.mjs");
const PIPELINE = join(import.meta.dirname, "analysis/pipeline.py");
const FORMATS = ["parquet", "csv"];
const LIMIT = "1GB";
const PYTHON = ["/usr/bin/python3", "python3"].find(
  (python) => spawnSync(python, ["-c", "import pandas"], { stdio: "ignore" }).status === 0,
);

/**
 * Each is a command that prints `{ cpu, wall, megabytes, result }`. `result` is compared among those that compute
 * the same. Another engine adds its rows here; whoever has processes of its own adds up what they cost.
 */
function contestantsOf(folder) {
  const rows = (table, format) => join(folder, `${table}.${format}`);
  const contestant = (name, format, limit, args) => ({
    ...{ name, format, limit, repeat: Number(options.repeat) },
    command: [process.execPath, MEASURE, ...args],
  });
  const floor = (by, format, limit) =>
    contestant(`bare sum of values ${by}`, format, limit, [
      "floor",
      rows("events", format),
      by,
      limit ?? "-",
    ]);
  const fairtrial = (metrics, format, limit) => {
    const project = join(folder, `${metrics}-${format}`);
    const files = { exposures: rows("exposures", format), app: rows("events", format) };
    writeProject(project, { metrics, from: files });
    writeFileSync(join(project, "files.json"), JSON.stringify(files));
    const name = `**Fairtrial**, ${metrics} ${metrics === 1 ? "metric" : "metrics"}`;
    return contestant(name, format, limit, ["fairtrial", project, options.dist, limit ?? "-"]);
  };
  const pandas = {
    ...{ name: "pandas, 10 metrics", format: "csv", limit: null, repeat: 1 },
    command: [PYTHON, PIPELINE, rows("exposures", "csv"), rows("events", "csv")],
  };
  return [
    ...FORMATS.flatMap((format) => [
      floor("by event", format, null),
      floor("by unit", format, null),
      ...[1, 10, 30].map((metrics) => fairtrial(metrics, format, null)),
    ]),
    floor("by unit", "parquet", LIMIT),
    ...[10, 30].map((metrics) => fairtrial(metrics, "parquet", LIMIT)),
    fairtrial(10, "csv", LIMIT),
    ...(PYTHON ? [pandas] : []),
  ];
}

if (!PYTHON) console.warn("No pandas (apt-get install python3-pandas): its rows are MISSING from the table");
const sections = [];
for (const size of options.sizes.split(",")) sections.push(await measureSize(size));
if (!options.profile) writeBenchmark("test/bench/analysis.mjs", page(sections));

async function measureSize(size) {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-bench-"));
  try {
    console.warn(`${size}: writing rows`);
    await writeRows(folder, SIZES[size], FORMATS);
    const bytes = Object.fromEntries(
      FORMATS.map((format) => [format, statSync(join(folder, `events.${format}`)).size]),
    );
    const contestants = contestantsOf(folder);
    if (options.profile) {
      const ten = contestants.find(({ command }) => command[3]?.endsWith("10-parquet"));
      return run([...ten.command, "--profile"]);
    }
    return { size, bytes, rows: takeTurns(contestants) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In rounds, so that a busy minute falls on all. */
function takeTurns(contestants) {
  const samples = contestants.map(() => []);
  for (let round = 0; round < Number(options.repeat); round++) {
    contestants.forEach(({ name, format, limit, repeat, command }, index) => {
      if (round >= repeat) return;
      const sample = run(command);
      const cost = `CPU ${sample.cpu.toFixed(2)} s, wall ${sample.wall.toFixed(2)} s, ${Math.round(sample.megabytes)} MB`;
      console.warn(`${name}, ${format}${limit ? `, ${limit}` : ""}: ${cost}`);
      samples[index].push(sample);
    });
  }
  const measured = contestants.map(({ name, format, limit }, index) => {
    const median = (key) => {
      const sorted = samples[index].map((sample) => sample[key]).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)];
    };
    const { result } = samples[index][0];
    return {
      name,
      format,
      limit,
      cpu: median("cpu"),
      wall: median("wall"),
      megabytes: median("megabytes"),
      result,
    };
  });
  compareResults(measured);
  return measured;
}

function run([program, ...args]) {
  const { status, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`measuring failed: ${[program, ...args].join(" ")}`);
  return JSON.parse(stdout);
}

/** Whoever computes a metric finds the same, to 1e-9: a fast wrong answer is no contestant. */
function compareResults(measured) {
  const found = measured.filter(({ name }) => name.includes("metric"));
  const reference = found.find(({ name }) => name.includes("30")).result;
  for (const { name, format, result } of found) {
    for (const [metric, arms] of Object.entries(result)) {
      const expected = reference[metric].flat();
      const isSame = arms
        .flat()
        .every((value, at) => Math.abs(value - expected[at]) <= 1e-9 * Math.abs(expected[at]));
      if (!isSame || arms.flat().length !== expected.length) {
        throw new Error(
          `${name} (${format}) finds ${metric} ${JSON.stringify(arms)}, not ${JSON.stringify(reference[metric])}`,
        );
      }
    }
  }
}

function page(measured) {
  return `## Analysing

From raw rows to moments, estimates and verdict: first exposures without bots, events in windows of 1 to 14 days, daily series. One experiment of two variants over 35 days; five kinds
of events over 42. The barest passes are \`select event, sum(value) … group by event\` and \`select user_id, sum(value) … group by user_id\` over the same events, in the same engine:
no analysis per unit is cheaper than the second. pandas computes the ten metrics' counts, means and deviations, no more, and they are the same to 1e-9. Each is a process of its own; CPU is
user and system seconds from opening the engine (pandas: from reading) to the result, memory the process's peak; medians of ${options.repeat} alternating rounds${PYTHON ? " (pandas: one)" : ""}
on ${availableParallelism()} cores, Node ${process.version}. ${PYTHON ? "" : "pandas was not there. "}

${measured.map(section).join("\n\n")}`;
}

function section({ size, bytes, rows }) {
  const { exposures, events } = SIZES[size];
  const megabytes = (format) => `${Math.round(bytes[format] / 1e6).toLocaleString("en")} MB`;
  const floor = (format, limit) =>
    rows.find((row) => row.name.includes("by unit") && row.format === format && row.limit === limit) ??
    rows.find((row) => row.name.includes("by unit") && row.format === format);
  const lines = rows.map((row) => {
    const { name, format, limit, cpu, wall, megabytes: peak } = row;
    const ratio = (cpu / floor(format, limit).cpu).toFixed(2);
    const memory = Math.round(peak).toLocaleString("en");
    return `| ${name} | ${format === "csv" ? "CSV" : "Parquet"} | ${limit ?? ""} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${memory} | ${ratio} |`;
  });
  return `### ${exposures.toLocaleString("en")} exposures, ${events.toLocaleString("en")} events

The events are ${megabytes("parquet")} of Parquet, ${megabytes("csv")} of CSV. The ratio is CPU over the bare sum by unit of the same form.

| what | from | memory limit | CPU s | wall s | MB | ratio |
|---|---|---|--:|--:|--:|--:|
${lines.join("\n")}

${promises(rows)}`;
}

function promises(rows) {
  const ten = (format, limit) =>
    rows.find((row) => row.name.includes("Fairtrial**, 10") && row.format === format && row.limit === limit);
  const byUnit = rows.find(
    (row) => row.name.includes("by unit") && row.format === "parquet" && row.limit === LIMIT,
  );
  const pandas = rows.find(({ name }) => name.includes("pandas"));
  const limited = ten("parquet", LIMIT);
  const lines = [
    ["ten metrics / bare sum by unit, CPU, Parquet, 1 GB", (limited.cpu / byUnit.cpu).toFixed(2), "≤ 2"],
    ...(pandas
      ? [
          [
            "pandas / ten metrics, wall, the same CSV",
            (pandas.wall / ten("csv", null).wall).toFixed(1),
            "≥ 8",
          ],
          ["pandas / ten metrics, wall, Parquet, 1 GB", (pandas.wall / limited.wall).toFixed(1), ""],
        ]
      : []),
  ];
  return `| promise | measured | bar |\n|---|--:|--:|\n${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}`;
}
