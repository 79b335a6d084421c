// One contestant in a process of its own; prints what it cost and what it found as JSON.
//   node measure.mjs floor <events file> <by event|by unit> <memory limit or ->
//   node measure.mjs fairtrial <project folder> <dist> <memory limit or -> [--profile]
// CPU is user and system seconds from opening the engine to the result, memory the process's peak.
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

const [contestant, path, ...rest] = process.argv.slice(2);
const work = contestant === "floor" ? floor(path, ...rest) : await fairtrial(path, ...rest);
const [cpu, wall] = [process.cpuUsage(), performance.now()];
const result = await work();
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({
    cpu: (user + system) / 1e6,
    wall: (performance.now() - wall) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
    result,
  }),
);

function floor(file, by, memory) {
  const scan = file.endsWith(".csv")
    ? `read_csv('${file}', all_varchar = true, header = true)`
    : `read_parquet('${file}')`;
  const key = by === "by unit" ? "user_id" : "event";
  return async () => {
    const instance = await DuckDBInstance.create(":memory:", {
      ...(memory !== "-" && { memory_limit: memory }),
      temp_directory: join(tmpdir(), `fairtrial-bench-${process.pid}`),
    });
    const connection = await instance.connect();
    const sums = `select ${key}, sum(value::double) as total from ${scan} group by ${key}`;
    const reader = await connection.runAndReadAll(`select count(*), sum(total) from (${sums})`);
    return reader.getRows()[0].map(Number);
  };
}

async function fairtrial(folder, dist, memory, profile) {
  const load = (module) => import(pathToFileURL(join(resolve(dist), module)).href);
  const [{ compile }, { analyze }, { openDuckdb }] = await Promise.all(
    ["compile.js", "analyze.js", "warehouse/duckdb.js"].map(load),
  );
  const { project, plan, diagnostics: problems } = compile(projectFiles(folder));
  if (project?.experiments.length !== 1) throw new Error(JSON.stringify(problems));
  const { exposures, app } = JSON.parse(readFileSync(join(folder, "files.json"), "utf8"));
  const files = new Map([
    ["exposures", [exposures]],
    ["app", [app]],
  ]);
  return async () => {
    const connection = await openDuckdb({
      timezone: project.timezone,
      ...(memory !== "-" && { memoryLimit: memory }),
      temporaryDirectory: join(tmpdir(), `fairtrial-bench-${process.pid}`),
      allowedDirectories: [join(exposures, "..")],
    });
    const engine = profile ? await profiled(connection, load) : connection;
    const { analyses, diagnostics } = await analyze({
      ...{ project, plan, files, engine, experiments: project.experiments, asOf: null },
      meta: { commit: null, toolVersion: "bench" },
    });
    await connection.close();
    if (analyses.length !== 1) throw new Error(JSON.stringify(diagnostics));
    return Object.fromEntries(
      analyses[0].metrics.map(({ metric, variants }) => [
        metric,
        variants.map(({ units, mean, standardDeviation }) => [units, mean, standardDeviation]),
      ]),
    );
  };
}

function projectFiles(folder) {
  return ["experiments", "experiments/metrics"].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => ({ path: `${part}/${name}`, text: readFileSync(join(folder, part, name), "utf8") })),
  );
}

/** Says on stderr what each statement cost. */
async function profiled(connection, load) {
  const { printDuckdb } = await load("sql/duckdb.js");
  return {
    async run(statement) {
      const [before, start] = [process.cpuUsage(), performance.now()];
      const rows = await connection.run(statement);
      const { user, system } = process.cpuUsage(before);
      const seconds = `${((user + system) / 1e6).toFixed(2)} CPU s, ${((performance.now() - start) / 1000).toFixed(2)} s`;
      process.stderr.write(`${seconds}: ${printDuckdb(statement).text.slice(0, 200)}\n`);
      return rows;
    },
  };
}
