import { type Moments, thirdOf, varianceOf } from "./moments.ts";

/**
 * Skewness γ of the difference of two arm means, variant − control: (κB/nB² − κA/nA²)/V_D^1.5 with κ = M3/n, the
 * third central moment of one unit, and V_D = s²A/nA + s²B/nB. The tail probabilities of the t test are off by about
 * γ·(z² − 1)·φ(z)/6 (Peter Hall, *The Bootstrap and Edgeworth Expansion* (1992), chapter 2). Null where
 * an arm has fewer than two units or neither varies.
 */
export function differenceSkewness(control: Moments, variant: Moments): number | null {
  const [varianceA, varianceB] = [varianceOf(control), varianceOf(variant)];
  const [thirdA, thirdB] = [thirdOf(control), thirdOf(variant)];
  if (varianceA === null || varianceB === null || thirdA === null || thirdB === null) return null;
  const variance = varianceA / control.units + varianceB / variant.units;
  if (!(variance > 0)) return null;
  // One factor at a time: the power 1.5 of a tiny variance would vanish before the division.
  const scale = Math.sqrt(variance);
  const perUnit = (third: number, units: number) => third / scale / scale / scale / units / units;
  const skewness = perUnit(thirdB, variant.units) - perUnit(thirdA, control.units);
  return Number.isFinite(skewness) ? skewness : null;
}
