import type { QuantileRanks } from "../query/quantile-moments.ts";
import { quantileRanks } from "../statistics/quantile-interval.ts";

/** Of the interval that a quantile's spread is taken from. */
export const CONFIDENCE = 0.95;

/** The ranks that bound a quantile. */
export const ranks: QuantileRanks = (values, quantile, inflation) =>
  quantileRanks(values, quantile, CONFIDENCE, inflation);
