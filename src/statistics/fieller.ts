import { answerOrNull, orInfinite, requireNumber } from "./domain.ts";
export interface FiellerInput {
  /** D, variant − control, as estimated. */
  readonly difference: number;
  /** V_D. */
  readonly varianceDifference: number;
  /** M, unadjusted. */
  readonly controlMean: number;
  /** V_M, of the mean (not of one unit). */
  readonly varianceControlMean: number;
  /** C, of D with M: −V_M where nothing is adjusted. */
  readonly covariance: number;
  /** The two-sided critical value c of the test of D. */
  readonly critical: number;
}

export interface LiftBounds {
  /** As fractions of the control's mean; both null where unbounded. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** False where the control's mean is not significantly above 0. */
  readonly bounded: boolean;
  /** c²V_M/M²: bounded below 1; above about .005 the delta method is no longer good enough. */
  readonly g: number;
}

/**
 * All relative effects ρ = D/M that are not rejected: the roots of
 * (M² − c²V_M)ρ² − 2(DM − c²C)ρ + D² − c²V_D = 0. Contains 0 exactly where |D| ≤ c√V_D. Null where M ≤ 0.
 *
 * E. C. Fieller, "Some problems in interval estimation", *JRSS B* 16 (1954), 175–185, for the
 * difference in place of the variant's mean. Assumes that D and M are jointly normal.
 */
export function fiellerLift(input: FiellerInput): LiftBounds | null {
  const { difference, varianceDifference, controlMean, varianceControlMean, covariance, critical } = input;
  if (!(controlMean > 0)) return null;
  requireNumber("a critical value", critical);
  // In units of the control's mean the squares can neither overflow nor vanish.
  const ratio = difference / controlMean;
  const square = critical * critical;
  const vM = varianceControlMean / controlMean / controlMean;
  const vD = varianceDifference / controlMean / controlMean;
  const c = covariance / controlMean / controlMean;
  const g = square * vM;
  const leading = 1 - g;
  if (!(leading > 0) || !(vD >= 0) || ![ratio, vD, c].every(Number.isFinite)) {
    return { lower: null, upper: null, bounded: false, g: orInfinite(g) };
  }
  const centre = ratio - square * c;
  const inner = vD - 2 * ratio * c + ratio * ratio * vM - square * (vM * vD - c * c);
  const spread = critical * Math.sqrt(Math.max(0, inner));
  const reach = critical * Math.sqrt(vD);
  const product = (ratio - reach) * (ratio + reach);
  const outer = centre >= 0 ? centre + spread : centre - spread;
  const [far, near] = [outer / leading, outer === 0 ? 0 : product / outer];
  return answerOrNull({ lower: Math.min(far, near), upper: Math.max(far, near), bounded: true, g });
}
