import { fiellerLift } from "../statistics/fieller.ts";
import { varianceOf } from "../statistics/moments.ts";
import { normalPosterior } from "../statistics/normal-posterior.ts";
import { powerOfMeans, unitsForMeans } from "../statistics/power-means.ts";
import { studentInterval } from "../statistics/student-interval.ts";
import { studentTIsf } from "../statistics/student-t.ts";
import { welch } from "../statistics/welch.ts";
import { type Estimator, NO_BOUNDS } from "./estimator.ts";
import { meanNotWorse } from "./mean-margin.ts";
import { baseOf, differenceOf } from "./pair.ts";
import { readArm } from "./read-arm.ts";

/** Welch's t, with Fieller's interval of the lift (A.7). The beliefs are those of a flat prior. */
export const meanLike: Estimator = {
  method: "Welch t; Fieller interval",
  read: ({ moments }, confidence) => {
    const mean = moments.means[0] ?? 0;
    const variance = varianceOf(moments);
    return readArm({
      units: moments.units,
      sum: mean * moments.units,
      mean,
      variance,
      moments,
      interval: () =>
        variance === null ? null : studentInterval({ mean, variance, units: moments.units }, confidence),
    });
  },
  test: ({ control, variant }) => {
    const { statistic, degreesOfFreedom, pValue } = welch(control, variant, { confidence: 0.95 });
    return { statistic, degreesOfFreedom, pValue };
  },
  absolute: ({ control, variant }, confidence) => {
    const { lower, upper } = welch(control, variant, { confidence });
    return { lower, upper };
  },
  relative: (pair, confidence) => {
    const { degreesOfFreedom, standardError } = welch(pair.control, pair.variant, { confidence });
    if (degreesOfFreedom === null || standardError === null) return NO_BOUNDS;
    const base = baseOf(pair);
    const bounds = fiellerLift({
      difference: differenceOf(pair),
      varianceDifference: standardError ** 2,
      controlMean: base.mean,
      varianceControlMean: base.variance,
      covariance: base.covariance,
      critical: studentTIsf((1 - confidence) / 2, degreesOfFreedom),
    });
    return bounds ?? NO_BOUNDS;
  },
  powerAt: ({ control, variant }, difference, alpha) =>
    powerOfMeans({
      standardDeviationControl: Math.sqrt(control.variance),
      standardDeviationVariant: Math.sqrt(variant.variance),
      effect: difference,
      unitsControl: control.units,
      unitsVariant: variant.units,
      alpha,
    }),
  unitsNeeded: ({ control, variant }, alpha, power) =>
    control.variance + variant.variance === 0
      ? null
      : unitsForMeans({
          standardDeviationControl: Math.sqrt(control.variance),
          standardDeviationVariant: Math.sqrt(variant.variance),
          effect: variant.mean - control.mean,
          alpha,
          power,
        }),
  belief: ({ control, variant }, sign) => {
    const standardError = Math.sqrt(control.variance / control.units + variant.variance / variant.units);
    const posterior = normalPosterior({ estimate: sign * (variant.mean - control.mean), standardError });
    return {
      probabilityToBeatControl: posterior?.chanceToWin ?? null,
      expectedLoss: posterior?.riskVariant ?? null,
    };
  },
  notWorse: meanNotWorse,
  doubts: ({ control, variant }) => (control.variance + variant.variance === 0 ? ["no-variance"] : []),
};
