import { requireNumber, requireProbability } from "./domain.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * Natural logarithm of the probability of `k` successes in `n` trials of probability `p`; −∞ where it is
 * impossible. k and n may be real (the beta density is this at real arguments).
 *
 * Catherine Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000): a saddle
 * point expansion, because differences of log-gamma functions lose ten digits at n = 10⁶.
 */
export function binomialLogPmf(k: number, n: number, p: number): number {
  requireProbability(p);
  requireNumber("successes", k);
  if (!(n >= 0 && n <= MOST_TRIALS))
    throw new RangeError(`trials are 0 or more and at most ${MOST_TRIALS}; got ${n}`);
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  if (p <= 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (p >= 1) return k === n ? 0 : Number.NEGATIVE_INFINITY;
  if (k === 0) return n * Math.log1p(-p);
  if (k === n) return n * Math.log(p);
  const failures = n - k;
  const corrections = stirlingError(n) - stirlingError(k) - stirlingError(failures);
  const deviances = deviance(k, n * p) + deviance(failures, n * (1 - p));
  return corrections - deviances + 0.5 * Math.log(n / (2 * Math.PI * k * failures));
}

/** With |v| < 0.1 the terms after this one are below half a bit. */
const LAST_ODD = 19;

/** x·ln(x/mean) + mean − x, without cancellation where x is near the mean. */
function deviance(x: number, mean: number): number {
  const difference = x - mean;
  const v = difference / (x + mean);
  if (Math.abs(v) >= 0.1) return x * Math.log(x / mean) - difference;
  let sum = difference * v;
  let term = 2 * x * v;
  for (let odd = 3; odd <= LAST_ODD; odd += 2) {
    term *= v * v;
    sum += term / odd;
  }
  return sum;
}

const MOST_TRIALS = 1e200;
