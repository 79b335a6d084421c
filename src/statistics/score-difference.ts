import type { Bounds } from "./bounds.ts";
import { criticalValue } from "./critical-value.ts";
import { requireProportions } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import type { Proportion } from "./proportion.ts";

/**
 * Score statistic of H₀: pB − pA = delta, −1 ≤ delta ≤ 1: (p̂B − p̂A − delta) / √(p̃Aq̃A/nA + p̃Bq̃B/nB) with the
 * rates most likely under p̃B = p̃A + delta. At delta = 0 it is the pooled z. Positive where the data lie above
 * delta; ±∞ where they are impossible under it; 0 where an arm is empty.
 *
 * Robert W. Mee, "Confidence bounds for the difference between two probabilities", *Biometrics* 40 (1984),
 * 1175–1176 (Miettinen and Nurminen's statistic without their factor N/(N − 1)). Assumes independent units.
 */
export function scoreDifferenceZ(control: Proportion, variant: Proportion, delta: number): number {
  requireProportions(control, variant);
  if (!(delta >= -1 && delta <= 1))
    throw new RangeError(`a difference of rates lies in [-1, 1]; got ${delta}`);
  return scoreZ(control, variant, delta);
}

function scoreZ(control: Proportion, variant: Proportion, delta: number): number {
  if (control.units <= 0 || variant.units <= 0) return 0;
  const distance = variant.successes / variant.units - control.successes / control.units - delta;
  if (distance === 0) return 0;
  const rate = constrainedControlRate(control, variant, delta);
  const shifted = Math.min(1, Math.max(0, rate + delta));
  const variance = (rate * (1 - rate)) / control.units + (shifted * (1 - shifted)) / variant.units;
  return distance / Math.sqrt(variance);
}

/** All differences that the two-sided score test at level 1 − confidence does not reject; [−1, 1] without units. */
export function meeInterval(control: Proportion, variant: Proportion, confidence: number): Bounds {
  const z = criticalValue(confidence, 2);
  return { lower: lowerEnd(control, variant, z), upper: upperEnd(control, variant, z) };
}

/** Smallest difference that the one-sided test at level 1 − confidence does not reject; confidence ≥ ½. */
export function meeLowerBound(control: Proportion, variant: Proportion, confidence: number): number {
  return lowerEnd(control, variant, criticalValue(confidence, 1));
}

/** Largest difference that the one-sided test at level 1 − confidence does not reject; confidence ≥ ½. */
export function meeUpperBound(control: Proportion, variant: Proportion, confidence: number): number {
  return upperEnd(control, variant, criticalValue(confidence, 1));
}

function lowerEnd(control: Proportion, variant: Proportion, z: number): number {
  requireProportions(control, variant);
  if (control.units <= 0 || variant.units <= 0) return -1;
  const difference = variant.successes / variant.units - control.successes / control.units;
  if (difference === -1) return -1;
  return findRoot((delta) => scoreZ(control, variant, delta) - z, -1, difference);
}

/** The lower end with the arms exchanged, mirrored. */
function upperEnd(control: Proportion, variant: Proportion, z: number): number {
  return -lowerEnd(variant, control, z);
}

/** The control's rate of highest likelihood under pB = pA + delta: the root of a decreasing score function. */
function constrainedControlRate(control: Proportion, variant: Proportion, delta: number): number {
  const free = control.successes / control.units;
  const shifted = variant.successes / variant.units - delta;
  const least = Math.max(0, -delta);
  const most = Math.min(1, 1 - delta);
  const clamp = (rate: number) => Math.min(most, Math.max(least, rate));
  const lower = clamp(Math.min(free, shifted));
  const upper = clamp(Math.max(free, shifted));
  const score = (rate: number) =>
    armScore(control, rate) + armScore(variant, Math.min(1, Math.max(0, rate + delta)));
  if (lower >= upper || score(lower) <= 0) return lower;
  if (score(upper) >= 0) return upper;
  return findRoot(score, lower, upper);
}

/** Derivative of one arm's log-likelihood; impossible rates are ±∞, an absent outcome weighs nothing. */
function armScore(arm: Proportion, rate: number): number {
  const failures = arm.units - arm.successes;
  const up = arm.successes === 0 ? 0 : arm.successes / rate;
  const down = failures === 0 ? 0 : failures / (1 - rate);
  return up - down;
}
