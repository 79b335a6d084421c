import { answerOrNull } from "./domain.ts";
import { combine, type Moments, meanOf, varianceOf } from "./moments.ts";

export interface LinearisedRatio {
  /** Σ numerator / Σ denominator. */
  readonly ratio: number;
  /** n·Var(ratio), ddof 1: the variance of L; null with fewer than two units. */
  readonly variance: number | null;
  /** Of L = (y − ratio·x)/x̄, whose mean is 0. */
  readonly moments: Moments;
}

/**
 * A ratio of means as the mean of one linearised variable, so that mean-like tests apply; the units are what
 * was randomised (clusters). `moments` are of (numerator y, denominator x). Null where Σx ≤ 0.
 *
 * Alex Deng, Ulf Knoblich, Jiannan Lu, "Applying the delta method in metric analytics" (KDD 2018,
 * arXiv:1803.06336): Var R = (s²y − 2R·sxy + R²·s²x)/(n·x̄²).
 */
export function linearise(moments: Moments): LinearisedRatio | null {
  const [numerator, denominator] = [meanOf(moments, 0), meanOf(moments, 1)];
  if (numerator === null || denominator === null || !(denominator > 0)) return null;
  const ratio = numerator / denominator;
  const linear = { ...combine(moments, [1 / denominator, -ratio / denominator]), means: [0] };
  return answerOrNull({ ratio, variance: varianceOf(linear), moments: linear });
}
