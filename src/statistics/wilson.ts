import type { Bounds } from "./bounds.ts";
import { criticalValue } from "./critical-value.ts";
import { requireProportions } from "./domain.ts";
import type { Proportion } from "./proportion.ts";

/**
 * Wilson's score interval of one proportion at the two-sided level `confidence`; exactly 0 and 1 at no
 * successes and at all successes; [0, 1] without units.
 * Edwin B. Wilson, "Probable inference, the law of succession, and statistical inference", *JASA* 22 (1927).
 */
export function wilsonInterval(proportion: Proportion, confidence: number): Bounds {
  const { successes, units } = proportion;
  requireProportions(proportion);
  if (units <= 0) return { lower: 0, upper: 1 };
  const z = criticalValue(confidence, 2);
  const square = z * z;
  const spread = z * Math.sqrt(square + (4 * successes * (units - successes)) / units);
  const twiceUpper = 2 * successes + square + spread;
  return {
    // The product of the roots over the larger one: the difference would lose the digits of rare events.
    lower: successes === 0 ? 0 : (2 * successes * successes) / (units * twiceUpper),
    upper: successes === units ? 1 : twiceUpper / (2 * (units + square)),
  };
}
