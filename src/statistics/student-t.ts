import betainc from "@stdlib/math-base-special-betainc";
import gammaln from "@stdlib/math-base-special-gammaln";
import kernelBetaincinv from "@stdlib/math-base-special-kernel-betaincinv";
import { requireNumber, requirePositive, requireProbability } from "./domain.ts";
import { normalCdf, normalQuantile } from "./normal.ts";

/**
 * Lower tail P(T ≤ t) of Student's t with `df` > 0 degrees of freedom (any real number; ∞ is the normal limit).
 * Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), 26.7.1 and 26.5.27.
 */
export function studentTCdf(t: number, df: number): number {
  requireNumber("t", t);
  requirePositive("degrees of freedom", df);
  if (df === Number.POSITIVE_INFINITY) return normalCdf(t);
  const outer = halfTail(Math.abs(t), df);
  return t > 0 ? 1 - outer : outer;
}

/** Upper tail P(T > t), computed on its own side: never 1 − cdf of a far tail. */
export function studentTSf(t: number, df: number): number {
  return studentTCdf(-t, df);
}

/**
 * The t with P(T ≤ t) = p; ∓∞ at 0 and 1. Accurate in the lower tail down to p = 1e-300; for upper tails use
 * `studentTIsf`. Throws where p is outside [0, 1] or `df` is not above 0.
 */
export function studentTQuantile(p: number, df: number): number {
  requireProbability(p);
  requirePositive("degrees of freedom", df);
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  if (p === 0.5) return 0;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  const [x, complement] = kernelBetaincinv(df / 2, 0.5, 2 * p, 1 - 2 * p) as [number, number];
  if (!(x > FAR)) return -Math.exp((logTailFactor(df) - Math.log(p)) / df);
  return -Math.sqrt(df) * (Math.sqrt(complement) / Math.sqrt(x));
}

/** The t with P(T > t) = p: the critical value of an upper tail. */
export function studentTIsf(p: number, df: number): number {
  return -studentTQuantile(p, df);
}

/** Below this df/t² its own digits are lost, and one term of the series is exact. */
const FAR = 1e-300;

/**
 * ln of the c in P(T > t) = c/t^df, the first term of the incomplete beta function's series in df/t².
 * Abramowitz & Stegun (1964), 26.5.4.
 */
function logTailFactor(df: number): number {
  const logBeta = gammaln(df / 2) + 0.5 * Math.log(Math.PI) - gammaln((df + 1) / 2);
  return (df / 2) * Math.log(df) - Math.log(df) - logBeta;
}

/** P(T > t) for t ≥ 0, from the side of the incomplete beta function that loses no digits. */
function halfTail(t: number, df: number): number {
  const scaled = t / Math.sqrt(df);
  const square = scaled * scaled;
  if (square > 1 / FAR) return Math.exp(logTailFactor(df) - df * Math.log(t));
  return square < 0.5
    ? betainc(square / (1 + square), 0.5, df / 2, true, true) / 2
    : betainc(1 / (1 + square), df / 2, 0.5, true, false) / 2;
}
