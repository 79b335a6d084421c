import { type Moments, momentsOf } from "../statistics/moments.ts";
import type { Sampler } from "./sampler.ts";

/** Moments of as many ones among units. */
export function rateMoments(successes: number, units: number): Moments {
  const rate = successes / units;
  const spread = units * rate * (1 - rate);
  return { units, means: [rate], second: [spread], third: [spread * (1 - 2 * rate)] };
}

export function drawRate(sampler: Sampler, rate: number, units: number): Moments {
  return rateMoments(sampler.binomial(units, rate), units);
}

/** Moments of normal values without a unit being drawn: normal mean, χ² variance. */
export function drawMean(sampler: Sampler, mean: number, standardDeviation: number, units: number): Moments {
  return drawNormals(sampler, { means: [mean], factor: [[standardDeviation]] }, units);
}

/** Several variables that are jointly normal. */
export interface JointNormal {
  readonly means: readonly number[];
  /** Lower triangular; times its transpose it is the covariance. */
  readonly factor: readonly (readonly number[])[];
}

/**
 * Moments of jointly normal values: means are normal, centred second sums Wishart by M. S. Bartlett's decomposition
 * ("On the theory of statistical regression", *Proceedings of the Royal Society of Edinburgh* 53 (1933)). Third sums are left at 0, their mean.
 */
export function drawNormals(sampler: Sampler, { means, factor }: JointNormal, units: number): Moments {
  const d = means.length;
  const error = means.map(() => sampler.normal() / Math.sqrt(units));
  const root = means.map((_, i) =>
    Array.from({ length: i + 1 }, (_, j) =>
      i === j ? Math.sqrt(sampler.chiSquared(units - 1 - i)) : sampler.normal(),
    ),
  );
  const scaled = factor.map((row) =>
    means.map((_, j) => sumOf(d, (k) => (row[k] ?? 0) * (root[k]![j] ?? 0))),
  );
  const second: number[] = [];
  for (let i = 0; i < d; i++)
    for (let j = i; j < d; j++) second.push(sumOf(d, (k) => scaled[i]![k]! * scaled[j]![k]!));
  return {
    units,
    means: means.map((mean, i) => mean + sumOf(i + 1, (k) => factor[i]![k]! * error[k]!)),
    second,
    third: Array.from({ length: (d * (d + 1) * (d + 2)) / 6 }, () => 0),
  };
}

/** Moments of units that are drawn one by one. */
export function drawUnits(units: number, variables: number, draw: () => readonly number[]): Moments {
  return momentsOf(
    Array.from({ length: units }, () => draw()),
    variables,
  );
}

function sumOf(count: number, term: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += term(index);
  return sum;
}
