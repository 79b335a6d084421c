import type { Moments } from "../../../src/statistics/moments.ts";
import { type Fraction, fractionOf, minus, over, plus, sumOf, times, toNumber } from "./fraction.ts";

/** What a unit has of each variable. `sizes` are the sums of absolute values that made it: what rounding is of. */
export interface UnitValue {
  readonly values: readonly Fraction[];
  readonly sizes: readonly number[];
}

export interface ExactMoments extends Moments {
  /** Per variable, the largest size of a unit among those that are summed in one statement: arms and groups. */
  readonly sizes: readonly number[];
}

/** Counts, means, centred second and third sums without any rounding but the last. */
export function exactMoments(rows: readonly UnitValue[], sizes: readonly number[]): ExactMoments {
  const units = rows.length;
  const axes = sizes.map((_, axis) => axis);
  const count = fractionOf(Math.max(units, 1));
  const means = axes.map((axis) => over(sumOf(rows.map(({ values }) => values[axis]!)), count));
  const offsets = rows.map(({ values }) => values.map((value, axis) => minus(value, means[axis]!)));
  const centred = (...of: readonly number[]) =>
    toNumber(sumOf(offsets.map((offset) => of.map((axis) => offset[axis]!).reduce(times))));
  return {
    units,
    means: means.map(toNumber),
    second: axes.flatMap((i) => axes.filter((j) => j >= i).map((j) => centred(i, j))),
    third: axes.flatMap((i) =>
      axes.filter((j) => j >= i).flatMap((j) => axes.filter((k) => k >= j).map((k) => centred(i, j, k))),
    ),
    sizes,
  };
}

/**
 * The type-7 quantile (Hyndman and Fan, "Sample quantiles in statistical packages", 1996): of n sorted values, the
 * one at (n − 1)·q, counted from 0, straight between neighbours. Null without values.
 */
export function quantileOf(values: readonly Fraction[], share: Fraction): Fraction | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => Number(minus(a, b).above > 0n) - Number(minus(a, b).above < 0n));
  const place = times(share, fractionOf(values.length - 1));
  const below = Number(place.above / place.below);
  const rest = minus(place, fractionOf(below));
  const low = sorted[below]!;
  return plus(low, times(rest, minus(sorted[Math.min(below + 1, values.length - 1)]!, low)));
}
