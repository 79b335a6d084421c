import type { Moments } from "../statistics/moments.ts";

/** What is known of one arm besides its power sums. */
export interface Arm {
  readonly units: number;
  /** Units of the arm that have no row. */
  readonly zeros: number;
  /** What their values are. Null: they have none. */
  readonly silent: readonly number[] | null;
  /** What its values' distances were taken from. */
  readonly centres: readonly number[];
}

/**
 * Moments from sums of products of distances from the centres: adds the silent units and moves the centres to the means,
 * Σ(d−δ)… in terms of Σd…, where δ = Σd/n.
 */
export function momentsOfPowers(
  { units, zeros, silent, centres }: Arm,
  sumOf: (axes: readonly number[]) => number,
): Moments {
  const power = (axes: readonly number[]) =>
    sumOf([...axes].sort((left, right) => left - right)) +
    zeros * axes.reduce((product, axis) => product * ((silent?.[axis] ?? 0) - centres[axis]!), 1);
  const shifts = centres.map((_, axis) => (units === 0 ? 0 : power([axis]) / units));
  const second = (i: number, j: number) => {
    const sum = power([i, j]);
    const moved = sum - units * shifts[i]! * shifts[j]!;
    // Of values that are all alike, far from the centre, only rounding is left: that is no spread.
    return i === j && moved <= ROUNDING * sum ? 0 : moved;
  };
  const varies = centres.map((_, axis) => second(axis, axis) > 0);
  const third = (i: number, j: number, k: number) =>
    !(varies[i] && varies[j] && varies[k])
      ? 0
      : power([i, j, k]) -
        shifts[i]! * power([j, k]) -
        shifts[j]! * power([i, k]) -
        shifts[k]! * power([i, j]) +
        2 * units * shifts[i]! * shifts[j]! * shifts[k]!;
  const axes = products(centres.length);
  return {
    units,
    means: centres.map((centre, axis) => (units === 0 ? 0 : centre + shifts[axis]!)),
    second: axes.filter(({ length }) => length === 2).map(([i, j]) => second(i!, j!)),
    third: axes.filter(({ length }) => length === 3).map(([i, j, k]) => third(i!, j!, k!)),
  };
}

const ROUNDING = 8 * Number.EPSILON;

/** Of n values that are 0 or 1, k of them 1: Σ(x−p)² = k(n−k)/n and Σ(x−p)³ = k(n−k)(n−2k)/n². */
export function momentsOfOnes(ones: number, units: number): Moments {
  const second = units === 0 ? 0 : (ones * (units - ones)) / units;
  const third = units === 0 ? 0 : (second * (units - 2 * ones)) / units;
  return { units, means: [units === 0 ? 0 : ones / units], second: [second], third: [third] };
}

/** All products of one, two and three of the axes, non-decreasing, in lexicographic order within a length. */
export function products(axes: number): readonly (readonly number[])[] {
  const all = Array.from({ length: axes }, (_, axis) => axis);
  const longer = (shorter: readonly (readonly number[])[]) =>
    shorter.flatMap((product) =>
      all.filter((axis) => axis >= (product.at(-1) ?? 0)).map((axis) => [...product, axis]),
    );
  const single = longer([[]]);
  const double = longer(single);
  return [...single, ...double, ...longer(double)];
}
