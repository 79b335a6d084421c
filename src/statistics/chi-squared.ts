import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";
import { requireNumber, requireProbability } from "./domain.ts";
import { findRoot } from "./find-root.ts";

/**
 * Lower tail P(X ≤ x) of the chi-squared distribution with `df` degrees of freedom, 1e-300 to 1e12: the regularised
 * incomplete gamma function P(df/2, x/2). Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964),
 * 26.4.19. 0 where x ≤ 0.
 */
export function chiSquaredCdf(x: number, df: number): number {
  requireNumber("x", x);
  requireFreedom(df);
  if (x <= 0) return 0;
  return x === Number.POSITIVE_INFINITY ? 1 : gammainc(x / 2, df / 2, true, false);
}

/** Upper tail P(X > x), as Q(df/2, x/2); accurate to tails of 1e-300. 1 where x ≤ 0. */
export function chiSquaredSf(x: number, df: number): number {
  requireNumber("x", x);
  requireFreedom(df);
  if (x <= 0) return 1;
  return x === Number.POSITIVE_INFINITY ? 0 : gammainc(x / 2, df / 2, true, true);
}

/**
 * ln P(X > x), finite however far the tail: where the tail is too small for a double, by Legendre's continued
 * fraction, Abramowitz & Stegun (1964), 6.5.31.
 */
export function chiSquaredLogSf(x: number, df: number): number {
  const tail = chiSquaredSf(x, df);
  if (tail > SMALLEST || x === Number.POSITIVE_INFINITY) return Math.log(tail);
  const [a, y] = [df / 2, x / 2];
  let fraction = 0;
  for (let m = TERMS; m > 0; m--) fraction = (m * (a - m)) / (y + 2 * m + 1 - a + fraction);
  return a * Math.log(y) - y - gammaln(a) - Math.log(y + 1 - a + fraction);
}

/**
 * The x with P(X ≤ x) = p; 0 and ∞ at p = 0 and 1. Accurate to tails of 1e-300; for upper tails use
 * `chiSquaredIsf`. Throws where p is outside [0, 1] or `df` outside [1e-300, 1e12].
 */
export function chiSquaredQuantile(p: number, df: number): number {
  requireProbability(p);
  requireFreedom(df);
  if (p === 0) return 0;
  if (p > 0.5) return chiSquaredIsf(1 - p, df);
  // P(a, y) ≤ yᵃ/Γ(a + 1): the first term of the series is never above the root.
  const least = 2 * Math.exp((Math.log(p) + gammaln(df / 2 + 1)) / (df / 2));
  if (least < SMALLEST) return least;
  const excess = (x: number) => Math.log(chiSquaredCdf(x, df)) - Math.log(p);
  return findRoot(excess, least * (1 - 1e-9), upwards(excess, Math.max(df, 2 * least)));
}

/** The x with P(X > x) = p: the critical value of an upper tail. ∞ at p = 0, 0 at p = 1. */
export function chiSquaredIsf(p: number, df: number): number {
  requireProbability(p);
  requireFreedom(df);
  if (p === 0) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return chiSquaredQuantile(1 - p, df);
  const excess = (x: number) => Math.log(p) - Math.log(chiSquaredSf(x, df));
  return findRoot(excess, 0, upwards(excess, df));
}

function requireFreedom(df: number): void {
  if (!(df >= LEAST_FREEDOM && df <= MOST_FREEDOM))
    throw new RangeError(`degrees of freedom lie in [${LEAST_FREEDOM}, ${MOST_FREEDOM}]; got ${df}`);
}

const LEAST_FREEDOM = 1e-300;

/** From here on the incomplete gamma function takes a million terms. */
const MOST_FREEDOM = 1e12;

/** A point at or above `from` where an increasing function is no longer negative. */
function upwards(f: (x: number) => number, from: number): number {
  let x = from;
  while (f(x) < 0) x *= 2;
  return x;
}

const SMALLEST = 1e-290;

/** Far in the tail the fraction settles within a few of them. */
const TERMS = 200;
