import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";

/** What is read about one kind of unit. */
export interface Reading {
  /** Key of the unit. */
  readonly unit: string;
  readonly metrics: readonly Metric[];
  /** Its units are looked for in every source that has a column for them, not only in those that its metrics read. */
  readonly everywhere: boolean;
}

/** What the analysis of an experiment reads. */
export function readingOf(experiment: Experiment): Reading {
  return { unit: experiment.unit.key, metrics: metricsOf(experiment), everywhere: false };
}
