import { isAdjustableKind } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import { cuped } from "../statistics/cuped.ts";
import { cupedRatio } from "../statistics/cuped-ratio.ts";
import { differenceSkewness } from "../statistics/skewness.ts";
import type { ReadArm } from "./compared-arm.ts";
import { finite } from "./finite.ts";
import type { UnadjustedReason } from "./metric-estimate.ts";
import type { Pair } from "./pair.ts";

export interface AdjustedPair {
  readonly pair: Pair;
  readonly theta: readonly number[];
  /** 1 − adjusted variance of the difference over the unadjusted. */
  readonly varianceReduction: number;
  /** Of the adjusted difference. */
  readonly skewness: number | null;
}

/** Units per arm below which the weight of a covariate is not estimated: 50 and 10 for each (A.8). */
const FEWEST_UNITS = 60;

/** Two arms with what their units did before exposure taken out, or why that is not done (A.8). */
export function adjustPair(
  metric: Metric,
  control: ReadArm,
  variant: ReadArm,
): AdjustedPair | UnadjustedReason {
  if (metric.per !== null || !isAdjustableKind(metric.kind)) return "not-for-kind";
  const { sample } = control.reading;
  if (sample === null || variant.reading.sample === null) return "too-few-units";
  if (control.covariates === null || variant.covariates === null) return "no-covariate";
  if (Math.min(sample.units, variant.reading.sample.units) < FEWEST_UNITS) return "too-few-units";
  const estimate = metric.kind === "ratio" ? cupedRatio : cuped;
  const adjusted = estimate(control.covariates, variant.covariates);
  if (adjusted === null || adjusted.dropped.length === adjusted.theta.length) return "no-variance";
  return {
    pair: {
      control: adjusted.control,
      variant: adjusted.variant,
      base: {
        mean: sample.mean,
        variance: sample.variance / sample.units,
        covariance: adjusted.covarianceWithControlMean,
      },
    },
    theta: adjusted.theta,
    varianceReduction: adjusted.varianceReduction,
    skewness: finite(differenceSkewness(adjusted.controlMoments, adjusted.variantMoments)),
  };
}
