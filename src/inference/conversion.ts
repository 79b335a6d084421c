import { expectedLoss, probabilityToBeat } from "../statistics/beta-posterior.ts";
import { varianceOf } from "../statistics/moments.ts";
import { powerOfProportions, unitsForProportions } from "../statistics/power-proportions.ts";
import type { Proportion } from "../statistics/proportion.ts";
import type { Sample } from "../statistics/sample.ts";
import { meeInterval } from "../statistics/score-difference.ts";
import { koopmanInterval } from "../statistics/score-ratio.ts";
import { twoProportionZ } from "../statistics/two-proportion-z.ts";
import { wilsonInterval } from "../statistics/wilson.ts";
import { conversionNotWorse } from "./conversion-margin.ts";
import { type Estimator, NO_BOUNDS, type Reading } from "./estimator.ts";
import { readArm } from "./read-arm.ts";

/** Pooled z, and the score intervals that invert it, so that the p-value and the intervals always agree (A.6). */
export const conversion: Estimator = {
  method: "two-proportion z (pooled); Mee and Koopman intervals",
  read: ({ moments }, confidence): Reading => {
    const successes = moments.units > 0 ? Math.round(moments.units * (moments.means[0] ?? 0)) : 0;
    const variance = varianceOf(moments);
    return readArm({
      units: moments.units,
      sum: successes,
      mean: successes / moments.units,
      variance,
      moments,
      interval: () => wilsonInterval({ successes, units: moments.units }, confidence),
    });
  },
  test: ({ control, variant }) => {
    const { statistic, pValue } = twoProportionZ(proportionOf(control), proportionOf(variant));
    return { statistic, degreesOfFreedom: null, pValue };
  },
  absolute: ({ control, variant }, confidence) =>
    meeInterval(proportionOf(control), proportionOf(variant), confidence),
  relative: ({ control, variant }, confidence) => {
    const interval = koopmanInterval(proportionOf(control), proportionOf(variant), confidence);
    if (interval === null) return NO_BOUNDS;
    return { lower: liftOf(interval.lower), upper: liftOf(interval.upper) };
  },
  powerAt: ({ control, variant }, difference, alpha) =>
    powerOfProportions({
      control: control.mean,
      variant: control.mean + difference,
      unitsControl: control.units,
      unitsVariant: variant.units,
      alpha,
    }),
  unitsNeeded: ({ control, variant }, alpha, power) =>
    unitsForProportions({ control: control.mean, variant: variant.mean, alpha, power }),
  belief: ({ control, variant }, sign) => {
    const [worse, better] = sign > 0 ? [control, variant] : [variant, control];
    return {
      probabilityToBeatControl: probabilityToBeat(proportionOf(worse), proportionOf(better)),
      expectedLoss: expectedLoss(proportionOf(worse), proportionOf(better)),
    };
  },
  notWorse: ({ control, variant }, terms) =>
    conversionNotWorse(proportionOf(control), proportionOf(variant), terms),
  doubts: ({ control, variant }) => (smallestExpectedCell(control, variant) < 5 ? ["small-counts"] : []),
};

function proportionOf(sample: Sample): Proportion {
  return { successes: Math.round(sample.units * sample.mean), units: sample.units };
}

function liftOf(ratio: number | null): number | null {
  return ratio === null ? null : ratio - 1;
}

/** Of the two-by-two table, under equal rates. */
function smallestExpectedCell(control: Sample, variant: Sample): number {
  const units = control.units + variant.units;
  const successes = proportionOf(control).successes + proportionOf(variant).successes;
  return (Math.min(control.units, variant.units) / units) * Math.min(successes, units - successes);
}
