import { answerOrNull, requireErrorRate } from "./domain.ts";
export interface MixtureInput {
  readonly estimate: number;
  /** Of the estimate now, se². */
  readonly variance: number;
  /** τ² of the normal prior of the effect that the test mixes over. */
  readonly mixingVariance: number;
  readonly alpha: number;
}

export interface MixtureTest {
  /** ln Λ, the mixture's likelihood ratio against no effect. */
  readonly logRatio: number;
  /** min(1, 1/Λ), of this look: valid at every look when the smallest so far is taken. */
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The mixture sequential probability ratio test of a normal estimate. The same as the asymptotic confidence sequence with
 * τ² = ρ²·n·se². Ramesh Johari, Leo Pekelis, David J. Walsh, "Always valid inference: bringing sequential analysis to A/B testing"
 * (2015, arXiv:1512.04922), section 3; the mixture is Herbert Robbins's, *Annals of Mathematical Statistics* 41 (1970).
 * Null where a variance is not above 0.
 */
export function mixtureSprt({ estimate, variance, mixingVariance, alpha }: MixtureInput): MixtureTest | null {
  requireErrorRate(alpha);
  if (!(variance > 0 && mixingVariance > 0)) return null;
  const total = variance + mixingVariance;
  const inflation = Math.log(total / variance);
  const logRatio = ((mixingVariance / total) * estimate * estimate) / (2 * variance) - inflation / 2;
  const reach = Math.sqrt(((variance * total) / mixingVariance) * (inflation - 2 * Math.log(alpha)));
  return answerOrNull({
    logRatio,
    pValue: Math.exp(Math.min(0, -logRatio)),
    lower: estimate - reach,
    upper: estimate + reach,
  });
}
