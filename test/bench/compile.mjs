// Fairtrial's validate + plan + build against Featurevisor's lint + build + generate-code, on the same experiments:
//   node test/bench/compile.mjs [--counts 100,1000,5000] [--rounds 3]
// Writes its table into docs/benchmarks.md. Read ratios: the rounds alternate, so that both meet the same machine.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { writeBenchmark } from "./benchmark-page.mjs";
import { writeFairtrialProject, writeFeaturevisorProject, writeRichProject } from "./equal-projects.mjs";

const root = join(import.meta.dirname, "..", "..");
const { values } = parseArgs({
  options: {
    counts: { type: "string", default: "100,1000,5000" },
    rounds: { type: "string", default: "3" },
  },
});
const counts = values.counts.split(",").map(Number);
const rounds = Number(values.rounds);
const [load] = loadavg();

const fairtrial = join(root, "dist", "cli", "main.js");
if (!existsSync(fairtrial)) fail("there is no dist/: run `npm run build` first");
const peer = join(import.meta.dirname, "featurevisor");
const featurevisor = join(peer, "node_modules", "@featurevisor", "cli", "bin.js");
if (!existsSync(featurevisor)) run("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], peer);

const tools = [
  {
    name: "Fairtrial",
    program: fairtrial,
    write: writeFairtrialProject,
    commands: [["validate"], ["plan"], ["build"]],
    emitted: ["generated"],
  },
  {
    name: "Featurevisor 1.11",
    program: featurevisor,
    write: writeFeaturevisorProject,
    commands: [["lint"], ["build"], ["generate-code", "--language", "typescript", "--out-dir", "generated"]],
    emitted: ["generated", "dist", ".featurevisor"],
  },
];

const work = mkdtempSync(join(tmpdir(), "fairtrial-bench-"));
const cache = join(work, "cache");
const away = join(work, "away");
mkdirSync(away);
try {
  const cold = startUp();
  const rows = counts.flatMap(compare);
  const most = join(work, `Fairtrial-${counts.at(-1)}`);
  const again = { warm: warm(most), uncached: uncached(most), rich: rich(), watch: await watch(most) };
  writePage(rows, cold, again);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** CPU and wall seconds and peak megabytes of each command, the median of the rounds. */
function compare(count) {
  const folders = tools.map(({ name, write }) => {
    const folder = join(work, `${name}-${count}`);
    write(folder, count);
    return folder;
  });
  const runs = tools.map(({ commands }) => commands.map(() => []));
  for (let round = 0; round < rounds; round += 1)
    for (const [place, { program, commands, emitted }] of tools.entries()) {
      for (const path of [cache, ...emitted.map((name) => join(folders[place], name))]) putAway(path);
      for (const [index, command] of commands.entries())
        runs[place][index].push(measure(program, command, folders[place]));
    }
  const results = tools.map(({ name, commands }, place) => {
    const each = runs[place].map(median);
    return {
      name,
      count,
      commands: commands.map(([command], index) => `${command} ${each[index].cpu.toFixed(2)}`).join(" · "),
      cpu: sum(each.map(({ cpu }) => cpu)),
      wall: sum(each.map(({ wall }) => wall)),
      megabytes: Math.max(...each.map(({ megabytes }) => megabytes)),
    };
  });
  return results.map((result) => ({ ...result, ratio: result.cpu / results[1].cpu }));
}

/** A cold `--help`, and `validate` on a small project: milliseconds, the median of ten. */
function startUp() {
  const times = (args, cwd) => {
    const { cpu, wall } = median(Array.from({ length: 10 }, () => measure(fairtrial, args, cwd)));
    return `${Math.round(wall * 1000)} ms (CPU ${Math.round(cpu * 1000)})`;
  };
  writeFairtrialProject(join(work, "small"), 6);
  return { help: times(["--help"], work), validate: times(["validate"], join(work, "small")) };
}

/** `validate` on files that an earlier run has read: CPU seconds, the median of the rounds. */
function warm(folder) {
  measure(fairtrial, ["validate"], folder);
  return median(Array.from({ length: rounds }, () => measure(fairtrial, ["validate"], folder))).cpu;
}

/** The three commands when each reads everything itself: CPU seconds. */
function uncached(folder) {
  const runs = tools[0].commands.map((command) =>
    Array.from({ length: rounds }, () => {
      putAway(cache);
      putAway(join(folder, "generated"));
      return measure(fairtrial, command, folder);
    }),
  );
  return sum(runs.map((each) => median(each).cpu));
}

/** What a rich file more costs `validate`, without a cache: milliseconds of CPU. */
function rich() {
  const [few, many] = [1, 1_001].map((count) => {
    const folder = join(work, `rich-${count}`);
    writeRichProject(folder, count);
    const runs = Array.from({ length: rounds }, () => {
      putAway(cache);
      return measure(fairtrial, ["validate"], folder);
    });
    return median(runs).cpu;
  });
  return many - few;
}

/** From one edit of one experiment to the next in `build --watch`: milliseconds of work, the median of fifteen. */
async function watch(folder) {
  const options = { cwd: folder, env: environment(), stdio: ["ignore", "pipe", "inherit"] };
  const watching = spawn(process.execPath, [fairtrial, "build", "--watch", "--format", "json"], options);
  const lines = createInterface({ input: watching.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  await next();
  const file = join(folder, "experiments", "experiment-7.yaml");
  const text = readFileSync(file, "utf8");
  const times = [];
  for (let edit = 0; edit < 15; edit += 1) {
    writeFileSync(file, text.replace("steps: 1", `steps: ${edit + 4}`));
    const { errors, files, milliseconds } = await next();
    if (errors > 0 || !files.includes("experiments/experiment-7.ts")) fail("--watch did not build the edit");
    times.push(milliseconds);
  }
  watching.kill("SIGINT");
  await once(watching, "exit");
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/**
 * Takes a folder out of the way. It is not deleted before the end: ext4 without a journal avoids the inodes of deleted
 * files for minutes, and to find others cost either tool more than a second of system time in 5,000 new files.
 */
function putAway(path) {
  if (existsSync(path)) renameSync(path, mkdtempSync(join(away, "old-")));
}

function environment() {
  return { ...process.env, FAIRTRIAL_CACHE: cache };
}

function measure(program, args, cwd) {
  const usage = join(work, "usage.json");
  rmSync(usage, { force: true });
  const preload = join(import.meta.dirname, "resource-usage.mjs");
  const before = performance.now();
  run(process.execPath, ["--import", preload, program, ...args], cwd, { RESOURCE_USAGE: usage });
  const wall = (performance.now() - before) / 1000;
  return { ...JSON.parse(readFileSync(usage, "utf8")), wall };
}

function run(program, args, cwd, env = {}) {
  const options = { cwd, env: { ...environment(), ...env }, encoding: "utf8", maxBuffer: 1 << 28 };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  if (status !== 0)
    fail(`${program} ${args.join(" ")} ended with ${status}\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
}

function median(runs) {
  const middle = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[runs.length >> 1];
  return { cpu: middle("cpu"), wall: middle("wall"), megabytes: middle("megabytes") };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The figures as this script's part of the page. */
function writePage(rows, cold, again) {
  const table = rows.map(
    ({ name, count, commands, cpu, wall, megabytes, ratio }) =>
      `| ${count.toLocaleString("en")} | ${name} | ${commands} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${Math.round(megabytes)} | ${ratio.toFixed(2)} |`,
  );
  writeBenchmark(
    "test/bench/compile.mjs",
    `## Compiling

Experiments of equal content, one a file: two variants, two parameters, an audience that is a file, all running. Fairtrial's files hold owner, hypothesis, dates, metric and MDE
besides, which a running experiment must have. Each command is a process of its own; CPU is user and system seconds, memory the peak of the largest process; medians of ${rounds} rounds
on ${availableParallelism()} cores, Node ${process.version}, machine load ${load.toFixed(1)} to ${loadavg()[0].toFixed(1)}. Each round begins without a cache: \`validate\` writes it, \`plan\` and \`build\` read it. The ratio is CPU over Featurevisor's in the
same run; the bar is 0.80 and 200 MB at 5,000.

| experiments | tool | CPU s by command | CPU s | wall s | MB | ratio |
|--:|---|---|--:|--:|--:|--:|
${table.join("\n")}

Cold: \`--help\` ${cold.help}, bar 150, \`validate\` on a project of 6 experiments ${cold.validate}, bar 400; wall, median of ten.

On ${counts.at(-1).toLocaleString("en")} experiments: \`validate\` with a full cache ${again.warm.toFixed(2)} CPU s, bar 1; the three commands without any cache ${again.uncached.toFixed(2)} CPU s; one edited file in
\`build --watch\` ${Math.round(again.watch)} ms, bar 150. A rich file (some sixty lines, every kind of key) more costs \`validate\` ${again.rich.toFixed(2)} ms of CPU cold, bar 1; mean of a thousand.`,
  );
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
