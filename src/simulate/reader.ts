import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import { type Baseline, isRowMetric, levelOf, type QuantileMetric, type RowMetric } from "../model/metric.ts";

/** Metrics of whatever rows there are, in any order and number. */
export type RowReader = RowMetric | QuantileMetric;

/** A metric that reads what units do, and what it should read where nothing changes. */
export interface Reader {
  readonly metric: RowReader;
  readonly baseline: Baseline | null;
}

/** All metrics of an experiment that read any rows, those inside ratios included, each once. */
export function readersOf(experiment: Experiment): readonly Reader[] {
  const readers = new Map<string, Reader>();
  const add = (metric: RowReader, baseline: Baseline | null) => {
    if ((readers.get(metric.key)?.baseline ?? null) === null) readers.set(metric.key, { metric, baseline });
  };
  for (const metric of metricsOf(experiment)) {
    const baseline =
      (metric === experiment.primary.metric && experiment.planning.baseline) || metric.baseline;
    if (isRowMetric(metric) || metric.kind === "quantile") add(metric, baseline);
    if (metric.kind === "ratio") {
      add(metric.denominator, metric.denominator.baseline);
      add(metric.numerator, metric.numerator.baseline ?? numeratorBaseline(metric.denominator, baseline));
    }
  }
  return [...readers.values()];
}

/** The numerator that gives a ratio its baseline, where the denominator's is known. */
function numeratorBaseline(denominator: RowMetric, ratio: Baseline | null): Baseline | null {
  if (ratio?.kind !== "mean" || denominator.baseline === null) return null;
  const scale = levelOf(denominator.baseline);
  const { mean, standardDeviation } = ratio;
  return { kind: "mean", mean: mean * scale, standardDeviation: standardDeviation * scale, reporting: 1 };
}
