import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Metric, SimpleMetric } from "../../model/metric.ts";
import { isAhead, planningSeverity } from "../life.ts";
import { metricUses } from "../metric-use.ts";
import type { Rule } from "../rule.ts";

/** What decides can differ between variants: it is not the same for every unit by its definition. */
export const constantMetric: Rule = {
  codes: ["metric/constant"],
  check: ({ experiments }) =>
    experiments.filter(isAhead).flatMap((experiment) =>
      metricUses(experiment).flatMap(({ metric, path, role }) => {
        const reason = role === "a secondary metric" ? null : constantReason(metric, experiment);
        if (reason === null) return [];
        const place = { file: experiment.file, path };
        const related = [{ place: { file: metric.file }, label: `\`${metric.key}\` is described here` }];
        const extras = { severity: planningSeverity(experiment), related };
        return [diagnose("metric/constant", place, { metric: metric.key, reason }, extras)];
      }),
    ),
};

function constantReason(metric: Metric, { exposure }: Experiment): string | null {
  if (metric.kind === "ratio") {
    const { denominator, numerator } = metric;
    if (!measuresTheSame(numerator, denominator)) return null;
    return "its numerator and its denominator are the same, so it is always 1";
  }
  const { input, kind } = metric;
  if (kind !== "conversion" || input.kind !== "event" || exposure.kind !== "event") return null;
  if (input.event !== exposure.event || input.where.length > 0) return null;
  return `the event \`${input.event}\` exposes a unit and converts it at once, so it is always 100%`;
}

function measuresTheSame(one: SimpleMetric, other: SimpleMetric): boolean {
  return (
    one.kind === other.kind &&
    one.window === other.window &&
    JSON.stringify(one.input) === JSON.stringify(other.input)
  );
}
