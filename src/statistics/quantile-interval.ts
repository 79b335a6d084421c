import { criticalValue } from "./critical-value.ts";
import {
  answerOrNull,
  orInfinite,
  requireAnswer,
  requireNumber,
  requireProbability,
  requireUnits,
} from "./domain.ts";
import { normalSf } from "./normal.ts";
import { quantileOf } from "./winsorize.ts";

export interface QuantileRanks {
  /** 1-based order statistics that bound the quantile, 1 ≤ lower ≤ upper ≤ n. */
  readonly lower: number;
  readonly upper: number;
  /** False where a rank had to be moved inside: the interval then says less than it seems to. */
  readonly inside: boolean;
}

/**
 * Ranks ⌊n(q − w)⌋ and ⌈n(q + w)⌉, w = z·√(inflation·q(1−q)/n), of the order statistics that bound a quantile. `inflation` is
 * the variance of the share of values at or below the quantile over that of independent values: 1 unless values
 * come in clusters (`clusterInflation`). Alex Deng, Ulf Knoblich, Jiannan Lu, "Applying the delta method in metric analytics" (KDD
 * 2018, arXiv:1803.06336), section 4, outer confidence interval; the rounding is ours.
 */
export function quantileRanks(count: number, q: number, confidence: number, inflation = 1): QuantileRanks {
  requireProbability(q);
  requireUnits(count);
  if (count === 0) throw new RangeError(`ranks take at least one value; got ${count}`);
  if (!(inflation >= 0 && inflation < Number.POSITIVE_INFINITY))
    throw new RangeError(`an inflation is 0 or more and finite; got ${inflation}`);
  const reach = criticalValue(confidence, 2) * Math.sqrt((inflation * q * (1 - q)) / count);
  const [lower, upper] = [Math.floor(count * (q - reach)), Math.ceil(count * (q + reach))];
  return {
    lower: Math.max(1, lower),
    upper: Math.min(count, upper),
    inside: lower >= 1 && upper <= count,
  };
}

/**
 * How much clusters inflate the variance of the share of values at or below a quantile: the delta-method variance of
 * Σ below / Σ values over units, times the values, over q(1−q). `units` are (values at or below, values) of each unit.
 * Shuyang Yao, Sizhu Lu and co-authors, arXiv:2401.14549. Null with fewer than two units or without values.
 */
export function clusterInflation(
  units: readonly { readonly below: number; readonly values: number }[],
  q: number,
): number | null {
  const values = units.reduce((total, unit) => total + unit.values, 0);
  requireNumber("a number of values", values);
  if (units.length < 2 || values <= 0 || !(q > 0 && q < 1)) return null;
  const below = units.reduce((total, unit) => total + unit.below, 0) / values;
  const residuals = units.map((unit) => unit.below - below * unit.values);
  const mean = residuals.reduce((total, residual) => total + residual, 0) / units.length;
  const squares = residuals.reduce((total, residual) => total + (residual - mean) ** 2, 0);
  return answerOrNull(((units.length / (units.length - 1)) * squares) / (values * q * (1 - q)));
}

export interface QuantileEstimate {
  readonly estimate: number;
  /** (upper − lower)/(2z). */
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly ranks: QuantileRanks;
}

/** A quantile of values in ascending order, and its interval by order statistics; null without values. */
export function quantileEstimate(
  ascending: readonly number[],
  q: number,
  confidence: number,
  inflation = 1,
): QuantileEstimate | null {
  const estimate = quantileOf(ascending, q);
  if (estimate === null) return null;
  const ranks = quantileRanks(ascending.length, q, confidence, inflation);
  const [lower, upper] = [ascending[ranks.lower - 1]!, ascending[ranks.upper - 1]!];
  const standardError = orInfinite((upper - lower) / (2 * criticalValue(confidence, 2)));
  return requireAnswer({ estimate, standardError, lower, upper, ranks });
}

export interface QuantileDifference {
  /** Variant − control. */
  readonly estimate: number;
  readonly standardError: number;
  /** Null, as what follows, where no arm's interval has a width. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Difference of two arms' quantiles by the normal limit of their order statistics. */
export function quantileDifference(
  control: Pick<QuantileEstimate, "estimate" | "standardError">,
  variant: Pick<QuantileEstimate, "estimate" | "standardError">,
  confidence: number,
): QuantileDifference {
  const estimate = orInfinite(variant.estimate - control.estimate);
  const standardError = orInfinite(Math.hypot(control.standardError, variant.standardError));
  if (!(standardError > 0 && Number.isFinite(standardError) && Number.isFinite(estimate))) {
    return { estimate, standardError, statistic: null, pValue: null, lower: null, upper: null };
  }
  const statistic = estimate / standardError;
  const reach = criticalValue(confidence, 2) * standardError;
  return {
    estimate,
    standardError,
    statistic,
    pValue: 2 * normalSf(Math.abs(statistic)),
    lower: estimate - reach,
    upper: estimate + reach,
  };
}
