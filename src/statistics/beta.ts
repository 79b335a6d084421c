import { requirePositive } from "./domain.ts";
import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * Lower tail P(X ≤ x) of Beta(a, b): the regularised incomplete beta function I_x(a, b).
 * Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), 26.5.1. 0 below the support, 1 above it.
 */
export function betaCdf(x: number, a: number, b: number): number {
  return tail(x, a, b, false);
}

/** Upper tail P(X > x) of Beta(a, b), computed on its own side. */
export function betaSf(x: number, a: number, b: number): number {
  return tail(x, a, b, true);
}

function tail(x: number, a: number, b: number, upper: boolean): number {
  requirePositive("a", a);
  requirePositive("b", b);
  if (x <= 0) return upper ? 1 : 0;
  if (x >= 1) return upper ? 0 : 1;
  return incompleteBeta(x, a, b, upper);
}
