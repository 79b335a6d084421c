import { type LinearSystem, solvePivoted } from "./cholesky.ts";
import { answerOrNull } from "./domain.ts";
import { combine, covarianceOf, type Moments, meanOf, mergeMoments, varianceOf } from "./moments.ts";
import type { Sample } from "./sample.ts";
import { sum } from "./sum.ts";

export interface CupedArms {
  /** Of the adjusted values Y − θ·(X − X̄), X̄ over the union of the arms. */
  readonly control: Sample;
  readonly variant: Sample;
  /** Of the adjusted values too, up to a constant in their mean; with the third moment, for their skewness. */
  readonly controlMoments: Moments;
  readonly variantMoments: Moments;
  /** By covariate; 0 for one that says nothing beyond the others. */
  readonly theta: readonly number[];
  /** Covariates of which the others leave at most 1e-10 of the variance. */
  readonly dropped: readonly number[];
  /** 1 − adjusted variance of the difference over the unadjusted: what CUPED saved. */
  readonly varianceReduction: number;
  /** Of the adjusted difference with the unadjusted control mean: what a relative interval needs. */
  readonly covarianceWithControlMean: number;
}

/**
 * CUPED: the arms' means with what covariates from before exposure explain taken out. `moments` are of (outcome,
 * covariate 1, …, covariate p), p ≥ 1. θ = S_xx⁻¹·S_xy over the union of the two arms, centred at the union's
 * means (θ from within the arms inflates the error rate). Null where an arm has fewer than two units.
 *
 * Alex Deng, Ya Xu, Ron Kohavi, Toby Walker, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data" (WSDM 2013), equation 3 and section 3.2. Assumes that the covariates cannot have been moved
 * by the treatment. A covariate that is constant, or a combination of others, is left out.
 */
export function cuped(control: Moments, variant: Moments): CupedArms | null {
  if (!(control.units >= 2 && variant.units >= 2)) return null;
  const union = mergeMoments(control, variant);
  const covariates = union.means.length - 1;
  const system: LinearSystem = {
    matrix: range(covariates).map((i) => range(covariates).map((j) => covarianceOf(union, i + 1, j + 1)!)),
    right: range(covariates).map((i) => covarianceOf(union, 0, i + 1)!),
  };
  const { solution: theta, dropped } = solvePivoted(system, NEGLIGIBLE);
  const [controlSample, variantSample] = [
    adjust(control, union.means, theta),
    adjust(variant, union.means, theta),
  ];
  const before = varianceOf(control)! / control.units + varianceOf(variant)! / variant.units;
  const after = controlSample.variance / control.units + variantSample.variance / variant.units;
  const explained = sum(theta.map((weight, i) => weight * covarianceOf(control, 0, i + 1)!));
  return answerOrNull({
    control: controlSample,
    variant: variantSample,
    controlMoments: combine(control, [1, ...theta.map((weight) => -weight)]),
    variantMoments: combine(variant, [1, ...theta.map((weight) => -weight)]),
    theta,
    dropped,
    varianceReduction: before > 0 ? 1 - after / before : 0,
    covarianceWithControlMean: -(varianceOf(control)! - explained) / control.units,
  });
}

/** Share of a covariate's variance that the others must leave for it to count. */
const NEGLIGIBLE = 1e-10;

function adjust(arm: Moments, centres: readonly number[], theta: readonly number[]): Sample {
  const shift = sum(theta.map((weight, i) => weight * (arm.means[i + 1]! - centres[i + 1]!)));
  const weights = [1, ...theta.map((weight) => -weight)];
  const variance = sum(
    weights.flatMap((a, i) =>
      weights.map((b, j) => (a === 0 || b === 0 ? 0 : a * b * covarianceOf(arm, i, j)!)),
    ),
  );
  return { mean: meanOf(arm)! - shift, variance: Math.max(0, variance), units: arm.units };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
