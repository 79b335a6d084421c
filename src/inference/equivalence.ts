import type { Effect } from "../model/effect.ts";
import type { Estimator } from "./estimator.ts";
import { finite } from "./finite.ts";
import type { Equivalence } from "./metric-estimate.ts";
import { baseOf, type Pair } from "./pair.ts";

/**
 * Whether the effect is too small to matter, in either direction: the 1−2α interval within ±MDE.
 *
 * Schuirmann, "A comparison of the two one-sided tests procedure and the power approach for assessing the
 * equivalence of average bioavailability", Journal of Pharmacokinetics and Biopharmaceutics 15, 1987.
 */
export function testEquivalence(
  estimator: Estimator,
  pair: Pair,
  terms: { readonly mde: Effect; readonly alpha: number },
): Equivalence {
  const { mde } = terms;
  const level = 1 - 2 * terms.alpha;
  const exists = mde.kind === "absolute" || baseOf(pair).mean > 0;
  const bounds = exists && estimator[mde.kind](pair, level);
  const lower = finite(bounds ? bounds.lower : null);
  const upper = finite(bounds ? bounds.upper : null);
  const established = lower !== null && upper !== null && lower > -mde.value && upper < mde.value;
  return { mde, level, lower, upper, established };
}
