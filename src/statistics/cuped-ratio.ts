import { type CupedArms, cuped } from "./cuped.ts";
import { combineAll, type Moments, meanOf, mergeMoments } from "./moments.ts";

/**
 * CUPED of a ratio: outcome and covariate are linearised, the outcome at its own arm's ratio, as in `linearise`, the
 * covariate at the union's, so that it is the same function of a unit's past in both arms. `moments` are of
 * (numerator, denominator, numerator before, denominator before). The means of the result are the adjusted ratios.
 * Null where a denominator sums to 0 or less, or an arm has fewer than two units.
 *
 * Deng, Xu, Kohavi, Walker (WSDM 2013), appendix B; Deng, Knoblich, Lu (KDD 2018, arXiv:1803.06336), section 2.2.
 */
export function cupedRatio(control: Moments, variant: Moments): CupedArms | null {
  const union = mergeMoments(control, variant);
  const before = rowOf(union, 2);
  const [rowA, rowB] = [rowOf(control, 0), rowOf(variant, 0)];
  if (!before || !rowA || !rowB) return null;
  const linear = (arm: Moments, row: readonly number[]) => {
    const combined = combineAll(arm, [row, before]);
    return { ...combined, means: [meanOf(arm, 0)! / meanOf(arm, 1)!, combined.means[1]!] };
  };
  return cuped(linear(control, rowA), linear(variant, rowB));
}

/** Coefficients of (y − R·x)/x̄ for the pair of variables that starts at `first`. */
function rowOf(moments: Moments, first: 0 | 2): readonly number[] | null {
  const [y, x] = [meanOf(moments, first), meanOf(moments, first + 1)];
  if (y === null || x === null || !(x > 0)) return null;
  const row = [0, 0, 0, 0];
  row[first] = 1 / x;
  row[first + 1] = -y / x / x;
  return row;
}
