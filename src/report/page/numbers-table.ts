import { formatMean } from "../../verdict/effect-format.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { ABSENT, formatCount, formatPercent, formatQuantity } from "../../verdict/number-format.ts";
import { type Html, html } from "../html.ts";
import { type ArmResult, type ComparisonResult, decidingOf, type MetricResult } from "../result.ts";
import { table } from "./table.ts";

/** Every number of every arm and comparison, folded away. */
export function numbersTable(analysis: Analysis): Html {
  const arms = analysis.metrics.flatMap((metric) =>
    metric.variants.map((arm) => [
      metric.name,
      arm.variant,
      formatCount(arm.units),
      formatQuantity(arm.sum, 6),
      formatMean(metric.kind, arm.mean),
      armInterval(metric, arm),
      formatQuantity(arm.standardDeviation),
    ]),
  );
  const comparisons = analysis.metrics.flatMap((metric) =>
    comparedIn(metric).map((comparison) => [
      metric.name,
      comparison.variant,
      formatQuantity(comparison.statistic),
      formatQuantity(comparison.degreesOfFreedom),
      formatPercent(comparison.power),
      formatPercent(comparison.powerAtMde),
      formatCount(comparison.unitsNeeded),
      formatPercent(comparison.probabilityToBeatControl),
      formatQuantity(comparison.expectedLoss, 3),
      formatQuantity(comparison.skewness, 3),
    ]),
  );
  return html`<details>
<summary>All numbers, and how they were computed</summary>
${table({
  caption: "Per variant",
  columns: ["Metric", "Variant", "Units", "Sum", "Mean", "Interval", "Standard deviation"],
  rows: arms,
  words: [0, 1],
})}
${table({
  caption: "Per comparison",
  note: "probability to beat the control and expected loss are Bayesian, and never decide",
  columns: [
    ...["Metric", "Variant", "Statistic", "Degrees of freedom", "Power at the estimate", "Power at the MDE"],
    ...["Units needed per variant", "Probability to beat control", "Expected loss", "Skewness"],
  ],
  rows: comparisons,
  words: [0, 1],
})}
${table({
  caption: "Methods",
  columns: ["Metric", "Test and intervals"],
  rows: analysis.metrics.map(({ name, method }) => [name, method]),
  words: [0, 1],
})}
</details>`;
}

/** Main effects, then cells. */
function comparedIn(metric: MetricResult): readonly ComparisonResult[] {
  return [...new Set([...decidingOf(metric), ...metric.comparisons])];
}

function armInterval(metric: MetricResult, { interval }: ArmResult): string {
  if (!interval) return ABSENT;
  return `${formatMean(metric.kind, interval.lower)} to ${formatMean(metric.kind, interval.upper)}`;
}
