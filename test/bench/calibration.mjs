// Holds the statistics against 20,000 worlds of each kind, in about ten CPU minutes, and writes the table into docs/calibration.md:
//   npm run build && node test/bench/calibration.mjs [--worlds 20000] [--seed 1]
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { calibrate } from "../../dist/calibrate.js";
import { renderCalibrationMarkdown } from "../../dist/report.js";

const { values: options } = parseArgs({
  options: { worlds: { type: "string", default: "20000" }, seed: { type: "string", default: "1" } },
});
const report = calibrate({
  seed: Number(options.seed),
  worlds: Number(options.worlds),
  onScenario: (setting, done, all) => process.stderr.write(`${done + 1} of ${all}: ${setting}\n`),
});

const page = `# Calibration

What the statistics promise, held against worlds whose truth is known: \`fairtrial simulate --calibrate\`. Error rates are counted where nothing is true, also far out in the tails;
coverage and power where something is. Each rate has the band that belongs to its promise, exact binomial, wrong about a true claim once in 100,000:

- a test of exact size, an interval and a planned power lie around what they promise;
- sequences, group-sequential bounds, families under Holm and non-inferiority at its margin promise an upper bound, and are as safe as they like below it; their power has a floor;
- two conversions are enumerated: every outcome, by its probability. Counts jump, so no rate can be promised exactly; the average over rates stays within 0.005 and each rate within 0.015 of it;
- Bayesian numbers are right where the truth comes from the prior that they assume;
- known abuses must be seen to err: a calibration that lets them pass sees nothing.

Worlds are drawn as moments (normal means, Wishart sums, binomial counts), ${report.worlds.toLocaleString("en")} of a kind; fewer where units are drawn one by one or a run is looked at many times (each row says how many). Everything goes through the estimation that \`analyze\` uses,
or its verdict; what no experiment asks for (other spending functions, beliefs by themselves, the split looked at every day) through the functions of \`fairtrial/statistics\`: each table says which. Planned designs have the units that \`plan\` gives them. Tests run 4,000 worlds with a seed of their own, and 200 worlds from rows through the engine.

\`node test/bench/calibration.mjs${options.worlds === "20000" ? "" : ` --worlds ${options.worlds} --seed ${options.seed}`}\` writes this page.

${renderCalibrationMarkdown(report)}`;
writeFileSync(join(import.meta.dirname, "..", "..", "docs", "calibration.md"), page);
process.exitCode = report.passes ? 0 : 1;
