import { answerOrNull, requireUnits } from "./domain.ts";
import { type Moments, meanOf, mergeMoments, varianceOf } from "./moments.ts";
import type { Sample } from "./sample.ts";

/** Both arms' moments of one stratum: of units with one value of something known before exposure. */
export interface Stratum {
  readonly control: Moments;
  readonly variant: Moments;
}

/**
 * Both arms' means with every stratum weighted by its share of all units, as if the split had been even in each.
 * The variance of an arm's mean is Σ w²·s²/n; `variance` is that times the units, as of any sample. Strata in
 * which an arm has fewer than two units are merged. Null where an arm has fewer than two in all.
 *
 * Luke W. Miratrix, Jasjeet S. Sekhon, Bin Yu, "Adjusting treatment effect estimates by post-stratification in
 * randomized experiments", *JRSS B* 75 (2013), 369–396.
 */
export function postStratify(
  strata: readonly Stratum[],
): { readonly control: Sample; readonly variant: Sample } | null {
  for (const { control, variant } of strata) requireUnits(control.units, variant.units);
  const merged = mergeThin(strata);
  if (merged.length === 0) return null;
  const total = merged.reduce((sum, { control, variant }) => sum + control.units + variant.units, 0);
  const arm = (side: "control" | "variant"): Sample => {
    let [mean, variance, units] = [0, 0, 0];
    for (const stratum of merged) {
      const share = (stratum.control.units + stratum.variant.units) / total;
      const moments = stratum[side];
      mean += share * meanOf(moments)!;
      variance += (share ** 2 * varianceOf(moments)!) / moments.units;
      units += moments.units;
    }
    return { mean, variance: variance * units, units };
  };
  return answerOrNull({ control: arm("control"), variant: arm("variant") });
}

/** Thin strata together make one; where that is thin too, it goes to the first that is not. */
function mergeThin(strata: readonly Stratum[]): readonly Stratum[] {
  const isThick = ({ control, variant }: Stratum) => control.units >= 2 && variant.units >= 2;
  const [first, ...others] = strata.filter(isThick);
  const thin = strata.filter((stratum) => !isThick(stratum));
  const [leading, ...following] = thin;
  if (leading === undefined) return first ? [first, ...others] : [];
  const rest = following.reduce(mergeStrata, leading);
  if (isThick(rest)) return first ? [first, ...others, rest] : [rest];
  return first ? [mergeStrata(first, rest), ...others] : [];
}

function mergeStrata(a: Stratum, b: Stratum): Stratum {
  return { control: mergeMoments(a.control, b.control), variant: mergeMoments(a.variant, b.variant) };
}
