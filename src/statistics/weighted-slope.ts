import { normalSf } from "./normal.ts";

export interface PlacedEffect {
  /** Where it stands on the axis. */
  readonly at: number;
  readonly estimate: number | null;
  /** Effects without one, or with none above 0, are left out. */
  readonly standardError: number | null;
}

export interface WeightedSlope {
  /** Change of the effect per unit of the axis. */
  readonly slope: number;
  readonly standardError: number;
  readonly statistic: number;
  /** Two-sided, of no slope. */
  readonly pValue: number;
}

/**
 * The slope of independent effects along an axis, by least squares weighted by 1/se². Where the effects are of the
 * same units and correlate positively, the test is conservative. Null with fewer than three effects, or all
 * at one place. Alexander C. Aitken, "On least squares and linear combination of observations", *Proc. Royal Soc. Edinburgh*
 * 55 (1935), for a diagonal covariance.
 */
export function weightedSlope(effects: readonly PlacedEffect[]): WeightedSlope | null {
  const usable = effects.flatMap(({ at, estimate, standardError }) =>
    estimate !== null && standardError !== null && standardError > 0
      ? [{ at, estimate, weight: 1 / standardError ** 2 }]
      : [],
  );
  if (usable.length < 3) return null;
  const total = usable.reduce((sum, { weight }) => sum + weight, 0);
  const centre = usable.reduce((sum, { at, weight }) => sum + (weight / total) * at, 0);
  const spread = usable.reduce((sum, { at, weight }) => sum + weight * (at - centre) ** 2, 0);
  if (!(spread > 0)) return null;
  const slope =
    usable.reduce((sum, { at, estimate, weight }) => sum + weight * (at - centre) * estimate, 0) / spread;
  const standardError = 1 / Math.sqrt(spread);
  const statistic = slope / standardError;
  return { slope, standardError, statistic, pValue: Math.min(1, 2 * normalSf(Math.abs(statistic))) };
}
