import {
  requireAnswer,
  requireFinite,
  requireNumber,
  requirePositive,
  requireProbability,
} from "./domain.ts";
import { integrateSmooth } from "./double-exponential.ts";
import { findRoot } from "./find-root.ts";
import { normalLogCdf } from "./normal.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * Lower tail P(T ≤ t) of the noncentral t distribution, T = (Z + noncentrality)/s with s² chi-squared over
 * its `df` > 0 degrees of freedom: ∫ Φ(t·s − noncentrality)·g(s) ds over the density g of s. Norman L. Johnson, Samuel
 * Kotz, N. Balakrishnan, *Continuous Univariate Distributions* 2 (2nd ed., 1995), chapter 31. Both factors have
 * concave logarithms, so that the peak is found by bisection and far tails keep their digits.
 */
export function noncentralTCdf(t: number, df: number, noncentrality: number): number {
  return Math.exp(logTail(t, df, noncentrality, 1));
}

/** Upper tail P(T > t), computed on its own side. */
export function noncentralTSf(t: number, df: number, noncentrality: number): number {
  return Math.exp(logTail(t, df, noncentrality, -1));
}

/** ln P(T > t), finite however far the tail. */
export function noncentralTLogSf(t: number, df: number, noncentrality: number): number {
  return logTail(t, df, noncentrality, -1);
}

/** The t with P(T ≤ t) = p; ∓∞ at 0 and 1. Throws where p is outside [0, 1], `df` outside [1, 1e9] or |noncentrality| above 1e9. */
export function noncentralTQuantile(p: number, df: number, noncentrality: number): number {
  requireProbability(p);
  requireModerate(df, noncentrality);
  if (p > 0.5) return noncentralTIsf(1 - p, df, noncentrality);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  return solve((t) => logTail(t, df, noncentrality, 1) - Math.log(p), noncentrality);
}

/** The t with P(T > t) = p: the critical value of an upper tail. */
export function noncentralTIsf(p: number, df: number, noncentrality: number): number {
  requireProbability(p);
  requireModerate(df, noncentrality);
  if (p > 0.5) return noncentralTQuantile(1 - p, df, noncentrality);
  if (p === 0) return Number.POSITIVE_INFINITY;
  return solve((t) => Math.log(p) - logTail(t, df, noncentrality, -1), noncentrality);
}

/** The root of an increasing function, in brackets that double around a first guess. */
function solve(f: (t: number) => number, guess: number): number {
  const bracket = (side: 1 | -1) => {
    let reach = Math.max(1, Math.abs(guess) * 1e-6);
    while (side * f(guess + side * reach) < 0) reach *= 2;
    return guess + side * reach;
  };
  return findRoot(f, bracket(-1), bracket(1));
}

/** Elsewhere quantiles leave the range of a double, or of time. */
function requireModerate(df: number, noncentrality: number): void {
  if (!(df >= 1 && df <= MOST && Math.abs(noncentrality) <= MOST))
    throw new RangeError(`quantiles take df from 1 and both up to ${MOST}; got ${df} and ${noncentrality}`);
}

const MOST = 1e9;

/** ln of ∫ Φ(side·(t·s − noncentrality))·g(s) ds. */
function logTail(t: number, df: number, noncentrality: number, side: 1 | -1): number {
  requirePositive("degrees of freedom", df);
  requireNumber("t", t);
  requireFinite("degrees of freedom and noncentrality", df, noncentrality);
  if (!Number.isFinite(t)) return side * t > 0 ? 0 : Number.NEGATIVE_INFINITY;
  const constant = logDensityConstant(df);
  const log = (s: number) => constant + logKernel(s, df) + normalLogCdf(side * (t * s - noncentrality));
  const slope = (s: number) => {
    const x = side * (t * s - noncentrality);
    return (df - 1) / s - df * s + side * t * Math.exp(-0.5 * x * x - normalLogCdf(x)) * DENSITY;
  };
  const peak = lastWhere((s) => slope(s) > 0);
  const top = log(peak);
  if (!(top > Number.NEGATIVE_INFINITY)) return top;
  const left = firstBelow(peak, (s) => log(s) >= top - NEGLIGIBLE);
  const right = lastWhere((s) => s <= peak || log(s) >= top - NEGLIGIBLE);
  const scaled = (s: number) => Math.exp(log(s) - top);
  return requireAnswer(
    top + Math.log(integrateSmooth(scaled, left, peak) + integrateSmooth(scaled, peak, right)),
  );
}

/** e⁻⁴⁵ of the peak is below the last bit. */
const NEGLIGIBLE = 45;
const DENSITY = 1 / Math.sqrt(2 * Math.PI);

/** ln g(s) without its constant, with a = df/2: a(1 − s² + 2 ln s) − ln s, which cancels around s = 1. */
function logKernel(s: number, df: number): number {
  const u = s - 1;
  const logarithm = Math.abs(u) < 0.5 ? Math.log1p(u) : Math.log(s);
  return (df / 2) * (2 * logarithm - 2 * u - u * u) - logarithm;
}

/** ln(2aᵃe⁻ᵃ/Γ(a)) with a = df/2, by Stirling's formula, because the powers cancel. */
function logDensityConstant(df: number): number {
  const a = df / 2;
  return Math.LN2 + 0.5 * Math.log(a / (2 * Math.PI)) - stirlingError(a);
}

/** The end of the interval (0, x] in which a condition holds from 0 on. */
function lastWhere(holds: (s: number) => boolean): number {
  let high = 1;
  while (holds(high)) high *= 2;
  let low = 0;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The start of the interval up to `peak` in which a condition holds. */
function firstBelow(peak: number, holds: (s: number) => boolean): number {
  let [low, high] = [0, peak];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return low;
}
