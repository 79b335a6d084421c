import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type {
  BaselineMeasurement,
  BaselineReport,
  MeasuredCorrelation,
} from "../inference/baseline-report.ts";
import { measureBaseline, measureQuantile, withSteps } from "../inference/measured-baseline.ts";
import type { Entry } from "../model/entry.ts";
import type { Measured, Period } from "../model/measured.ts";
import { isBinary } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { BaselineTarget, VolumeTarget } from "../plan/baseline-targets.ts";
import type { AskedPeriod } from "../plan/look-back.ts";
import { writtenMeasurement } from "../plan/written-measurement.ts";
import type { Engine } from "../query/engine.ts";
import type { PooledMoments } from "../query/follow-up.ts";
import { formatPlainPercent, formatQuantity } from "../verdict/number-format.ts";
import { CONFIDENCE } from "./quantile-ranks.ts";

export interface BaselineRequest {
  readonly project: Project;
  /** Experiments and metrics; empty: what experiments that are not concluded use. */
  readonly keys: readonly string[];
  /** The files that each source's patterns name, by source key; `perUnit` for the one-row-per-unit table. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly engine: Engine;
  readonly period: AskedPeriod;
  /** Key of the event that brings units in; null: exposures where there are any, else any row. */
  readonly entry: string | null;
  readonly onStage?: (stage: string) => void;
}

/** What was measured in one layout of data, and what could not be. */
export interface MeasuredQuantities extends Pick<BaselineReport, "baselines" | "volumes"> {
  readonly diagnostics: readonly Diagnostic[];
}

/** How units were met, and what they had to do with what they did before. */
interface MeasuredFrom {
  readonly entry: Entry | null;
  readonly period: Period | null;
  readonly cuped?: MeasuredCorrelation | null;
}

/** A target with its numbers, and whether a plan can reckon with them. */
export function describeBaseline(
  target: BaselineTarget,
  pooled: PooledMoments,
  { entry, period, cuped = null }: MeasuredFrom,
): { readonly measurement: BaselineMeasurement; readonly diagnostics: readonly Diagnostic[] } {
  const { metric, unit, experiment, place, writable, written } = target;
  const { units, moments, quantile, steps } = pooled;
  const measured: Measured = { period, units };
  const found = quantile
    ? measureQuantile(quantile, units, CONFIDENCE)
    : withSteps(measureBaseline(metric.kind, moments, units), steps, units);
  const correlation = usableCorrelation(cuped);
  const baseline = found.baseline && {
    ...found.baseline,
    ...(correlation !== null && { cuped: { correlation } }),
    measured,
  };
  const measurement: BaselineMeasurement = {
    metric: metric.key,
    metricKind: metric.kind,
    unit: unit.key,
    experiment: experiment?.key ?? null,
    entry,
    period,
    window: metric.window,
    units,
    ...found,
    baseline,
    cuped,
    clusters: [],
    written,
    place,
    writable,
  };
  if (baseline && writtenMeasurement(baseline, metric.kind)) return { measurement, diagnostics: [] };
  const args = { subject: subjectOf(target), found: describeValue(measurement), units };
  return {
    measurement,
    diagnostics: [diagnose("measure/impossible-value", { ...place, part: "key" }, args)],
  };
}

/** A plan reckons with no perfect correlation: of a metric that never changes, there is nothing to find. */
function usableCorrelation(cuped: MeasuredCorrelation | null): number | null {
  if (cuped === null || cuped.correlation === null) return null;
  return Math.abs(cuped.correlation) < 0.9999 ? cuped.correlation : null;
}

function describeValue({ value, standardDeviation, metricKind }: BaselineMeasurement): string {
  if (value === null) return "without a value";
  if (isBinary(metricKind)) return formatPlainPercent(value);
  return standardDeviation === null
    ? `${formatQuantity(value)} without a spread`
    : `${formatQuantity(value)} with a spread of ${formatQuantity(standardDeviation)}`;
}

/** What a target is called in a sentence. */
export function subjectOf(target: BaselineTarget | VolumeTarget): string {
  const among = target.experiment && target.entry ? ` among the eligible of ${target.experiment.key}` : "";
  return "metric" in target
    ? `\`${target.metric.key}\`${among}`
    : `\`newPerDay\` of \`${target.unit.key}\`${among}`;
}

/** That nobody was there to be measured. */
export function nobody(target: BaselineTarget | VolumeTarget, where: string): Diagnostic {
  const args = { subject: subjectOf(target), unit: target.unit.key, where };
  return diagnose("measure/no-units", { ...target.place, part: "key" }, args);
}
