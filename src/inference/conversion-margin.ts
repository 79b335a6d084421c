import type { Effect } from "../model/effect.ts";
import { normalSf } from "../statistics/normal.ts";
import type { Proportion } from "../statistics/proportion.ts";
import { meeInterval, scoreDifferenceZ } from "../statistics/score-difference.ts";
import { koopmanInterval, scoreRatioZ } from "../statistics/score-ratio.ts";
import type { MarginTest } from "./estimator.ts";

interface Terms {
  readonly margin: Effect;
  readonly sign: 1 | -1;
  /** One-sided. */
  readonly alpha: number;
}

/**
 * Score test of H0: benefit ≤ −margin for two proportions, at the ratio 1 ∓ m of a relative margin or the
 * difference ∓d of an absolute one; its bound inverts it (A.12). Null where the margin leaves no rate to
 * test (100% or more), or where a relative margin meets a control without successes.
 *
 * Farrington and Manning, "Test statistics and sample size formulae for comparative binomial trials with
 * null hypothesis of non-zero risk difference or non-unity relative risk", Statistics in Medicine 9, 1990.
 */
export function conversionNotWorse(control: Proportion, variant: Proportion, terms: Terms): MarginTest {
  const { margin, sign } = terms;
  const shift = -sign * margin.value;
  const confidence = 1 - 2 * terms.alpha;
  if (margin.kind === "absolute") {
    if (margin.value >= 1) return NOT_TESTED;
    const interval = meeInterval(control, variant, confidence);
    return marginTest(
      sign * scoreDifferenceZ(control, variant, shift),
      sign > 0 ? interval.lower : -interval.upper,
    );
  }
  if (control.successes === 0 || 1 + shift <= 0) return NOT_TESTED;
  const interval = koopmanInterval(control, variant, confidence);
  const ratio = interval && (sign > 0 ? interval.lower : interval.upper);
  return marginTest(
    sign * scoreRatioZ(control, variant, 1 + shift),
    ratio === null ? null : sign * (ratio - 1),
  );
}

const NOT_TESTED: MarginTest = { statistic: null, pValue: null, bound: null };

function marginTest(statistic: number, bound: number | null): MarginTest {
  return { statistic, pValue: normalSf(statistic), bound };
}
