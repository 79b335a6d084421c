import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { EventRows, Metric } from "../model/metric.ts";

/** What is read about one kind of unit. */
export interface Reading {
  /** Key of the unit. */
  readonly unit: string;
  readonly metrics: readonly Metric[];
  /** Its units are looked for in every source that has a column for them, not only in those that its metrics read. */
  readonly everywhere: boolean;
  /** Rows of an event that no metric reads, and what asks for them. */
  readonly trigger?: { readonly rows: EventRows; readonly file: string } | null;
}

/** What the analysis of an experiment reads. */
export function readingOf(experiment: Experiment): Reading {
  const { analysis, file, unit } = experiment;
  const trigger = analysis.trigger === null ? null : { rows: analysis.trigger, file };
  return { unit: unit.key, metrics: metricsOf(experiment), everywhere: false, trigger };
}

/** Keys of all units whose ids are read. */
export function unitsOf({ unit, metrics }: Reading): readonly string[] {
  return [unit, ...metrics.flatMap(({ per }) => (per === null ? [] : [per]))];
}
