import { fiellerLift } from "../statistics/fieller.ts";
import { normalIsf, normalSf } from "../statistics/normal.ts";
import { quantileDifference } from "../statistics/quantile-interval.ts";
import { type Estimator, NO_BOUNDS, type QuantileData, type Reading } from "./estimator.ts";
import { finite } from "./finite.ts";
import { meanLike } from "./mean-like.ts";
import { baseOf, contrastOf, contrastVariance, differenceOf, type Pair } from "./pair.ts";
import { absentArm } from "./read-arm.ts";

/**
 * The quantile of the arm's pooled event values. Its interval lies between order statistics, at ranks that count the
 * units as clusters; its standard error is that interval's width over 2z, and differences are normal (A.5). As a sample it is
 * a mean over its units whose error is that one, so that lifts, power and beliefs are those of any mean.
 */
export const quantile: Estimator = {
  ...meanLike,
  method: "quantile by order statistics (units as clusters), normal difference; Fieller interval",
  read: ({ quantile: data }, confidence) =>
    data ? readQuantile(data, confidence) : absentArm(0, "not-poolable"),
  test: (pair) => {
    const { statistic, pValue } = differenceAt(pair, 0.95);
    return { statistic, degreesOfFreedom: null, pValue };
  },
  absolute: (pair, confidence) => {
    const { lower, upper } = differenceAt(pair, confidence);
    return { lower, upper };
  },
  relative: (pair, confidence) => {
    const base = baseOf(pair);
    const bounds = fiellerLift({
      difference: differenceOf(pair),
      varianceDifference: contrastVariance(pair, 1),
      controlMean: base.mean,
      varianceControlMean: base.variance,
      covariance: base.covariance,
      critical: normalIsf((1 - confidence) / 2),
    });
    return bounds ?? NO_BOUNDS;
  },
  notWorse: (pair, { margin, sign, alpha }) => {
    const isRelative = margin.kind === "relative";
    const base = baseOf(pair);
    if (isRelative && base.mean <= 0) return { statistic: null, pValue: null, bound: null };
    const weight = isRelative ? 1 - sign * margin.value : 1;
    const distance = isRelative ? 0 : sign * margin.value;
    const error = Math.sqrt(contrastVariance(pair, weight));
    const statistic = finite((sign * (contrastOf(pair, weight) + distance)) / error);
    const ends = isRelative ? quantile.relative(pair, 1 - 2 * alpha) : quantile.absolute(pair, 1 - 2 * alpha);
    const end = sign > 0 ? ends.lower : ends.upper;
    return {
      statistic,
      pValue: statistic === null ? null : normalSf(statistic),
      bound: end === null ? null : sign * end,
    };
  },
};

function readQuantile({ units, value, lower, upper, inside }: QuantileData, confidence: number): Reading {
  if (units < 1 || value === null) return absentArm(units, "no-units");
  const known = { units, sum: null, mean: finite(value), standardDeviation: null, moments: null };
  if (lower === null || upper === null || !inside || units < 2) {
    return { ...known, interval: null, sample: null, missing: "few-events" };
  }
  const standardError = (upper - lower) / (2 * normalIsf((1 - confidence) / 2));
  const sample = { mean: value, variance: standardError ** 2 * units, units };
  return { ...known, interval: { lower, upper }, sample, missing: null };
}

function differenceAt({ control, variant }: Pair, confidence: number) {
  const errorOf = (arm: Pair["control"]) => Math.sqrt(arm.variance / arm.units);
  return quantileDifference(
    { estimate: control.mean, standardError: errorOf(control) },
    { estimate: variant.mean, standardError: errorOf(variant) },
    confidence,
  );
}
