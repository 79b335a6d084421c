import jstat from "jstat";
import type { Baseline } from "../model/metric.ts";
import type { Level } from "./level.ts";
import { VALUE_SPREAD } from "./level.ts";

type QuantileBaseline = Extract<Baseline, { kind: "quantile" }>;

const NOISE_VARIANCE = Math.log1p(VALUE_SPREAD ** 2);

/** The quantile of all values of units with such levels: lognormal levels times lognormal values; null for other levels. */
export function quantileOfValues({ mean, standardDeviation }: Level, quantile: number): number | null {
  if (!(mean > 0)) return null;
  const variance = Math.log1p((standardDeviation / mean) ** 2);
  const center = Math.log(mean) - variance / 2 - NOISE_VARIANCE / 2;
  return Math.exp(center + Math.sqrt(variance + NOISE_VARIANCE) * jstat.normal.inv(quantile, 0, 1));
}

/**
 * The level whose values have the baseline's quantile, and as nearly as can be its spread: √(v/m²)/f, m the rows of a
 * unit, f the density at the quantile and v the variance of a unit's count of rows below it, m·q(1 − q) and, for each
 * pair of its rows, the covariance of their being below (Cameron and Miller, "A Practitioner's Guide to
 * Cluster-Robust Inference", 2015).
 */
export function levelOfQuantile(
  { value, spread }: QuantileBaseline,
  quantile: number,
  rate: number,
  perActor: number,
): Level {
  if (!(value > 0)) return { mean: value, standardDeviation: spread };
  const place = jstat.normal.inv(quantile, 0, 1);
  const rows = rate * perActor;
  const pairs = rate * (perActor ** 2 - 1);
  const spreadOf = (variance: number) => {
    const total = variance + NOISE_VARIANCE;
    const alike = bothBelow(place, variance / total) - quantile ** 2;
    const count = rows * quantile * (1 - quantile) + pairs * alike;
    return (Math.sqrt(count * total) * value) / (rows * jstat.normal.pdf(place, 0, 1));
  };
  let [low, high] = [0, 9];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (spreadOf(middle) < spread) low = middle;
    else high = middle;
  }
  const center = Math.log(value) - Math.sqrt(low + NOISE_VARIANCE) * place;
  const mean = Math.exp(center + low / 2 + NOISE_VARIANCE / 2);
  return { mean, standardDeviation: mean * Math.sqrt(Math.expm1(low)) };
}

/** The probability that two standard normal values of this correlation are both at most `place`. */
function bothBelow(place: number, correlation: number): number {
  const steps = 400;
  const rest = Math.sqrt(1 - correlation);
  let total = 0;
  for (let step = 0; step < steps; step++) {
    const shared = -8 + (16 * (step + 0.5)) / steps;
    const below = jstat.normal.cdf((place - Math.sqrt(correlation) * shared) / rest, 0, 1);
    total += jstat.normal.pdf(shared, 0, 1) * below ** 2;
  }
  return (total * 16) / steps;
}
