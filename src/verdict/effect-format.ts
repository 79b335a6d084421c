import type { Interval } from "../inference/metric-estimate.ts";
import type { Effect } from "../model/effect.ts";
import { isBinary, type MetricKind } from "../model/metric.ts";
import {
  ABSENT,
  decimalsFor,
  formatPercent,
  formatPlain,
  formatPlainPercent,
  formatQuantity,
  formatSigned,
} from "./number-format.ts";

/** An estimate and its interval, each as text, with the same decimals. `interval` is null where both ends are absent. */
export interface EffectText {
  readonly estimate: string;
  readonly interval: string | null;
}

/** A lift: `+18.4%` and `+0.3% to +39.7%`. An end that does not exist is written in words. */
export function formatLift(lift: Interval): EffectText {
  return formatInterval(lift, 100, "%");
}

/** A difference in the metric's unit; rates in percentage points: `+0.90 pp`. */
export function formatDifference(kind: MetricKind, difference: Interval): EffectText {
  return isBinary(kind) ? formatInterval(difference, 100, " pp") : formatInterval(difference, 1, "");
}

/** An arm's mean: a rate as a percentage, else a number. */
export function formatMean(kind: MetricKind, mean: number | null): string {
  return isBinary(kind) ? formatPercent(mean) : formatQuantity(mean);
}

/** An MDE or a margin as people wrote it: `5%`, `0.5 pp` for a rate, `0.5`. */
export function formatEffectSize(kind: MetricKind, effect: Effect): string {
  if (effect.kind === "relative") return formatPlainPercent(effect.value);
  return isBinary(kind) ? `${formatPlain(effect.value * 100)} pp` : formatPlain(effect.value);
}

/** One end on an effect's scale, signed: a one-sided bound beside its margin. */
export function formatBound(kind: MetricKind, scale: Effect["kind"], bound: number | null): string {
  const interval = { estimate: bound, lower: null, upper: null };
  return scale === "relative" ? formatLift(interval).estimate : formatDifference(kind, interval).estimate;
}

function formatInterval(interval: Interval, scale: number, suffix: string): EffectText {
  const ends = [interval.estimate, interval.lower, interval.upper];
  const scaled = ends.map((end) => (end === null ? null : end * scale));
  const decimals = decimalsFor(scaled);
  const [estimate, lower, upper] = scaled.map((end) =>
    end === null ? null : formatSigned(end, decimals) + suffix,
  );
  return {
    estimate: estimate ?? ABSENT,
    interval: lower || upper ? `${lower ?? "unbounded"} to ${upper ?? "unbounded"}` : null,
  };
}
