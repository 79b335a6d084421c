// Which hash gives units their places: speed, evenness, independence, and what 10⁸ units do to 32 bits.
//   node test/bench/hash-study.mjs [--scale 1]
// Writes docs/hash-study.md. `--scale .01` is for trying the script out; the page says what it was made with.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bundleApp } from "./bundle-app.mjs";

const { values } = parseArgs({ options: { scale: { type: "string", default: "1" } } });
const scale = Number(values.scale);
const EVEN = Math.round(5_000_000 * scale);
const INDEPENDENT = Math.round(100_000 * scale);
const MANY = Math.round(100_000_000 * scale);
const EXPERIMENTS = 40;
const SLICE = 16;
const SPEED_IDS = 1_000_000;
const SPEED_ROUNDS = 9;
/** Salts of one assignment: its holdout, its enrolment, its variant. */
const THREE_SALTS = ["holdout/holdout-2026-h2", "layer/checkout", "experiment/buy-button/1/variant"];

const study = await load();
const { CANDIDATES, FNV_1A, FUSED, ID_SHAPES, NATIVE } = study;

const evenness = CANDIDATES.map((candidate) =>
  ID_SHAPES.map((shape) =>
    study.unevenness(candidate, shape, EVEN, candidate === FNV_1A ? 1_000 : 1_000_000),
  ),
);
const dependence = CANDIDATES.map((candidate) =>
  [study.dependenceOfArms, study.dependenceOnLayers, study.dependenceOnThePast].map((measure) =>
    ID_SHAPES.map((shape) => measure(candidate, shape, INDEPENDENT, EXPERIMENTS)),
  ),
);
const crowded = ["counter, prefixed", "Snowflake", "UUID v4"].map((name) => {
  const shape = ID_SHAPES.find((each) => each.name === name);
  return { name, pairs: study.pairsWithTheSameHash(study.hash, shape, MANY, SLICE) };
});
const speed = measureSpeed([...CANDIDATES, FUSED]);

writePage();

/** The study is TypeScript beside the sources: bundled, it runs everywhere. */
async function load() {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-study-"));
  try {
    const code = `export * from "./hash-study/candidates.ts";
export * from "./hash-study/id-shapes.ts";
export * from "./hash-study/measures.ts";
export { hash } from "../../src/runtime/hash.ts";`;
    const module = join(folder, "study.mjs");
    writeFileSync(module, await bundleApp(import.meta.dirname, code, false));
    return await import(pathToFileURL(module).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** CPU nanoseconds per id for the three decisions of an assignment, the median of alternating rounds. */
function measureSpeed(candidates) {
  const made = Array.from(
    { length: SPEED_IDS },
    (_, index) =>
      `user-${((index * 2_654_435_761) >>> 0).toString(16).padStart(8, "0")}-${index % 1_000_000}`,
  );
  const ids = JSON.parse(JSON.stringify(made.map((id) => id.padEnd(20, "x"))));
  const places = new Int32Array(3);
  const givers = candidates.map((candidate) => candidate.forSalts(THREE_SALTS));
  const runs = candidates.map(() => []);
  for (let round = 0; round <= SPEED_ROUNDS; round++)
    for (const [index, give] of givers.entries()) {
      const before = process.cpuUsage();
      for (const id of ids) give(id, places);
      const { user, system } = process.cpuUsage(before);
      if (round > 0) runs[index].push(((user + system) * 1000) / ids.length);
    }
  return candidates.map(({ name }, index) => ({ name, nanoseconds: median(runs[index]) }));
}

function writePage() {
  const sums = dependence.map((measures) => measures.map(total));
  const own = CANDIDATES.indexOf(NATIVE);
  const tests = sums[own].reduce((all, each) => all + each.tests, 0);
  const found = sums[own].reduce((all, each) => all + each.found, 0);
  const expected = tests / 1000;
  const worst = Math.max(...evenness[own]);
  const time = (name) => speed.find((each) => each.name === name).nanoseconds;
  const isConfirmed = worst < 4.5 && found < expected + 5 * Math.sqrt(expected);
  const header = `| ids | ${CANDIDATES.map(({ name }) => name).join(" | ")} |\n|---|${"--:|".repeat(CANDIDATES.length)}`;
  const byShape = (cell) =>
    ID_SHAPES.map(
      (shape, row) =>
        `| ${shape.name}, \`${shape.idAt(41)}\` | ${CANDIDATES.map((_, column) => cell(column, row)).join(" | ")} |`,
    ).join("\n");
  const page = `# The hash

<!-- written by test/bench/hash-study.mjs -->

Which unit gets what is decided by \`floor(fmix32(murmur3-32(id) xor murmur3-32(salt)) · 10⁶ / 2³²)\`: one pass over the id, and a few multiplications per decision
([salts](decisions/0003-salts.md)). This page is the evidence for it, against hashing the id anew for each salt. \`node test/bench/hash-study.mjs\` makes it anew; a small form of it, with
thresholds, is among the tests (\`test/unit/runtime/hash-study.test.ts\`).

**Conclusion: the native hash is ${isConfirmed ? "confirmed" : "NOT confirmed"}.** Its worst evenness is ${worst.toFixed(2)} standard deviations (bar: 4.5, ${ID_SHAPES.length} shapes); ${found} of ${tests.toLocaleString("en")} tests of independence are below p = 0.001, where chance
gives ${expected.toFixed(1)} (bar: five standard deviations above); three decisions cost ${time(NATIVE.name).toFixed(0)} ns, against ${time(FUSED.name).toFixed(0)} with three seeds fused in one loop and ${time(study.SEEDED.name).toFixed(0)} with three passes. Fused seeds need a loop for
each number of decisions, and factorial designs have many; one pass serves any number. What it gives up is the variance that units with equal hashes add, ${((100 * MANY) / 2 ** 32).toFixed(1)}% at ${MANY.toLocaleString("en")} units.

${scale === 1 ? "" : `> Made at ${scale} of the full size.\n\n`}## Evenness

${EVEN.toLocaleString("en")} ids, one after the other, of each shape; Pearson's chi-squared over all 1,000,000 places (FNV-1a: its 1,000), as standard deviations from its expectation. Between −3 and 3
is what chance does; below it, places are filled more evenly than by chance, which harms nobody.

${header}
${byShape((column, row) => evenness[column][row].toFixed(1))}

## Independence

${INDEPENDENT.toLocaleString("en")} ids of each shape; tests below p = 0.001. Where there is nothing to find, one in a thousand is.

*Pairs of ${EXPERIMENTS} experiments, half and half: ${((EXPERIMENTS * (EXPERIMENTS - 1)) / 2).toLocaleString("en")} each (0.8 by chance).*

${header}
${byShape((column, row) => dependence[column][0][row].found)}

| all shapes | ${CANDIDATES.map(({ name }) => name).join(" | ")} |
|---|${"--:|".repeat(CANDIDATES.length)}
${[
  "arms against arms",
  "variants against layers, 10 × 10",
  "arms against a holdout and against the iteration before",
]
  .map(
    (name, measure) =>
      `| ${name}, of ${sums[own][measure].tests.toLocaleString("en")} (${(sums[own][measure].tests / 1000).toFixed(1)} by chance) | ${sums.map((each) => each[measure].found).join(" | ")} |`,
  )
  .join("\n")}

## ${MANY.toLocaleString("en")} units in 32 bits

Units whose ids have the same 32 bits stay together in every experiment, as if they were one: N²/2³³ pairs of N units, and the variance of a mean is N/2³² larger than it looks. Hashes of
${MANY.toLocaleString("en")} ids, of which the ${SLICE}th part with the lowest values was kept and counted:

| ids | pairs | by chance | variance |
|---|--:|--:|--:|
${crowded
  .map(
    ({ name, pairs }) =>
      `| ${name} | ${pairs.toLocaleString("en")} | ${Math.round(MANY ** 2 / 2 ** 33).toLocaleString("en")} | +${((200 * pairs) / MANY).toFixed(2)}% |`,
  )
  .join("\n")}

A seed per salt would not have this, as its pairs are others in every experiment. What both have: two *salts* with the same 32 bits, which among K decisions happens with probability
K²/2³³: 1 in 86 million for 10, 1 in 860,000 for 100, 1 in 340 for 5,000.

## Speed

CPU nanoseconds for the three decisions of an assignment (holdout, enrolment, variant) over an id of twenty ASCII characters; ${SPEED_IDS.toLocaleString("en")} ids, the median of ${SPEED_ROUNDS} alternating rounds, Node
${process.version}, machine load ${loadavg()[0].toFixed(1)}. Read ratios.

| hash | ns | ratio |
|---|--:|--:|
${speed.map(({ name, nanoseconds }) => `| ${name} | ${nanoseconds.toFixed(0)} | ${(nanoseconds / time(NATIVE.name)).toFixed(2)} |`).join("\n")}

FNV-1a is the known failure: in ${((100 * sums[CANDIDATES.indexOf(FNV_1A)][0].found) / sums[own][0].tests).toFixed(0)}% of the pairs of experiments its arms depend on each other, so that one experiment's effect shows in the other's result.
`;
  writeFileSync(join(import.meta.dirname, "..", "..", "docs", "hash-study.md"), page);
  process.stdout.write(page);
}

function total(measures) {
  return measures.reduce((sum, { tests, found }) => ({ tests: sum.tests + tests, found: sum.found + found }));
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
