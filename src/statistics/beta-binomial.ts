import { binomialLogPmf } from "./binomial.ts";

/** The number of successes in `trials` trials whose common probability is Beta(alpha, beta). */
export interface BetaBinomial {
  readonly trials: number;
  readonly alpha: number;
  readonly beta: number;
}

/** P(K ≤ k), summed on its own side, k from 0 to `trials` − 1; to about 1e-13 relative, in about √trials steps. */
export function betaBinomialCdf(k: number, distribution: BetaBinomial): number {
  return Math.min(
    1,
    sumTerms(distribution, 0, k, () => 1),
  );
}

/** E[max(0, K − k)], k from 0 to `trials` − 1: a sum of positive terms. */
export function betaBinomialExcess(k: number, distribution: BetaBinomial): number {
  return sumTerms(distribution, k + 1, distribution.trials, (successes) => successes - k);
}

/**
 * Σ weight(k)·P(K = k) for k from `from` to `to`, outwards from the likeliest one by the ratio of neighbours, until
 * terms no longer count. The weight changes slowly.
 */
function sumTerms(
  distribution: BetaBinomial,
  from: number,
  to: number,
  weight: (k: number) => number,
): number {
  const { trials, alpha, beta } = distribution;
  const start = Math.min(to, Math.max(from, modeOf(distribution)));
  const first = Math.exp(logProbability(start, distribution));
  let sum = first * weight(start);
  let probability = first;
  for (let k = start; k < to; k++) {
    probability *= ((trials - k) * (k + alpha)) / ((k + 1) * (trials - k - 1 + beta));
    const term = probability * weight(k + 1);
    sum += term;
    if (term < NEGLIGIBLE * sum) break;
  }
  probability = first;
  for (let k = start; k > from; k--) {
    probability *= (k * (trials - k + beta)) / ((trials - k + 1) * (k - 1 + alpha));
    const term = probability * weight(k - 1);
    sum += term;
    if (term < NEGLIGIBLE * sum) break;
  }
  return sum;
}

const NEGLIGIBLE = 1e-20;

/** Where neighbours are as likely as each other. */
function modeOf({ trials, alpha, beta }: BetaBinomial): number {
  const spread = alpha + beta - 2;
  return spread > 0 ? Math.round((trials * (alpha - 1) + 1 - beta) / spread) : 0;
}

/**
 * ln P(K = k) = ln of C(k+α−1, k)·C(n−k+β−1, n−k) / C(n+α+β−1, n), each coefficient through the binomial probability
 * that has it, at a p for which none is small: differences of log-gamma functions lose ten digits at n = 10⁶.
 */
function logProbability(k: number, { trials, alpha, beta }: BetaBinomial): number {
  const p = trials / (trials + alpha + beta - 1);
  return (
    Math.log1p(-p) +
    binomialLogPmf(k, k + alpha - 1, p) +
    binomialLogPmf(trials - k, trials - k + beta - 1, p) -
    binomialLogPmf(trials, trials + alpha + beta - 1, p)
  );
}
