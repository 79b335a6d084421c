import type { Effect } from "../model/effect.ts";
import { welch } from "../statistics/welch.ts";
import { type ContrastTest, testContrast } from "./contrast-test.ts";
import type { MarginTest } from "./estimator.ts";
import { baseOf, contrastVariance, differenceOf, type Pair } from "./pair.ts";
import { rootBeyond } from "./root-beyond.ts";

interface Terms {
  readonly margin: Effect;
  readonly sign: 1 | -1;
  /** One-sided. */
  readonly alpha: number;
}

/**
 * Welch's test of H0: benefit ≤ −margin for two means, one-sided at α (A.12). A relative margin m is of the
 * control's true mean, so the test is of variant − (1 ∓ m)·control, whose variance has both arms' in it;
 * the bound is where that test turns. Null without variance, and for a relative margin of a control whose
 * mean is not above 0; the bound also where the test turns more than once, as with a handful of units.
 */
export function meanNotWorse(pair: Pair, terms: Terms): MarginTest {
  return terms.margin.kind === "absolute" ? absoluteMargin(pair, terms) : relativeMargin(pair, terms);
}

function absoluteMargin({ control, variant }: Pair, { margin, sign, alpha }: Terms): MarginTest {
  const shifted = { ...variant, mean: variant.mean + sign * margin.value };
  const test = welch(control, shifted, { confidence: 0.95 });
  const interval = welch(control, variant, { confidence: 1 - 2 * alpha });
  const end = sign > 0 ? interval.lower : interval.upper;
  return { ...inFavour(test, sign), bound: end === null ? null : sign * end };
}

function relativeMargin(pair: Pair, { margin, sign, alpha }: Terms): MarginTest {
  const base = baseOf(pair).mean;
  if (base <= 0) return { statistic: null, pValue: null, bound: null };
  const testAt = (benefit: number) => inFavour(testContrast(pair, 1 + sign * benefit), sign);
  const test = testAt(-margin.value);
  if (test.pValue === null) return { ...test, bound: null };
  const observed = (sign * differenceOf(pair)) / base;
  const step = Math.sqrt(contrastVariance(pair, 1)) / base;
  const excess = (benefit: number) => (testAt(benefit).pValue ?? 1) - alpha;
  const bound = rootBeyond(excess, observed, -step);
  const agrees = bound === null || bound > -margin.value === test.pValue < alpha;
  return { ...test, bound: agrees ? bound : null };
}

/** The one-sided p-value, and the statistic turned so that positive speaks for "not worse". */
function inFavour(test: ContrastTest, sign: 1 | -1) {
  return {
    statistic: test.statistic === null ? null : sign * test.statistic,
    pValue: sign > 0 ? test.pGreater : test.pLess,
  };
}
