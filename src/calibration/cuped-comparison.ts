import { cuped } from "../statistics/cuped.ts";
import { fiellerLift } from "../statistics/fieller.ts";
import { type Moments, varianceOf } from "../statistics/moments.ts";
import { studentTIsf } from "../statistics/student-t.ts";
import { welch } from "../statistics/welch.ts";
import type { Compared } from "./compared.ts";

const NOTHING = { lower: null, upper: null };

/** Welch's test of the adjusted means, and Fieller's interval of the lift over the unadjusted control. */
export function compareWithCuped(control: Moments, variant: Moments, confidence: number): Compared {
  const adjusted = cuped(control, variant);
  if (adjusted === null) return { pValue: null, absolute: NOTHING, relative: NOTHING };
  const test = welch(adjusted.control, adjusted.variant, { confidence });
  const { estimate, standardError, degreesOfFreedom, pValue, lower, upper } = test;
  if (standardError === null || degreesOfFreedom === null)
    return { pValue, absolute: NOTHING, relative: NOTHING };
  const lift = fiellerLift({
    difference: estimate,
    varianceDifference: standardError ** 2,
    controlMean: control.means[0]!,
    varianceControlMean: varianceOf(control)! / control.units,
    covariance: adjusted.covarianceWithControlMean,
    critical: studentTIsf((1 - confidence) / 2, degreesOfFreedom),
  });
  return { pValue, absolute: { lower, upper }, relative: lift ?? NOTHING };
}
