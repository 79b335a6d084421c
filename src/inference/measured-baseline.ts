import { type Baseline, isBinary, type MetricKind } from "../model/metric.ts";
import { combine, combineAll, covarianceOf, type Moments, varianceOf } from "../statistics/moments.ts";
import { normalIsf } from "../statistics/normal.ts";
import type { QuantileData } from "./estimator.ts";

/** A metric as it is in the data. */
export interface MeasuredBaseline {
  /** What a plan can reckon with; null where it cannot reckon with what was found, as with a rate of 0. */
  readonly baseline: Baseline | null;
  /** The rate, the mean, or a ratio's value; null without units or a denominator. */
  readonly value: number | null;
  /** Of the units' values, of a ratio's linearised ones; null with fewer than two units. */
  readonly standardDeviation: number | null;
  /** Of `value`. */
  readonly standardError: number | null;
}

/**
 * What the moments of one group of units make of a baseline, unrounded. `units` counts them all, for a mean those
 * without a value too. A ratio is R = N̄/D̄, its spread that of (N − R·D)/D̄ per unit, by the delta method
 * (Deng, Knoblich, Lu, "Applying the Delta Method in Metric Analytics", 2018, equation 5).
 */
export function measureBaseline(kind: MetricKind, moments: Moments, units: number): MeasuredBaseline {
  if (moments.units === 0) return NOTHING;
  const [mean, denominator] = moments.means as [number, number | undefined];
  if (kind === "ratio" && (denominator === undefined || denominator === 0)) return NOTHING;
  const value = kind === "ratio" ? mean / denominator! : mean;
  if (!Number.isFinite(value)) return NOTHING;
  const variance = kind === "ratio" ? linearisedVariance(moments, denominator!, value) : varianceOf(moments);
  if (variance === null || !Number.isFinite(variance)) return { ...NOTHING, value };
  const standardDeviation = Math.sqrt(variance);
  const measured = { value, standardDeviation, standardError: standardDeviation / Math.sqrt(moments.units) };
  if (isBinary(kind))
    return { ...measured, baseline: value > 0 && value < 1 ? { kind: "rate", rate: value } : null };
  const reporting = kind === "mean" ? moments.units / units : 1;
  const baseline: Baseline = { kind: "mean", mean: value, standardDeviation, reporting };
  return { ...measured, baseline: standardDeviation > 0 ? baseline : null };
}

/**
 * A quantile of all units' values, and the spread that its standard error is over √units: of the interval between
 * order statistics, the width over 2z, as an analysis takes it (statistics.md, A.5).
 */
export function measureQuantile(
  { value, lower, upper, inside, units: reporting }: QuantileData,
  units: number,
  confidence: number,
): MeasuredBaseline {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  if (lower === null || upper === null || !inside || reporting < 2) return { ...NOTHING, value };
  const standardError = (upper - lower) / (2 * normalIsf((1 - confidence) / 2));
  const spread = standardError * Math.sqrt(units);
  const baseline = spread > 0 ? ({ kind: "quantile", value, spread } as const) : null;
  return { value, standardDeviation: null, standardError, baseline };
}

/** The rate of a funnel, beside the share of units that gets to each step. */
export function withSteps(
  measured: MeasuredBaseline,
  steps: readonly number[] | undefined,
  units: number,
): MeasuredBaseline {
  const { baseline } = measured;
  if (steps === undefined || baseline?.kind !== "rate") return measured;
  return { ...measured, baseline: { ...baseline, steps: steps.map((count) => count / units) } };
}

/**
 * Correlation of a unit's value with its value before, from moments of both; of a ratio, of the linearised values (numerator
 * and denominator, then both before). Null where one of them never varies.
 */
export function measureCorrelation(kind: MetricKind, moments: Moments): number | null {
  if (moments.units < 2) return null;
  const both = kind === "ratio" ? linearised(moments) : moments;
  if (both === null) return null;
  const spread = Math.sqrt(varianceOf(both, 0)!) * Math.sqrt(varianceOf(both, 1)!);
  const correlation = covarianceOf(both, 0, 1)! / spread;
  return Number.isFinite(correlation) ? correlation : null;
}

function linearised(moments: Moments): Moments | null {
  const [above, below, aboveBefore, belowBefore] = moments.means as [number, number, number, number];
  if (below === 0 || belowBefore === 0) return null;
  return combineAll(moments, [
    [1 / below, -above / below ** 2, 0, 0],
    [0, 0, 1 / belowBefore, -aboveBefore / belowBefore ** 2],
  ]);
}

/** Where every unit has the same ratio, nothing but rounding is left of the terms, and that is no spread. */
function linearisedVariance(moments: Moments, denominator: number, ratio: number): number | null {
  const variance = varianceOf(combine(moments, [1 / denominator, -ratio / denominator]));
  if (variance === null) return null;
  const terms = (varianceOf(moments, 0)! + ratio ** 2 * varianceOf(moments, 1)!) / denominator ** 2;
  return variance > 1e-12 * terms ? variance : 0;
}

const NOTHING: MeasuredBaseline = {
  baseline: null,
  value: null,
  standardDeviation: null,
  standardError: null,
};
