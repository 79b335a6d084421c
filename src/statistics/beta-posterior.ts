import { betaCdf, betaSf } from "./beta.ts";
import { betaLogDensity } from "./beta-density.ts";
import { integrateLogConcave } from "./log-concave-integral.ts";
import type { Proportion } from "./proportion.ts";

/** Parameters of the beta prior of both rates, each ≥ 1; default: uniform. */
export type BetaPrior = readonly [alpha: number, beta: number];

const UNIFORM: BetaPrior = [1, 1];

/**
 * P(variant's rate > control's rate) under independent beta posteriors: ∫ f_A(x)·P(B > x) dx. The closed sum
 * of Evan Miller, "Formulas for Bayesian A/B testing" (2014), is the same number; the integral
 * needs neither whole numbers nor a term per success.
 */
export function probabilityToBeat(
  control: Proportion,
  variant: Proportion,
  prior: BetaPrior = UNIFORM,
): number {
  const [a, b] = [posterior(control, prior), posterior(variant, prior)];
  const integral = integrateLogConcave(
    (x) => Math.exp(betaLogDensity(x, ...a)) * betaSf(x, ...b),
    (x) => (betaSf(x, ...b) > 0 ? (a[0] - 1) / x - (a[1] - 1) / (1 - x) - hazard(x, b) : -1),
  );
  return Math.min(1, integral);
}

/**
 * Expected loss of choosing the variant, E[max(0, pA − pB)], in rate points: ∫ P(A > x)·P(B < x) dx, a
 * positive integrand where the difference of two means (Chris Stucchio, "Bayesian A/B testing at VWO" (2015)) cancels.
 */
export function expectedLoss(control: Proportion, variant: Proportion, prior: BetaPrior = UNIFORM): number {
  const [a, b] = [posterior(control, prior), posterior(variant, prior)];
  return integrateLogConcave(
    (x) => betaSf(x, ...a) * betaCdf(x, ...b),
    (x) => {
      if (betaSf(x, ...a) === 0) return -1;
      if (betaCdf(x, ...b) === 0) return 1;
      return Math.exp(betaLogDensity(x, ...b)) / betaCdf(x, ...b) - hazard(x, a);
    },
  );
}

function posterior(arm: Proportion, prior: BetaPrior): readonly [number, number] {
  return [prior[0] + arm.successes, prior[1] + arm.units - arm.successes];
}

/** Density over upper tail. */
function hazard(x: number, shape: readonly [number, number]): number {
  return Math.exp(betaLogDensity(x, ...shape)) / betaSf(x, ...shape);
}
