import { criticalValue } from "./critical-value.ts";
import { answerOrNull, requirePositive } from "./domain.ts";
import { normalCdf, normalDensity } from "./normal.ts";

export interface NormalPosteriorInput {
  readonly estimate: number;
  readonly standardError: number;
  /** Normal prior of the effect; flat where absent. */
  readonly prior?: { readonly mean: number; readonly variance: number };
  /** Of the central credible interval, default 0.95. */
  readonly confidence?: number;
}

export interface NormalPosterior {
  readonly mean: number;
  readonly standardDeviation: number;
  /** P(effect > 0). */
  readonly chanceToWin: number;
  /** E[max(0, −effect)]: the expected loss of choosing the variant. */
  readonly riskVariant: number;
  /** E[max(0, effect)]: the expected loss of staying with the control. */
  readonly riskControl: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Posterior of an effect with a normal estimate and a normal or flat prior. Null where the standard error is
 * not above 0. Andrew Gelman et al., *Bayesian Data Analysis* (3rd ed., 2013), section 2.5; the
 * risks are the unit normal linear losses, Howard Raiffa & Robert Schlaifer, *Applied Statistical Decision
 * Theory* (1961).
 */
export function normalPosterior(input: NormalPosteriorInput): NormalPosterior | null {
  const { estimate, standardError, prior, confidence = 0.95 } = input;
  if (!(standardError > 0)) return null;
  if (prior !== undefined) requirePositive("a prior's variance", prior.variance);
  const dataPrecision = 1 / (standardError * standardError);
  const priorPrecision = prior === undefined ? 0 : 1 / prior.variance;
  const precision = dataPrecision + priorPrecision;
  const mean =
    prior === undefined ? estimate : (estimate * dataPrecision + prior.mean * priorPrecision) / precision;
  const standardDeviation = prior === undefined ? standardError : Math.sqrt(1 / precision);
  const z = mean / standardDeviation;
  if (!Number.isFinite(z)) return null;
  const reach = standardDeviation * criticalValue(confidence, 2);
  return answerOrNull({
    mean,
    standardDeviation,
    chanceToWin: normalCdf(z),
    riskVariant: standardDeviation * linearLoss(z),
    riskControl: standardDeviation * linearLoss(-z),
    lower: mean - reach,
    upper: mean + reach,
  });
}

/** E[max(0, −(Z + z))] of a standard normal Z. */
function linearLoss(z: number): number {
  return Math.max(0, normalDensity(z) - z * normalCdf(-z));
}
