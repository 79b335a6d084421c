import type { Sample } from "../statistics/sample.ts";

/** A variant and the control, as their difference is estimated. */
export interface Pair {
  readonly control: Sample;
  readonly variant: Sample;
  /** What a lift divides the difference by. Null: the control's own mean, as it stands here. */
  readonly base: LiftBase | null;
}

/** The control's unadjusted mean, beside a difference of adjusted ones (A.8). */
export interface LiftBase {
  readonly mean: number;
  /** Of the mean, not of one unit. */
  readonly variance: number;
  /** Of the difference with the mean. */
  readonly covariance: number;
}

/** Variant − control. */
export function differenceOf({ control, variant }: Pair): number {
  return variant.mean - control.mean;
}

/** What a lift divides by; of values as they are, the control's mean, which the difference takes with a minus. */
export function baseOf({ base, control }: Pair): LiftBase {
  if (base !== null) return base;
  const variance = control.variance / control.units;
  return { mean: control.mean, variance, covariance: -variance };
}

/** Variant − weight·control where a lift of weight − 1 is 0: the difference less that lift of the base. */
export function contrastOf(pair: Pair, weight: number): number {
  if (pair.base === null) return pair.variant.mean - weight * pair.control.mean;
  return differenceOf(pair) - (weight - 1) * pair.base.mean;
}

/** Of that contrast: V_B + w²V_A, or with a base V_D − 2(w−1)C + (w−1)²V_M. */
export function contrastVariance({ base, control, variant }: Pair, weight: number): number {
  const own = variant.variance / variant.units;
  if (base === null) return own + (weight * weight * control.variance) / control.units;
  const lift = weight - 1;
  const spread = own + control.variance / control.units;
  return Math.max(0, spread - 2 * lift * base.covariance + lift * lift * base.variance);
}
