import { DAY_MS } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Metric } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { WHOLE } from "../model/share.ts";

/** What turns units into days. */
export interface Schedule {
  readonly unitsPerDay: number | null;
  /** The last days of a run, in which nobody enrols any more. */
  readonly windowDays: number;
  readonly minDays: number;
}

/** Whole days that a unit needs to mature, rounded up; 0 for a metric without a window. */
export function windowDays(metric: Metric): number {
  return metric.window === null ? 0 : Math.ceil(metric.window / DAY_MS);
}

/** The longest of the metrics' windows, in days. */
export function longestWindowDays(metrics: readonly Metric[]): number {
  return Math.max(0, ...metrics.map(windowDays));
}

/** Units a day that enter the analysis: the volume after holdout, range and rollout; null when undeclared. */
export function unitsPerDay(experiment: Experiment, project: Project): number | null {
  const volume = experiment.planning.newPerDay ?? experiment.unit.newPerDay;
  if (volume === null) return null;
  const { holdout } = project;
  const heldOut = holdout !== null && holdout.unit.key === experiment.unit.key ? holdout.share : 0;
  const range = experiment.layer === null ? WHOLE : experiment.layer.to - experiment.layer.from;
  return (volume * (WHOLE - heldOut) * range * experiment.rollout) / WHOLE ** 3;
}

/**
 * Run days, window included: the smallest multiple of 7, at least `minDays`, that leaves enough enrolment
 * days for `units`. Null where nobody comes.
 */
export function runDays(units: number, { unitsPerDay, windowDays, minDays }: Schedule): number | null {
  if (unitsPerDay === null || !(unitsPerDay > 0)) return null;
  const enrolment = Math.max(1, Math.ceil(units / unitsPerDay));
  return Math.ceil(Math.max(minDays, enrolment + windowDays) / 7) * 7;
}
