import gammainc from "@stdlib/math-base-special-gammainc";
import { requirePositive } from "./domain.ts";

/**
 * Lower tail P(X ≤ x) of the chi-squared distribution with `df` > 0 degrees of freedom: the regularised
 * incomplete gamma function P(df/2, x/2). Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964),
 * 26.4.19. 0 where x ≤ 0.
 */
export function chiSquaredCdf(x: number, df: number): number {
  requirePositive("degrees of freedom", df);
  if (x <= 0) return 0;
  return x === Number.POSITIVE_INFINITY ? 1 : gammainc(x / 2, df / 2, true, false);
}

/** Upper tail P(X > x), as Q(df/2, x/2); accurate to tails of 1e-300. 1 where x ≤ 0. */
export function chiSquaredSf(x: number, df: number): number {
  requirePositive("degrees of freedom", df);
  if (x <= 0) return 1;
  return x === Number.POSITIVE_INFINITY ? 0 : gammainc(x / 2, df / 2, true, true);
}
