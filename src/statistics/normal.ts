import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import { requireNumber, requireProbability } from "./domain.ts";

/** Standard normal density φ(x). */
export function normalDensity(x: number): number {
  requireNumber("x", x);
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * Lower tail Φ(x) = ½·erfc(−x/√2) of the standard normal, accurate to about 1e-13 relative wherever it is
 * above 1e-307. Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), 26.2.29.
 */
export function normalCdf(x: number): number {
  requireNumber("x", x);
  return 0.5 * erfc(-x / Math.SQRT2);
}

/** Upper tail 1 − Φ(x), computed as Φ(−x) so that small tails keep their digits. */
export function normalSf(x: number): number {
  return normalCdf(-x);
}

/** ln Φ(x), finite however far the tail. Beyond |x| = 30 by the series of Abramowitz & Stegun (1964), 26.2.12. */
export function normalLogCdf(x: number): number {
  requireNumber("x", x);
  if (x > 1) return Math.log1p(-normalCdf(-x));
  if (x > -FAR) return Math.log(normalCdf(x));
  const square = x * x;
  const series = 1 - (1 - (3 - (15 - 105 / square) / square) / square) / square;
  return -0.5 * square - Math.log(-x) - 0.5 * Math.log(2 * Math.PI) + Math.log(series);
}

/** ln(1 − Φ(x)), finite however far the tail. */
export function normalLogSf(x: number): number {
  return normalLogCdf(-x);
}

/**
 * The x with Φ(x) = p. −∞ at p = 0, +∞ at p = 1. Accurate in the lower tail down to p = 1e-300; for upper
 * tails use `normalIsf`. Throws outside [0, 1].
 */
export function normalQuantile(p: number): number {
  requireProbability(p);
  return p === 0.5 ? 0 : -Math.SQRT2 * erfcinv(2 * p);
}

/** The x with 1 − Φ(x) = p: the critical value of an upper tail. Throws outside [0, 1]. */
export function normalIsf(p: number): number {
  requireProbability(p);
  return p === 0.5 ? 0 : Math.SQRT2 * erfcinv(2 * p);
}

/** From here on the series is exact to the last bit. */
const FAR = 30;
