import { requireAnswer, requireErrorRate, requireNumber, requirePositive } from "./domain.ts";
import { normalCdf, normalIsf } from "./normal.ts";

export interface MeansDesign {
  readonly standardDeviationControl: number;
  readonly standardDeviationVariant: number;
  /** The distance to find, or the margin to stay within, in the metric's unit. */
  readonly effect: number;
  /** Error rate over all `sides`. */
  readonly alpha: number;
  /** Default 2. */
  readonly sides?: 1 | 2;
  /** The contrast is variant − controlWeight·control; default 1. A relative margin m needs 1 ∓ m. */
  readonly controlWeight?: number;
}

/**
 * Units in the control, unrounded: (z_α + z_power)²(w²σ²_A + σ²_B/k)/δ², k = `allocation` units in the
 * variant per unit in the control (default 1). Normal approximation: at 50 units it is one unit or two
 * below the noncentral t. Null where the effect is 0.
 *
 * Chow, Shao, Wang, "Sample Size Calculations in Clinical Research", 2nd ed., 2008, §3.2.
 */
export function unitsForMeans(
  design: MeansDesign & { readonly power: number; readonly allocation?: number },
): number | null {
  const { effect, alpha, power, allocation = 1, sides = 2 } = design;
  requireErrorRate(alpha / sides);
  requireErrorRate(1 - power);
  requirePositive("an allocation", allocation);
  if (effect === 0) return null;
  const reach = normalIsf(alpha / sides) + normalIsf(1 - power);
  return requireAnswer((Math.max(0, reach) / effect) ** 2 * contrastVariance(design, 1, allocation));
}

/** Power with these units: the inverse of `unitsForMeans`. Null where both standard deviations are 0. */
export function powerOfMeans(
  design: MeansDesign & { readonly unitsControl: number; readonly unitsVariant: number },
): number | null {
  const { effect, alpha, sides = 2 } = design;
  requireErrorRate(alpha / sides);
  requireNumber("an effect", effect);
  const standardError = Math.sqrt(contrastVariance(design, design.unitsControl, design.unitsVariant));
  if (!(standardError > 0 && Number.isFinite(standardError))) return null;
  return normalCdf(Math.abs(effect) / standardError - normalIsf(alpha / sides));
}

/** Variance of the contrast of two arm means. */
function contrastVariance(design: MeansDesign, unitsControl: number, unitsVariant: number): number {
  const { standardDeviationControl, standardDeviationVariant, controlWeight = 1 } = design;
  return (
    (controlWeight * standardDeviationControl) ** 2 / unitsControl +
    standardDeviationVariant ** 2 / unitsVariant
  );
}
