import kernelBetaincinv from "@stdlib/math-base-special-kernel-betaincinv";
import { requireAnswer, requireNumber, requireProbability } from "./domain.ts";
import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * Lower tail P(X ≤ x) of Beta(a, b): the regularised incomplete beta function I_x(a, b), a and b above 0 and at most 1e12.
 * Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), 26.5.1. 0 below the support, 1 above it.
 */
export function betaCdf(x: number, a: number, b: number): number {
  return tail(x, a, b, false);
}

/** Upper tail P(X > x) of Beta(a, b), computed on its own side. */
export function betaSf(x: number, a: number, b: number): number {
  return tail(x, a, b, true);
}

/**
 * The x with P(X ≤ x) = p for Beta(a, b): the median's side of the smaller tail keeps its digits. Throws where p
 * is outside [0, 1] or a or b is not above 0.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return inverse(p, 1 - p, a, b);
}

/** The x with P(X > x) = p for Beta(a, b): the critical value of an upper tail. */
export function betaIsf(p: number, a: number, b: number): number {
  return inverse(1 - p, p, a, b);
}

function inverse(lower: number, upper: number, a: number, b: number): number {
  requireProbability(lower);
  requireParameters(a, b);
  if (lower === 0) return 0;
  if (upper === 0) return 1;
  return requireAnswer((kernelBetaincinv(a, b, lower, upper) as [number, number])[0]);
}

function tail(x: number, a: number, b: number, upper: boolean): number {
  requireNumber("x", x);
  requireParameters(a, b);
  if (x <= 0) return upper ? 1 : 0;
  if (x >= 1) return upper ? 0 : 1;
  return incompleteBeta(x, a, b, upper);
}

function requireParameters(a: number, b: number): void {
  for (const parameter of [a, b])
    if (!(parameter > 0 && parameter <= MOST))
      throw new RangeError(`parameters are above 0 and at most ${MOST}; got ${parameter}`);
}

/** From here on the continued fraction takes a million terms. */
const MOST = 1e12;
