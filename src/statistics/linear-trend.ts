import { answerOrNull, requireConfidence } from "./domain.ts";
import type { Sample } from "./sample.ts";
import { studentTIsf, studentTSf } from "./student-t.ts";

/** The units that had one dose. */
export interface DosedSample extends Sample {
  readonly dose: number;
}

export interface LinearTrend {
  /** Change of the mean per unit of dose. */
  readonly slope: number;
  readonly standardError: number;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Two-sided, of no trend. */
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The least-squares slope of units' values on their dose, from the moments of each dose. It is the contrast Σ cₖ·x̄ₖ of the doses'
 * means, cₖ = nₖ(dₖ − d̄)/Σ nⱼ(dⱼ − d̄)², whose variance Σ cₖ²·s²ₖ/nₖ lets variances differ between doses; Satterthwaite's degrees
 * of freedom. With two doses it is Welch's test over their distance. Null with fewer than two doses, or without variance.
 *
 * Henry Scheffé, *The Analysis of Variance* (1959), section 3.5 (contrasts); F. E. Satterthwaite, *Biometrics Bulletin* 2 (1946).
 */
export function linearTrend(samples: readonly DosedSample[], confidence: number): LinearTrend | null {
  const units = samples.reduce((sum, sample) => sum + sample.units, 0);
  requireConfidence(confidence);
  if (samples.length < 2 || !samples.every((sample) => sample.units >= 2 && sample.variance >= 0))
    return null;
  const centre = samples.reduce((sum, { dose, units: n }) => sum + (n / units) * dose, 0);
  const spread = samples.reduce((sum, { dose, units: n }) => sum + n * (dose - centre) ** 2, 0);
  if (!(spread > 0)) return null;
  const parts = samples.map(({ dose, mean, variance, units: n }) => {
    const weight = (n * (dose - centre)) / spread;
    return { estimate: weight * mean, variance: (weight * weight * variance) / n, freedom: n - 1 };
  });
  const slope = parts.reduce((sum, { estimate }) => sum + estimate, 0);
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const standardError = Math.sqrt(variance);
  const statistic = slope / standardError;
  if (!(standardError > 0) || !Number.isFinite(statistic)) return null;
  const degreesOfFreedom =
    1 / parts.reduce((sum, part) => sum + (part.variance / variance) ** 2 / part.freedom, 0);
  const reach = standardError * studentTIsf((1 - confidence) / 2, degreesOfFreedom);
  return answerOrNull({
    slope,
    standardError,
    statistic,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * studentTSf(Math.abs(statistic), degreesOfFreedom)),
    lower: slope - reach,
    upper: slope + reach,
  });
}
