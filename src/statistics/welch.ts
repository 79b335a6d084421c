import { orInfinite, requireConfidence, requireNumber } from "./domain.ts";
import type { Sample } from "./sample.ts";
import { studentTCdf, studentTIsf, studentTSf } from "./student-t.ts";

export interface WelchOptions {
  /** Two-sided level of the interval, in (0, 1). */
  readonly confidence: number;
  /** w of the contrast variant − w·control, default 1. */
  readonly weight?: number;
}

/** All but the estimate is null where an arm has fewer than two units or neither varies. */
export interface WelchTest {
  /** variant − weight·control. */
  readonly estimate: number;
  readonly standardError: number | null;
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  /** Two-sided. */
  readonly pValue: number | null;
  /** P(T ≥ statistic): small where the contrast lies above 0. */
  readonly pGreater: number | null;
  /** P(T ≤ statistic): small where the contrast lies below 0. */
  readonly pLess: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Test of variant − weight·control = 0 with unequal variances, and its interval.
 *
 * B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
 * involved", *Biometrika* 34 (1947); degrees of freedom by F. E. Satterthwaite, "An approximate distribution
 * of estimates of variance components", *Biometrics Bulletin* 2 (1946). Assumes independent units
 * and arm means that are close to normal.
 */
export function welch(control: Sample, variant: Sample, options: WelchOptions): WelchTest {
  const weight = options.weight ?? 1;
  requireConfidence(options.confidence);
  requireNumber("a weight", weight);
  const estimate = orInfinite(variant.mean - weight * control.mean);
  const controlPart = (weight * weight * control.variance) / control.units;
  const variantPart = variant.variance / variant.units;
  const standardError = Math.sqrt(controlPart + variantPart);
  const computable =
    control.units >= 2 && variant.units >= 2 && standardError > 0 && standardError < Infinity;
  const statistic = estimate / standardError;
  if (!computable || !Number.isFinite(statistic) || !(controlPart >= 0 && variantPart >= 0))
    return { estimate, ...NOTHING };
  const controlShare = controlPart / (controlPart + variantPart);
  const degreesOfFreedom =
    1 / (controlShare ** 2 / (control.units - 1) + (1 - controlShare) ** 2 / (variant.units - 1));
  const reach = standardError * studentTIsf((1 - options.confidence) / 2, degreesOfFreedom);
  return {
    estimate,
    standardError,
    statistic,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * studentTSf(Math.abs(statistic), degreesOfFreedom)),
    pGreater: studentTSf(statistic, degreesOfFreedom),
    pLess: studentTCdf(statistic, degreesOfFreedom),
    lower: estimate - reach,
    upper: estimate + reach,
  };
}

const NOTHING = {
  standardError: null,
  statistic: null,
  degreesOfFreedom: null,
  pValue: null,
  pGreater: null,
  pLess: null,
  lower: null,
  upper: null,
} as const;
