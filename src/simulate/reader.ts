import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { Baseline, SimpleMetric } from "../model/metric.ts";

/** A metric that reads what units do, and what it should read where nothing changes. */
export interface Reader {
  readonly metric: SimpleMetric;
  readonly baseline: Baseline | null;
}

/** All simple metrics of an experiment, those inside ratios included, each once. */
export function readersOf(experiment: Experiment): readonly Reader[] {
  const readers = new Map<string, Reader>();
  const add = (metric: SimpleMetric, baseline: Baseline | null) => {
    if ((readers.get(metric.key)?.baseline ?? null) === null) readers.set(metric.key, { metric, baseline });
  };
  for (const metric of metricsOf(experiment)) {
    const baseline =
      (metric === experiment.primary.metric && experiment.planning.baseline) || metric.baseline;
    if (metric.kind !== "ratio") add(metric, baseline);
    else {
      add(metric.denominator, metric.denominator.baseline);
      add(metric.numerator, metric.numerator.baseline ?? numeratorBaseline(metric.denominator, baseline));
    }
  }
  return [...readers.values()];
}

/** The numerator that gives a ratio its baseline, where the denominator's is known. */
function numeratorBaseline(denominator: SimpleMetric, ratio: Baseline | null): Baseline | null {
  if (ratio?.kind !== "mean" || denominator.baseline === null) return null;
  const scale = denominator.baseline.kind === "rate" ? denominator.baseline.rate : denominator.baseline.mean;
  const { mean, standardDeviation } = ratio;
  return { kind: "mean", mean: mean * scale, standardDeviation: standardDeviation * scale, reporting: 1 };
}
