import type { Bounds } from "./bounds.ts";
import { criticalValue } from "./critical-value.ts";
import { requireProportions } from "./domain.ts";
import type { Proportion } from "./proportion.ts";
import { wilsonInterval } from "./wilson.ts";

/**
 * Difference of two proportions, variant − control, from the Wilson intervals of both: method 10 of Robert G. Newcombe,
 * "Interval estimation for the difference between independent proportions", *Statistics in Medicine* 17 (1998), 873–890.
 * It need not agree with the pooled test: `meeInterval` does. Null where an arm is empty.
 */
export function newcombeInterval(
  control: Proportion,
  variant: Proportion,
  confidence: number,
): Bounds | null {
  requireProportions(control, variant);
  if (control.units <= 0 || variant.units <= 0) return null;
  const [a, b] = [wilsonInterval(control, confidence), wilsonInterval(variant, confidence)];
  const [pA, pB] = [control.successes / control.units, variant.successes / variant.units];
  return {
    lower: pB - pA - Math.hypot(pB - b.lower, a.upper - pA),
    upper: pB - pA + Math.hypot(b.upper - pB, pA - a.lower),
  };
}

/**
 * Difference of two proportions ± z unpooled standard errors. Abraham Wald's interval, here to compare with: it covers too
 * little where counts are small, and contradicts the pooled test. Null where an arm is empty.
 */
export function waldInterval(control: Proportion, variant: Proportion, confidence: number): Bounds | null {
  requireProportions(control, variant);
  if (control.units <= 0 || variant.units <= 0) return null;
  const [pA, pB] = [control.successes / control.units, variant.successes / variant.units];
  const variance = (pA * (1 - pA)) / control.units + (pB * (1 - pB)) / variant.units;
  const reach = criticalValue(confidence, 2) * Math.sqrt(variance);
  return { lower: pB - pA - reach, upper: pB - pA + reach };
}
