// Fairtrial's validate + plan + build against Featurevisor's lint + build + generate-code, on the same experiments:
//   node test/bench/compile.mjs [--counts 100,1000,5000] [--rounds 3]
// Writes its table into docs/benchmarks.md. Read ratios: the rounds alternate, so that both meet the same machine.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeFairtrialProject, writeFeaturevisorProject } from "./equal-projects.mjs";

const root = join(import.meta.dirname, "..", "..");
const page = join(root, "docs", "benchmarks.md");
const { values } = parseArgs({
  options: {
    counts: { type: "string", default: "100,1000,5000" },
    rounds: { type: "string", default: "3" },
  },
});
const counts = values.counts.split(",").map(Number);
const rounds = Number(values.rounds);

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
try {
  const cold = startUp();
  const rows = counts.flatMap(compare);
  writePage(rows, cold);
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
      for (const path of emitted) rmSync(join(folders[place], path), { recursive: true, force: true });
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
  const options = { cwd, env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 1 << 28 };
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

/** Replaces this script's part of the page and leaves the rest. */
function writePage(rows, cold) {
  const begin = "<!-- begin: test/bench/compile.mjs -->";
  const end = "<!-- end: test/bench/compile.mjs -->";
  const table = rows.map(
    ({ name, count, commands, cpu, wall, megabytes, ratio }) =>
      `| ${count.toLocaleString("en")} | ${name} | ${commands} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${Math.round(megabytes)} | ${ratio.toFixed(2)} |`,
  );
  const part = `${begin}
## Compiling

Experiments of equal content, one a file: two variants, two parameters, an audience that is a file, all running. Fairtrial's files hold owner, hypothesis, dates, metric and MDE
besides, which a running experiment must have. Each command is a process of its own; CPU is user and system seconds, memory the peak of the largest process; medians of ${rounds} rounds
on ${availableParallelism()} cores, Node ${process.version}. The ratio is CPU over Featurevisor's in the same run; the bar is 0.80 and 200 MB at 5,000.

| experiments | tool | CPU s by command | CPU s | wall s | MB | ratio |
|--:|---|---|--:|--:|--:|--:|
${table.join("\n")}

Cold: \`--help\` ${cold.help}, bar 150, \`validate\` on a project of 6 experiments ${cold.validate}, bar 400; wall, median of ten.

\`node test/bench/compile.mjs\` takes these figures anew.
${end}`;
  const text = existsSync(page)
    ? readFileSync(page, "utf8")
    : "# Benchmarks\n\nFigures are ratios within one run on one machine; last digits mean nothing.\n";
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  const replaced =
    from < 0 ? `${text.trimEnd()}\n\n${part}\n` : text.slice(0, from) + part + text.slice(to + end.length);
  writeFileSync(page, replaced);
  process.stdout.write(`${part}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
