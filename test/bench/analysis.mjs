// What an analysis of 10 metrics costs beside the barest pass per unit over the same events.
//
//   node scripts/build.mjs && node test/bench/analysis.mjs [--exposures 1000000] [--events 5000000]
//     [--repeat 3] [--memory 1GB] [--experiments 1] [--format parquet|csv|ndjson] [--dist dist]
//
// The data are made here, in DuckDB, from hashes: the same every time. The floor is
// `select unit, sum(value) … group by unit` over all events. Both run in fresh processes, in turns, under the
// same memory limit; CPU is user + system from opening the engine on, RSS the process's peak.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";

const { values: options } = parseArgs({
  options: {
    exposures: { type: "string", default: "1000000" },
    events: { type: "string", default: "5000000" },
    repeat: { type: "string", default: "3" },
    memory: { type: "string", default: "1GB" },
    experiments: { type: "string", default: "1" },
    format: { type: "string", default: "parquet" },
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    profile: { type: "boolean", default: false },
    child: { type: "string" },
    folder: { type: "string" },
  },
});

const START = "2026-01-05";
const EVENTS = ["page-view", "page-load", "search", "add-to-cart", "purchase"];
const METRICS = {
  "purchase-conversion": "kind: conversion\nevent: purchase\nwindow: 7d\nbaseline:\n  rate: 20%",
  revenue: "kind: sum\nevent: purchase\nvalue: value\nwhere:\n  refunded: false\nwindow: 7d",
  orders: "kind: count\nevent: purchase\nwindow: 7d",
  "revenue-per-order": "kind: ratio\nnumerator: revenue\ndenominator: orders",
  "page-views": "kind: count\nevent: page-view\nwindow: 7d",
  "cart-conversion": "kind: conversion\nevent: add-to-cart\nwindow: 7d",
  "cart-value": "kind: sum\nevent: add-to-cart\nvalue: value\nwindow: 7d",
  searches: "kind: count\nevent: search\nwindow: 7d",
  "search-conversion": "kind: conversion\nevent: search\nwindow: 3d",
  "load-time": "kind: mean\nevent: page-load\nvalue: value\nwindow: 7d",
};

if (options.child) await measure(options.child, options.folder);
else await compare();

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-bench-"));
  try {
    writeProject(folder);
    await generate(folder);
    const samples = { floor: [], analysis: [] };
    for (let turn = 0; turn < Number(options.repeat); turn++) {
      for (const name of Object.keys(samples)) samples[name].push(spawnMeasure(name, folder));
    }
    report(samples);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(samples) {
  const size = `${Number(options.exposures).toLocaleString("en")} exposures, ${Number(options.events).toLocaleString("en")} events`;
  console.log(
    `${size}, ${options.format}, memory limit ${options.memory}, ${options.experiments} experiment(s)`,
  );
  const medians = {};
  for (const [name, runs] of Object.entries(samples)) {
    const median = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
    medians[name] = { cpu: median("cpu"), wall: median("wall"), rss: median("rss") };
    const { cpu, wall, rss } = medians[name];
    console.log(
      `${name.padEnd(9)} CPU ${cpu.toFixed(2)} s  wall ${wall.toFixed(2)} s  RSS ${Math.round(rss)} MiB`,
    );
  }
  const ratio = medians.analysis.cpu / medians.floor.cpu;
  console.log(`analysis / floor: ${ratio.toFixed(2)}× CPU, promised ≤ 2×`);
}

function spawnMeasure(name, folder) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      fileURLToPath(import.meta.url),
      ...["--child", name, "--folder", folder, "--memory", options.memory, "--dist", options.dist],
      ...["--format", options.format, ...(options.profile ? ["--profile"] : [])],
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  if (status !== 0) throw new Error(`measuring ${name} failed`);
  return JSON.parse(stdout);
}

async function measure(name, folder) {
  const work = name === "floor" ? await floor(folder) : await analysis(folder);
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1000, rss, result }),
  );
}

async function floor(folder) {
  const scan = {
    parquet: `read_parquet('${folder}/data/events/*.parquet')`,
    csv: `read_csv('${folder}/data/events/*.csv', all_varchar = true)`,
    ndjson: `read_json('${folder}/data/events/*.ndjson', format = 'newline_delimited', columns = {user_id: 'VARCHAR', value: 'DOUBLE'})`,
  }[options.format];
  return async () => {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: options.memory,
      temp_directory: join(folder, "spill"),
    });
    const connection = await instance.connect();
    const sums = `select user_id, sum(value::double) as total from ${scan} group by user_id`;
    const reader = await connection.runAndReadAll(`select count(*), sum(total) from (${sums})`);
    return String(reader.getRows()[0]);
  };
}

async function analysis(folder) {
  const load = (path) => import(pathToFileURL(join(resolve(options.dist), path)).href);
  const [{ compile }, { analyze }, { openDuckdb }] = await Promise.all(
    ["compile.js", "analyze.js", "warehouse/duckdb.js"].map(load),
  );
  const { project, plan } = compile(projectFiles(folder));
  const listed = (kind) =>
    readdirSync(join(folder, "data", kind)).map((file) => join(folder, "data", kind, file));
  const files = new Map([
    ["exposures", listed("exposures")],
    ["app", listed("events")],
  ]);
  return async () => {
    const connection = await openDuckdb({
      timezone: project.timezone,
      memoryLimit: options.memory,
      temporaryDirectory: join(folder, "spill"),
      allowedDirectories: [join(folder, "data/exposures"), join(folder, "data/events")],
    });
    const engine = options.profile ? await profiled(connection, load) : connection;
    const { analyses, diagnostics } = await analyze({
      ...{ project, plan, files, engine, experiments: project.experiments, asOf: null },
      meta: { commit: null, toolVersion: "bench" },
    });
    if (analyses.length !== project.experiments.length) throw new Error(JSON.stringify(diagnostics));
    const [{ metrics, health }] = analyses;
    return {
      units: health.srm.observed,
      metrics: metrics.map(({ metric, variants }) => [metric, variants[0].mean]),
    };
  };
}

/** Says on stderr what each statement cost. */
async function profiled(connection, load) {
  const { printDuckdb } = await load("sql/duckdb.js");
  return {
    async run(statement) {
      const [cpu, wall] = [process.cpuUsage(), performance.now()];
      const rows = await connection.run(statement);
      const { user, system } = process.cpuUsage(cpu);
      const seconds = `${((user + system) / 1e6).toFixed(2)} CPU s, ${((performance.now() - wall) / 1000).toFixed(2)} s`;
      console.error(`${seconds}: ${printDuckdb(statement).text.slice(0, 150)}`);
      return rows;
    },
  };
}

function projectFiles(folder) {
  const read = (path) => ({ path, text: readFileSync(join(folder, path), "utf8") });
  const inFolder = (path) =>
    readdirSync(join(folder, path))
      .map((name) => `${path}/${name}`)
      .filter((each) => !statSync(join(folder, each)).isDirectory());
  return ["experiments", "experiments/metrics"].flatMap(inFolder).map(read);
}

function writeProject(folder) {
  for (const path of ["experiments/metrics", "data/exposures", "data/events"]) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  const events = EVENTS.map(
    (event) =>
      `  ${event}:\n    source: app\n    units: [user]\n    properties:\n      value: number\n      refunded: boolean\n`,
  );
  writeFileSync(
    join(folder, "experiments/project.yaml"),
    `name: bench
timezone: UTC
units:
  user:
    id: userId
    newPerDay: 100000
events:
${events.join("")}warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures/*.${options.format}
      units:
        user: user_id
      columns:
        experiment: experiment
        variant: variant
        timestamp: ts
      exclude:
        bot: true
    app:
      from: data/events/*.${options.format}
      units:
        user: user_id
      columns:
        event: event
        timestamp: ts
`,
  );
  for (const [key, body] of Object.entries(METRICS)) {
    writeFileSync(join(folder, `experiments/metrics/${key}.yaml`), `name: ${key}\n${body}\nbetter: higher\n`);
  }
  for (let index = 0; index < Number(options.experiments); index++) {
    writeFileSync(
      join(folder, `experiments/bench-${index}.yaml`),
      `name: Bench
status: running
owner: bench
hypothesis: None.
start: ${START}
end: 2026-02-08
removeBy: 2026-12-01
unit: user
variants:
  control:
    weight: 50%
  treatment:
    weight: 50%
metrics:
  primary: purchase-conversion
  secondary: [${Object.keys(METRICS).slice(1).join(", ")}]
mde: 0.1%
`,
    );
  }
}

/** Units by hash, a fifth of the exposures repeats; 42 days; every tenth unit of the events was never exposed. */
async function generate(folder) {
  const instance = await DuckDBInstance.create(":memory:", { temp_directory: join(folder, "spill") });
  const connection = await instance.connect();
  const [rows, events] = [Number(options.exposures), Number(options.events)];
  const people = Math.round(rows * 0.8);
  const format = {
    parquet: "format parquet, compression zstd",
    csv: "format csv, header",
    ndjson: "format json",
  }[options.format];
  const share = (salt, of = "i") => `((hash(${of}, '${salt}') % 1000000007) / 1000000007.0)`;
  const user = (index) => `'u-' || printf('%016x', hash(${index}, 'user'))`;
  const seconds = (from, salt) =>
    `make_timestamptz((epoch_us(timestamptz '${START} 00:00:00+00') + (${from} * ${share(salt)} * 1e6)::bigint))`;
  for (let index = 0; index < Number(options.experiments); index++) {
    await connection.run(`
      copy (
        select 'bench-${index}' as experiment, ${user("n")} as user_id,
          case when hash(n, 'variant-${index}') % 2 = 0 then 'control' else 'treatment' end as variant,
          ${seconds(35 * 86400 - 1, "exposed")} as ts, hash(n, 'bot') % 1000 = 0 as bot
        from (select i, hash(i, 'who') % ${people} as n from range(${rows}) as t(i))
        order by ts
      ) to '${folder}/data/exposures/${index}.${options.format}' (${format})`);
  }
  await connection.run(`
    copy (
      select ${user("n")} as user_id, event, ts, refunded,
        case event when 'purchase' then exp(3 + 1.2 * (u - 0.5) * 3) when 'page-load' then 200 + 2000 * u * u else 10 * u end as value
      from (
        select hash(i, 'buyer') % ${Math.round(people / 0.9)} as n, ${seconds(42 * 86400, "at")} as ts, ${share("value")} as u,
          case when k < 0.55 then 'page-view' when k < 0.75 then 'page-load' when k < 0.87 then 'search' when k < 0.95 then 'add-to-cart' else 'purchase' end as event,
          hash(i, 'refund') % 30 = 0 as refunded
        from (select i, ${share("kind")} as k from range(${events}) as t(i))
      )
      order by ts
    ) to '${folder}/data/events/0.${options.format}' (${format})`);
  connection.closeSync();
  instance.closeSync();
}
