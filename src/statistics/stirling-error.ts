import gammaln from "@stdlib/math-base-special-gammaln";

/**
 * ln Γ(x+1) − ln(√(2πx)·(x/e)ˣ) for x > 0: the error of Stirling's formula. From x = 16 on by the series of
 * Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), 6.1.41, whose first term left out is then
 * below 1e-15 of the sum.
 */
export function stirlingError(x: number): number {
  if (x < 16) return gammaln(x + 1) - (x + 0.5) * Math.log(x) + x - 0.5 * Math.log(2 * Math.PI);
  const square = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / x;
}
