import { requireAnswer, requireErrorRate, requireFinite, requirePositive } from "./domain.ts";

export interface SequenceInput {
  readonly estimate: number;
  readonly standardError: number;
  /** Units of both arms now. */
  readonly units: number;
  readonly alpha: number;
  /** Units of both arms at which the bounds are tightest. */
  readonly plannedUnits: number;
}

/** Null fields where there is no unit or no variance, or something is not finite. */
export interface ConfidenceSequence {
  readonly lower: number | null;
  readonly upper: number | null;
  /** Valid at every look; exp(logP), 0 where that underflows. */
  readonly pValue: number | null;
  /** ≤ 0. */
  readonly logP: number | null;
}

/**
 * ρ that makes the two-sided sequence tightest at `plannedUnits`: √((−2 ln α + ln(1 − 2 ln α)) / n*).
 * Waudby-Smith et al. (see `confidenceSequence`), equation 161; needs 0 < alpha < 1 and plannedUnits > 0.
 */
export function sequenceRho(alpha: number, plannedUnits: number): number {
  requireErrorRate(alpha);
  requirePositive("planned units", plannedUnits);
  requireFinite("planned units", plannedUnits);
  const x = -2 * Math.log(alpha);
  return Math.sqrt((x + Math.log1p(x)) / plannedUnits);
}

/**
 * Asymptotic confidence sequence of a mean difference: it covers the truth at every look at once with
 * probability 1 − α in the limit of large samples.
 *
 * Ian Waudby-Smith, David Arbour, Ritwik Sinha, Edward H. Kennedy, Aaditya Ramdas, "Time-uniform central limit
 * theory and asymptotic confidence sequences" (2021, arXiv:2103.06476v7), equation 9 (bounds) and 155 (p),
 * in logarithms because the exponential overflows.
 */
export function confidenceSequence(input: SequenceInput): ConfidenceSequence {
  const { estimate, standardError, units, alpha, plannedUnits } = input;
  if (!isEstimate(input)) return { lower: null, upper: null, pValue: null, logP: null };
  const rho = sequenceRho(alpha, plannedUnits);
  const growth = units * rho * rho;
  const reach = boundary(standardError, growth, 0.5 * Math.log1p(growth) - Math.log(alpha));
  const z = estimate / standardError;
  const logP = Math.min(0, 0.5 * Math.log1p(growth) - (growth * z * z) / (2 * (growth + 1)));
  return requireAnswer({ lower: estimate - reach, upper: estimate + reach, pValue: Math.exp(logP), logP });
}

/**
 * Upper end of the one-sided sequence: above the truth at every look at once with probability 1 − α, for
 * alpha < ½. Equation 134 of the paper above: the estimate plus the two-sided reach with ln(√(nρ²+1)/α)
 * replaced by ln(1 + √(nρ²+1)/(2α)), ρ at 2α. Null where there is no unit or no variance.
 *
 * Why: mixing the martingale exp(λS − λ²V/2) over a half-normal λ gives 2·Φ(x)·exp(x²/2)/√(nρ²+1), which
 * reaches 1/α at any look with probability at most α (Ville's inequality); since Φ(x) ≥ 1 − exp(−x²/2)/2,
 * exp(x²/2) = ½ + √(nρ²+1)/(2α) is far enough, and the bound takes 1 in place of ½.
 */
export function oneSidedUpper(input: SequenceInput): number | null {
  const { estimate, standardError, units, alpha, plannedUnits } = input;
  if (!isEstimate(input)) return null;
  const rho = sequenceRho(2 * alpha, plannedUnits);
  const growth = units * rho * rho;
  const reach = boundary(standardError, growth, Math.log1p(Math.sqrt(growth + 1) / (2 * alpha)));
  return requireAnswer(estimate + reach);
}

/**
 * ln of the smallest error rate at which the one-sided sequence lies wholly above 0 now: evidence, valid at every
 * look, that the truth is above 0. `oneSidedUpper` solved for α of the bound's logarithm, ρ staying at 2α; 0 where
 * the estimate is not above 0, null where there is no unit or no variance.
 */
export function oneSidedLogP(input: SequenceInput): number | null {
  const { estimate, standardError, units, alpha, plannedUnits } = input;
  if (!isEstimate(input)) return null;
  if (!(estimate > 0)) return 0;
  const rho = sequenceRho(2 * alpha, plannedUnits);
  const growth = units * rho * rho;
  const z = estimate / standardError;
  const exponent = (growth * z * z) / (2 * (growth + 1));
  const logExpm1 =
    exponent > 1 ? exponent + Math.log1p(-Math.exp(-exponent)) : Math.log(Math.expm1(exponent));
  return requireAnswer(Math.min(0, 0.5 * Math.log1p(growth) - Math.LN2 - logExpm1));
}

/** √(se²·n)·√(2(nρ²+1)/(n²ρ²)·l), with growth = nρ². */
function boundary(standardError: number, growth: number, logTerm: number): number {
  return standardError * Math.sqrt((2 * (growth + 1) * logTerm) / growth);
}

/** Whether there is something to judge: units, an error above 0, and all of it finite. */
function isEstimate({ estimate, standardError, units }: SequenceInput): boolean {
  return units > 0 && standardError > 0 && [estimate, standardError, units].every(Number.isFinite);
}
