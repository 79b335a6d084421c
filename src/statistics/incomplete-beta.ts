import betainc from "@stdlib/math-base-special-betainc";
import { betaLogDensity } from "./beta-density.ts";

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 < x < 1, or its complement
 * 1 − I_x(a, b) where `upper`; about 1e-12 relative on either side, whatever the size of a and b.
 */
export function incompleteBeta(x: number, a: number, b: number, upper: boolean): number {
  if (Math.min(a, b) < LARGE) return betainc(x, a, b, true, upper);
  // The library loses seven digits at a = 10⁷; the continued fraction does not.
  const below = x < (a + 1) / (a + b + 2);
  const tail = below ? lowerTail(x, a, b) : lowerTail(1 - x, b, a);
  return below === upper ? 1 - tail : tail;
}

const LARGE = 1e5;
const CONVERGED = 4 * Number.EPSILON;

/**
 * I_x(a, b) for x below (a+1)/(a+b+2) by the continued fraction of Abramowitz & Stegun, *Handbook of
 * Mathematical Functions* (1964), 26.5.8, which takes about √max(a, b) steps; evaluated by the method of
 * W. J. Lentz, "Generating Bessel functions in Mie scattering calculations", *Applied Optics* 15 (1976).
 */
function lowerTail(x: number, a: number, b: number): number {
  const first = 1 / (1 - ((a + b) * x) / (a + 1));
  let [c, d, value] = [1, first, first];
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    [c, d] = [1 + even / c, 1 / (1 + even * d)];
    value *= c * d;
    [c, d] = [1 + odd / c, 1 / (1 + odd * d)];
    value *= c * d;
    if (!(Math.abs(c * d - 1) > CONVERGED)) break;
  }
  return (Math.exp(betaLogDensity(x, a, b)) * x * (1 - x) * value) / a;
}
