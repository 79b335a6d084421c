// What an assignment costs, beside the SDKs of peers and the bare hash:
//   node test/bench/assignment.mjs [--ids 1000000] [--rounds 5]
// Writes its table into docs/benchmarks.md. Each contestant runs each case in a process of its own; the rounds
// alternate between them, so that all meet the same machine. Read ratios.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildProject, HELD_OUT, PLAIN } from "./assignment-project.mjs";
import { writeBenchmark } from "./benchmark-page.mjs";
import { bundleApp, gzippedBytes } from "./bundle-app.mjs";

const { values } = parseArgs({
  options: { ids: { type: "string", default: "1000000" }, rounds: { type: "string", default: "5" } },
});
const ids = Number(values.ids);
const rounds = Number(values.rounds);

const peers = join(import.meta.dirname, "peers");
const peer = (file) => join(peers, `${file}.mjs`);
if (!existsSync(join(peers, "node_modules"))) {
  const install = ["install", "--no-package-lock", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", install, { cwd: peers, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm install in ${peers} ended with ${status}\n${stderr}`);
}

/** The share of the units that get the control, by case. */
const CONTROLS = { fifty: 0.5, rule: 0.49, threeArms: 0.34, example: 0.196, logged: 0.5 };

/** What an app of Fairtrial is, over emitted code. */
const OURS = {
  plain: `import { assign, createExperiments, fifty as halves, threeArms as thirds } from "./generated/index.js";
export const contextOf = (userId, country) => ({ userId, country });
export const fifty = () => (context) => assign(halves, context).variant;
export const threeArms = () => (context) => assign(thirds, context).variant;
export const logged = () => {
  const experiments = createExperiments({ sinks: [{ name: "nowhere", send() {} }] });
  return (context) => experiments.assign(halves, context).variant;
};`,
  heldOut: `import { assign, onePageCheckout, rule as ruled } from "./generated/index.js";
const rest = { plan: "pro", appVersion: "4.3.0", employee: false };
export const contextOf = (userId, country) => ({ userId, country, ...rest });
export const rule = () => (context) => assign(ruled, context).variant;
export const example = () => (context) => assign(onePageCheckout, context).variant;`,
};

const work = mkdtempSync(join(tmpdir(), "fairtrial-bench-"));
try {
  const contestants = await prepare();
  const load = [loadavg()[0]];
  const runs = [];
  for (let round = 0; round < rounds; round++)
    for (const { name, cases } of contestants)
      for (const [key, path] of Object.entries(cases))
        runs.push({ round, name, key, ...measure(path, key, "speed") });
  load.push(loadavg()[0]);
  for (const { name, cases } of contestants)
    for (const [key, path] of Object.entries(cases))
      runs.push({ round: 0, name, key, ...measure(path, key, "memory") });
  writePage(contestants, runs, load);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The contestants: where each case is, and the bytes of a browser app that does the first. */
async function prepare() {
  const plain = await ours("plain", PLAIN);
  const heldOut = await ours("heldOut", HELD_OUT);
  const both = (file) => ({ fifty: peer(file), threeArms: peer(file) });
  const contestants = [
    { name: "bare murmur3, salt as seed", kind: "floor", cases: { fifty: peer("bare") } },
    {
      name: "**Fairtrial**",
      kind: "ours",
      cases: { fifty: plain, threeArms: plain, rule: heldOut, example: heldOut },
    },
    { name: "**Fairtrial**, exposures logged", kind: "logged", cases: { logged: plain } },
    { name: "amplitude experiment-core 0.13", kind: "peer", cases: both("amplitude") },
    { name: "flagd-core 4.0", kind: "peer", cases: both("flagd") },
    { name: "growthbook client 1.8", kind: "peer", cases: both("growthbook") },
    {
      name: "growthbook client 1.8, exposures tracked",
      kind: "logged",
      cases: { logged: peer("growthbook") },
    },
    { name: "featurevisor sdk 2.0", kind: "peer", cases: both("featurevisor") },
    { name: "unleash-client 6.12", kind: "peer", isNodeOnly: true, cases: both("unleash") },
    { name: "optimizely sdk 6.6", kind: "peer", cases: both("optimizely") },
    { name: "planout.js 5.3", kind: "peer", cases: both("planout") },
  ];
  return Promise.all(
    contestants.map(async (contestant) => ({ ...contestant, bytes: await browserBytes(contestant) })),
  );
}

/** Builds files with the compiler, as one module beside the emitted code. */
async function ours(name, files) {
  const folder = join(work, name);
  buildProject(folder, files);
  const module = join(folder, "contestant.mjs");
  writeFileSync(module, await bundleApp(folder, OURS[name], false));
  return module;
}

async function browserBytes({ isNodeOnly, cases }) {
  if (isNodeOnly) return null;
  const [key, path] = Object.entries(cases)[0];
  const code = `import { ${key} } from ${JSON.stringify(path)}; export const assign = ${key}();`;
  return gzippedBytes(await bundleApp(peers, code));
}

function measure(path, key, mode) {
  const roomy = ["--max-semi-space-size=256", "--min-semi-space-size=256"];
  const flags = ["--expose-gc", ...(mode === "memory" ? roomy : [])];
  const script = join(import.meta.dirname, "measure-assignment.mjs");
  const args = [...flags, script, path, key, mode, String(ids)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${path} ${key} ended with ${status}\n${stderr}`);
  const result = JSON.parse(stdout);
  if (mode === "speed" && Math.abs(result.controls - CONTROLS[key]) > 0.01)
    throw new Error(`${path} ${key} gives the control to ${result.controls}, not to ${CONTROLS[key]}`);
  return result;
}

function writePage(contestants, runs, load) {
  const of = (name, key, value) =>
    runs.filter((run) => run.name === name && run.key === key && run[value] !== undefined);
  const nanoseconds = (name, key) => median(of(name, key, "nanoseconds").map((run) => run.nanoseconds));
  const rows = contestants.map(({ name, kind, cases, bytes }) => {
    const main = Object.keys(cases)[0];
    const cell = (key) => (cases[key] ? Math.round(nanoseconds(name, key)).toLocaleString("en") : "");
    const [memory] = of(name, main, "allocated");
    return `| ${[
      name,
      kind === "logged" ? cell("logged") : cell("fifty"),
      cell("threeArms"),
      cell("rule"),
      cell("example"),
      Math.round(memory.allocated).toLocaleString("en"),
      ((memory.retained * ids) / 1e6).toFixed(1),
      bytes === null ? "Node only" : bytes.toLocaleString("en"),
    ].join(" | ")} |`;
  });
  writeBenchmark(
    "test/bench/assignment.mjs",
    `## Assigning

CPU nanoseconds per assignment over ${ids.toLocaleString("en")} distinct ids of twenty ASCII characters, each contestant and case in a process of its own that is warm, garbage collection included;
medians of ${rounds} alternating ${rounds === 1 ? "round" : "rounds"} on ${availableParallelism()} cores, Node ${process.version}, machine load ${load.map((value) => value.toFixed(1)).join(" to ")}. Every unit is in the audience, so that every step is taken; the
example has a layer, a holdout, an override and three attributes, one a version. Bytes are allocated per call (50/50); retained is what
the ids leave behind; the bundle is a browser app with one such experiment, minified by rolldown and gzipped. Featurevisor's sdk 3 could not be installed from npm, where 2.0 is the newest.

| library | 50/50 | 3 arms, a rule | 50/50, a rule, a holdout | example | bytes per call | MB retained | bundle |
|---|--:|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}

| promise | measured | bar |
|---|--:|--:|
${bars(contestants, runs)
  .map((cells) => `| ${cells.join(" | ")} |`)
  .join("\n")}`,
  );
}

/** The promises, each as the median over the rounds of the ratio within one. */
function bars(contestants, runs) {
  const named = (kind) => contestants.filter((contestant) => contestant.kind === kind);
  const [floor] = named("floor");
  const [own] = named("ours");
  const time = (round, name, key) =>
    runs.find((run) => run.round === round && run.name === name && run.key === key && run.nanoseconds)
      .nanoseconds;
  const ratio = (above, below) =>
    median(Array.from({ length: rounds }, (_, round) => above(round) / below(round)));
  const ourTime = (key) => (round) => time(round, own.name, key);
  const floorTime = (round) => time(round, floor.name, "fifty");
  const fastest = (key) => (round) => Math.min(...named("peer").map(({ name }) => time(round, name, key)));
  const growthbook = (key) => (round) => time(round, "growthbook client 1.8", key);
  const allocated = Object.keys(own.cases).map(
    (key) =>
      runs.find((run) => run.name === own.name && run.key === key && run.allocated !== undefined).allocated,
  );
  return [
    ["fastest peer / Fairtrial, 50/50", times(ratio(fastest("fifty"), ourTime("fifty"))), "≥ 7"],
    ["fastest peer / Fairtrial, 3 arms", times(ratio(fastest("threeArms"), ourTime("threeArms"))), "≥ 7"],
    ["GrowthBook / Fairtrial, 50/50", times(ratio(growthbook("fifty"), ourTime("fifty"))), "≥ 15"],
    ["GrowthBook / Fairtrial, 3 arms", times(ratio(growthbook("threeArms"), ourTime("threeArms"))), "≥ 15"],
    ["Fairtrial / bare hash, 50/50", times(ratio(ourTime("fifty"), floorTime)), "≤ 1.5"],
    ["Fairtrial / bare hash, a rule and a holdout", times(ratio(ourTime("rule"), floorTime)), "≤ 1.75"],
    ["bytes allocated per call, at most", String(Math.round(Math.max(...allocated))), "0"],
  ];
}

function times(ratio) {
  return ratio.toFixed(2);
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
