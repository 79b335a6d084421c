import { betaCdf, betaIsf, betaQuantile, betaSf } from "./beta.ts";
import { betaBinomialCdf, betaBinomialExcess } from "./beta-binomial.ts";
import { betaLogDensity } from "./beta-density.ts";
import type { Bounds } from "./bounds.ts";
import { requireConfidence, requirePositive, requireProportions } from "./domain.ts";
import { integrateLogConcave } from "./log-concave-integral.ts";
import type { Proportion } from "./proportion.ts";

/** Parameters of the beta prior of both rates, each above 0; default: uniform, [1, 1]. Jeffreys's is [½, ½]. */
export type BetaPrior = readonly [alpha: number, beta: number];

const UNIFORM: BetaPrior = [1, 1];

/** The posterior of one rate: Beta(α + successes, β + failures), its mean and its central credible interval. */
export function betaPosterior(
  arm: Proportion,
  confidence: number,
  prior: BetaPrior = UNIFORM,
): Bounds & { readonly mean: number } {
  const [a, b] = posterior(arm, prior);
  requireConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return { mean: a / (a + b), lower: betaQuantile(tail, a, b), upper: betaIsf(tail, a, b) };
}

/**
 * P(variant's rate > control's rate) under independent beta posteriors. With whole parameters it is a tail of the beta-binomial distribution:
 * P(B > x) is the chance of fewer than α_B successes in α_B + β_B − 1 trials of probability x. This is the closed sum of Evan Miller,
 * "Formulas for Bayesian A/B testing" (2014), in another order. Other parameters, each at least ½: ∫ f_A(x)·P(B > x) dx.
 */
export function probabilityToBeat(
  control: Proportion,
  variant: Proportion,
  prior: BetaPrior = UNIFORM,
): number {
  const [a, b] = shorterSum(posterior(control, prior), posterior(variant, prior));
  if (![...a, ...b].every(Number.isInteger)) return integrateBeating(a, b);
  return betaBinomialCdf(b[0] - 1, { trials: b[0] + b[1] - 1, alpha: a[0], beta: a[1] });
}

/**
 * Expected loss of choosing the variant, E[max(0, pA − pB)], in rate points. With whole parameters ∫₀ˣ P(B < t) dt is a sum of binomial
 * probabilities (the antiderivative of a Bernstein polynomial), and their mean over A is the excess of a beta-binomial number over
 * α_B: all terms are positive, where the difference of two means (Chris Stucchio, "Bayesian A/B testing at VWO"
 * (2015)) cancels. Other parameters: ∫ P(A > x)·P(B < x) dx.
 */
export function expectedLoss(control: Proportion, variant: Proportion, prior: BetaPrior = UNIFORM): number {
  const [a, b] = shorterSum(posterior(control, prior), posterior(variant, prior));
  if (![...a, ...b].every(Number.isInteger)) return integrateLoss(a, b);
  const trials = b[0] + b[1];
  return betaBinomialExcess(b[0], { trials, alpha: a[0], beta: a[1] }) / trials;
}

type Parameters = readonly [alpha: number, beta: number];

/** The two rates, or the two rates of failure in exchanged places, which beat each other just as much: fewer units come second. */
function shorterSum(a: Parameters, b: Parameters): readonly [Parameters, Parameters] {
  if (b[0] + b[1] <= a[0] + a[1]) return [a, b];
  return [
    [b[1], b[0]],
    [a[1], a[0]],
  ];
}

/** Over the logit of x, where both factors have concave logarithms. */
function integrateBeating(a: Parameters, b: Parameters): number {
  const integral = integrateLogConcave(
    (y) => logitLogDensity(y, a) + Math.log(betaSf(rateOf(y), ...b)),
    (y) => {
      const x = rateOf(y);
      if (betaSf(x, ...b) === 0) return -1;
      return a[0] * (1 - x) - a[1] * x - Math.exp(logitLogDensity(y, b)) / betaSf(x, ...b);
    },
  );
  return Math.min(1, integral);
}

function integrateLoss(a: Parameters, b: Parameters): number {
  return integrateLogConcave(
    (y) => {
      const x = rateOf(y);
      return Math.log(x) + Math.log(1 - x) + Math.log(betaSf(x, ...a)) + Math.log(betaCdf(x, ...b));
    },
    (y) => {
      const x = rateOf(y);
      const [above, below] = [betaSf(x, ...a), betaCdf(x, ...b)];
      if (above === 0) return -1;
      if (below === 0) return 1;
      return 1 - 2 * x + Math.exp(logitLogDensity(y, b)) / below - Math.exp(logitLogDensity(y, a)) / above;
    },
  );
}

function posterior(arm: Proportion, prior: BetaPrior): Parameters {
  requireProportions(arm);
  for (const parameter of prior) requirePositive("a parameter of a prior", parameter);
  if (!(arm.units + prior[0] + prior[1] <= MOST))
    throw new RangeError(
      `a posterior takes at most ${MOST} units; got ${arm.units} with ${prior.join(", ")}`,
    );
  return [prior[0] + arm.successes, prior[1] + arm.units - arm.successes];
}

/** From here on sums take a million terms. */
const MOST = 1e12;

function rateOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** ln of the density of the logit, x(1 − x)·f(x), by the density of Beta(a + 1, b + 1), which is finite everywhere. */
function logitLogDensity(logit: number, [a, b]: Parameters): number {
  const scale = ((a / (a + b)) * b) / (a + b + 1);
  return betaLogDensity(rateOf(logit), a + 1, b + 1) + Math.log(scale);
}
