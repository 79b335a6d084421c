import { requireNumber, requireProbability } from "./domain.ts";
import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * Lower tail P(X ≤ k) of the binomial distribution of `n` trials of probability `p`: I_{1−p}(n − k, k + 1).
 * Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), 26.5.24. k is floored; n is at most 1e12.
 */
export function binomialCdf(k: number, n: number, p: number): number {
  return tail(Math.floor(k), n, p, false);
}

/** Upper tail P(X > k), computed on its own side. */
export function binomialSf(k: number, n: number, p: number): number {
  return tail(Math.floor(k), n, p, true);
}

/** The smallest k with P(X ≤ k) ≥ q. Throws where q is outside [0, 1]. */
export function binomialQuantile(q: number, n: number, p: number): number {
  requireProbability(q);
  return smallest(n, (k) => binomialCdf(k, n, p) >= q);
}

/** The smallest k with P(X > k) ≤ q: the critical value of an upper tail. Throws where q is outside [0, 1]. */
export function binomialIsf(q: number, n: number, p: number): number {
  requireProbability(q);
  return smallest(n, (k) => binomialSf(k, n, p) <= q);
}

/** From here on the continued fraction takes a million terms. */
const MOST_TRIALS = 1e12;

/** Throws on a number of trials that cannot be counted. */
function requireTrials(n: number): void {
  if (!(Number.isSafeInteger(n) && n >= 0 && n <= MOST_TRIALS))
    throw new RangeError(`trials are a whole number of at most ${MOST_TRIALS}; got ${n}`);
}

function tail(k: number, n: number, p: number, upper: boolean): number {
  requireTrials(n);
  requireNumber("k", k);
  requireProbability(p);
  if (k < 0) return upper ? 1 : 0;
  if (k >= n) return upper ? 0 : 1;
  if (p === 0) return upper ? 0 : 1;
  if (p === 1) return upper ? 1 : 0;
  return incompleteBeta(p, k + 1, n - k, !upper);
}

function smallest(n: number, holds: (k: number) => boolean): number {
  requireTrials(n);
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
