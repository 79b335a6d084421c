import { criticalValue } from "./critical-value.ts";
import { requireAnswer, requireProportions } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import type { Proportion } from "./proportion.ts";

/** Ends of an interval of a ratio of rates; null where there is none. */
export interface RatioBounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Score statistic of H₀: pB / pA = theta, theta > 0: (p̂B − theta·p̂A) / √(p̃Bq̃B/nB + theta²·p̃Aq̃A/nA) with the rates
 * most likely under p̃B = theta·p̃A. At theta = 1 it is the pooled z. Positive where the data lie above theta;
 * ±∞ where they are impossible under it; 0 where an arm is empty.
 *
 * P. A. R. Koopman, "Confidence intervals for the ratio of two binomial proportions", *Biometrics* 40 (1984),
 * 513–517. Assumes independent units.
 */
export function scoreRatioZ(control: Proportion, variant: Proportion, theta: number): number {
  requireProportions(control, variant);
  if (!(theta >= 0 && theta < Number.POSITIVE_INFINITY))
    throw new RangeError(`a ratio of rates is 0 or more and finite; got ${theta}`);
  return requireAnswer(scoreZ(control, variant, theta));
}

function scoreZ(control: Proportion, variant: Proportion, theta: number): number {
  if (control.units <= 0 || variant.units <= 0) return 0;
  const distance = variant.successes / variant.units - (theta * control.successes) / control.units;
  if (distance === 0) return 0;
  const rate = constrainedControlRate(control, variant, theta);
  const scaled = Math.min(1, theta * rate);
  const variance =
    (scaled * (1 - scaled)) / variant.units + (theta * theta * rate * (1 - rate)) / control.units;
  return distance / Math.sqrt(variance);
}

/**
 * All ratios pB / pA that the two-sided score test at level 1 − confidence does not reject. Null where the
 * control has no success: the ratio has no estimate. The lower end is exactly 0 where the variant has none.
 */
export function koopmanInterval(
  control: Proportion,
  variant: Proportion,
  confidence: number,
): RatioBounds | null {
  const z = criticalValue(confidence, 2);
  const lower = lowerEnd(control, variant, z);
  return lower === null ? null : { lower, upper: upperEnd(control, variant, z) };
}

/** One-sided lower bound of the ratio, confidence ≥ ½; null where the control has no success. */
export function koopmanLowerBound(
  control: Proportion,
  variant: Proportion,
  confidence: number,
): number | null {
  return lowerEnd(control, variant, criticalValue(confidence, 1));
}

/** One-sided upper bound of the ratio, confidence ≥ ½; null where the control has no success or the variant no unit. */
export function koopmanUpperBound(
  control: Proportion,
  variant: Proportion,
  confidence: number,
): number | null {
  return upperEnd(control, variant, criticalValue(confidence, 1));
}

function lowerEnd(control: Proportion, variant: Proportion, z: number): number | null {
  requireProportions(control, variant);
  if (control.successes <= 0) return null;
  if (variant.successes <= 0) return 0;
  const excess = (theta: number) => scoreZ(control, variant, theta) - z;
  const estimate = ratioOf(control, variant);
  return excess(estimate) >= 0 ? estimate : findRoot(excess, 0, estimate);
}

function upperEnd(control: Proportion, variant: Proportion, z: number): number | null {
  requireProportions(control, variant);
  if (control.successes <= 0 || variant.units <= 0) return null;
  const excess = (theta: number) => scoreZ(control, variant, theta) + z;
  const estimate = ratioOf(control, variant);
  if (excess(estimate) <= 0) return estimate;
  let beyond = Math.max(1, 2 * estimate);
  while (excess(beyond) > 0) beyond *= 2;
  return findRoot(excess, estimate, beyond);
}

function ratioOf(control: Proportion, variant: Proportion): number {
  return variant.successes / variant.units / (control.successes / control.units);
}

/**
 * The smaller root of Nθ·p² − (θ(nB + xA) + nA + xB)·p + xA + xB = 0, written so that nothing cancels: the
 * discriminant is (θ(nB + xA) − (nA + xB))² + 4θ(nA − xA)(nB − xB).
 */
function constrainedControlRate(control: Proportion, variant: Proportion, theta: number): number {
  const left = theta * (variant.units + control.successes);
  const right = control.units + variant.successes;
  const failures = (control.units - control.successes) * (variant.units - variant.successes);
  const root = Math.sqrt((left - right) ** 2 + 4 * theta * failures);
  return Math.min(1, (2 * (control.successes + variant.successes)) / (left + right + root));
}
