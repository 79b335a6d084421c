import type { Experiment } from "../model/experiment.ts";
import { isAdjustable } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import type { ExperimentPlan, MetricSize } from "../plan/plan.ts";
import { formatPlain, formatPlainPercent } from "../verdict/number-format.ts";
import { plainText } from "./terminal-text.ts";

/** What a plan credited a metric with beside its baseline: CUPED, clusters; null where nothing. */
export function describeCredit({ metric, clusters, cuped }: MetricSize): string | null {
  if (clusters) {
    const { designEffect, intraclassCorrelation, meanSize, per } = clusters;
    return `${metric}: ${plain(meanSize)} ${per} in a unit, alike by ${plain(intraclassCorrelation)} (design effect ${plain(designEffect)})`;
  }
  if (!cuped) return null;
  return `${metric}: CUPED at a correlation of ${plain(cuped.correlation)} leaves ${formatPlainPercent(Number(cuped.remaining.toPrecision(4)))} of its units`;
}

/** What a plan credited, and what it did not although the experiment asks for it; one line each. */
export function creditLines({ sizes }: ExperimentPlan, experiment: Experiment): readonly string[] {
  const { analysis, guardrails, primary, unit } = experiment;
  const metrics = new Map<string, Metric>(
    [primary.metric, ...guardrails.map(({ metric }) => metric)].map((metric) => [metric.key, metric]),
  );
  const lines = sizes.flatMap((size): readonly string[] => {
    const credit = describeCredit(size);
    if (credit !== null) return [credit];
    const metric = metrics.get(size.metric);
    if (analysis.cuped === null || metric === undefined) return [];
    return isAdjustable(metric, unit)
      ? [`${size.metric}: nothing is taken off for CUPED, as its baseline has no \`cuped: { correlation }\``]
      : [`${size.metric}: CUPED does not adjust it`];
  });
  const { trigger } = analysis;
  return trigger === null
    ? lines
    : [
        ...lines,
        `units count from ${plainText(trigger.event)}: volume and baselines are taken to be of such units`,
      ];
}

function plain(value: number): string {
  return formatPlain(Number(value.toPrecision(4)));
}
