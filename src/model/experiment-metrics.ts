import type { Experiment } from "./experiment.ts";
import type { Metric, SimpleMetric } from "./metric.ts";

/** The experiment's metrics, each once: primary, secondary, guardrails. */
export function metricsOf(experiment: Experiment): readonly Metric[] {
  const metrics = [
    experiment.primary.metric,
    ...experiment.secondary,
    ...experiment.guardrails.map(({ metric }) => metric),
  ];
  return [...new Map(metrics.map((metric) => [metric.key, metric])).values()];
}

/** The metric itself, or the two that a ratio divides. */
export function partsOf(metric: Metric): readonly SimpleMetric[] {
  return metric.kind === "ratio" ? [metric.numerator, metric.denominator] : [metric];
}
