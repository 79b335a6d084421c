import { requireErrorRate, requireNumber, requirePositive } from "./domain.ts";
import { normalIsf, normalSf } from "./normal.ts";

/** The error rate that may be spent by an information fraction t in [0, 1], over all sides. */
export type SpendingFunction = (fraction: number, alpha: number, sides: 1 | 2) => number;

/**
 * O'Brien and Fleming's type: sides·2(1 − Φ(z_{1−α₁/2}/√t)), α₁ = α/sides. K. K. Gordon Lan, David L. DeMets, "Discrete sequential
 * boundaries for clinical trials", *Biometrika* 70 (1983), 659–663. Little is spent early.
 */
export const obrienFlemingSpending: SpendingFunction = (fraction, alpha, sides) => {
  requireNumber("a fraction", fraction);
  requireErrorRate(alpha);
  if (fraction <= 0) return 0;
  return Math.min(
    alpha,
    sides * 2 * normalSf(normalIsf(alpha / sides / 2) / Math.sqrt(Math.min(1, fraction))),
  );
};

/** Pocock's type: α·ln(1 + (e − 1)t). Lan and DeMets (1983). Nearly the same bound at every look. */
export const pocockSpending: SpendingFunction = (fraction, alpha) => {
  requireNumber("a fraction", fraction);
  requireErrorRate(alpha);
  return alpha * Math.log1p((Math.E - 1) * Math.min(1, Math.max(0, fraction)));
};

/**
 * α·t^ρ. KyungMann Kim, David L. DeMets, "Design and analysis of group sequential tests based on the type I error spending rate
 * function", *Biometrika* 74 (1987), 149–154. ρ > 0; 1 spends evenly, 3 is near O'Brien and Fleming.
 */
export function powerSpending(rho: number): SpendingFunction {
  requirePositive("rho", rho);
  return (fraction, alpha) => {
    requireNumber("a fraction", fraction);
    requireErrorRate(alpha);
    return alpha * Math.min(1, Math.max(0, fraction)) ** rho;
  };
}
