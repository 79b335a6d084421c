import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { EventRows, Metric, RatioPart } from "../../model/metric.ts";
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

function constantReason(metric: Metric, { analysis, exposure }: Experiment): string | null {
  if (metric.kind === "ratio") {
    const { denominator, numerator } = metric;
    if (!measuresTheSame(numerator, denominator)) return null;
    return "its numerator and its denominator are the same, so it is always 1";
  }
  if (metric.kind !== "conversion" || metric.input.kind !== "event") return null;
  const { input } = metric;
  const { trigger } = analysis;
  if (trigger?.event === input.event && keepsAll(input, trigger))
    return `the event \`${input.event}\` brings a unit into the analysis and converts it at once, so it is always 100%`;
  if (exposure.kind !== "event") return null;
  if (input.event !== exposure.event || input.where.length > 0) return null;
  return `the event \`${input.event}\` exposes a unit and converts it at once, so it is always 100%`;
}

/** Whether all rows of one satisfy the filters of the other. */
function keepsAll({ where }: EventRows, { where: given }: EventRows): boolean {
  return where.every(({ column, values }) =>
    given.some(
      (filter) => filter.column === column && filter.values.every((value) => values.includes(value)),
    ),
  );
}

function measuresTheSame(one: RatioPart, other: RatioPart): boolean {
  return (
    one.kind === other.kind &&
    one.window === other.window &&
    JSON.stringify(one.input) === JSON.stringify(other.input)
  );
}
