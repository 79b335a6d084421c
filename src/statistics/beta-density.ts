import { binomialLogPmf } from "./binomial.ts";

/** Natural logarithm of the density of Beta(a, b), a, b ≥ 1, at x in (0, 1). */
export function betaLogDensity(x: number, a: number, b: number): number {
  return Math.log(a + b - 1) + binomialLogPmf(a - 1, a + b - 2, x);
}
