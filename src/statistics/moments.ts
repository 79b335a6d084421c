import { orInfinite, requireUnits } from "./domain.ts";
import { pairs, secondIndex, triples } from "./moment-packing.ts";
import { sum, sumOf } from "./sum.ts";

/**
 * The sufficient statistics of one or more variables over the units of one arm, centred, so that nothing
 * cancels when means are large beside spreads.
 *
 * With d variables: `second` holds Σ(xᵢ−x̄ᵢ)(xⱼ−x̄ⱼ) for i ≤ j, row by row (d(d+1)/2 numbers); `third` holds
 * Σ(xᵢ−x̄ᵢ)(xⱼ−x̄ⱼ)(xₖ−x̄ₖ) for i ≤ j ≤ k, in lexicographic order (d(d+1)(d+2)/6 numbers). What is too large for a
 * double is ∞, also where two such meet as NaN: no test takes it.
 */
export interface Moments {
  readonly units: number;
  readonly means: readonly number[];
  readonly second: readonly number[];
  readonly third: readonly number[];
}

/** Moments of rows of `variables` numbers each, in two passes; all 0 without rows. */
export function momentsOf(rows: readonly (readonly number[])[], variables: number): Moments {
  const units = rows.length;
  const means = Array.from({ length: variables }, (_, i) => meanOfColumn(rows, i));
  const off = (row: readonly number[], i: number) => row[i]! - means[i]!;
  return definite({
    units,
    means,
    second: pairs(variables).map(([i, j]) => sumOf(rows, (row) => off(row, i) * off(row, j))),
    third: triples(variables).map(([i, j, k]) =>
      sumOf(rows, (row) => off(row, i) * off(row, j) * off(row, k)),
    ),
  });
}

/**
 * Moments of two disjoint groups of units with the same variables, from the moments of each.
 * Tony F. Chan, Gene H. Golub, Randall J. LeVeque, "Updating formulae and a pairwise algorithm for computing
 * sample variances" (1979); Philippe Pébay, "Formulas for robust, one-pass parallel computation
 * of covariances and arbitrary-order statistical moments", SAND2008-6212 (2008), its third-order
 * formula polarised to three variables.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.units === 0) return definite(b);
  if (b.units === 0) return definite(a);
  const d = a.means.length;
  const units = a.units + b.units;
  const shift = b.means.map((mean, i) => mean - a.means[i]!);
  const [shareA, shareB] = [a.units / units, b.units / units];
  const weight = a.units * shareB;
  const cross = (i: number, j: number, k: number) => {
    const place = secondIndex(i, j, d);
    return (shareA * b.second[place]! - shareB * a.second[place]!) * shift[k]!;
  };
  return definite({
    units,
    means: a.means.map((mean, i) => mean + shareB * shift[i]!),
    second: pairs(d).map(([i, j], at) => a.second[at]! + b.second[at]! + weight * shift[i]! * shift[j]!),
    third: triples(d).map(
      ([i, j, k], at) =>
        a.third[at]! +
        b.third[at]! +
        weight * (shareA - shareB) * shift[i]! * shift[j]! * shift[k]! +
        cross(i, j, k) +
        cross(i, k, j) +
        cross(j, k, i),
    ),
  });
}

/** Adds `zeros` units whose values are all 0. */
export function withZeros(moments: Moments, zeros: number): Moments {
  const nothing = (numbers: readonly number[]) => numbers.map(() => 0);
  return mergeMoments(moments, {
    units: zeros,
    means: nothing(moments.means),
    second: nothing(moments.second),
    third: nothing(moments.third),
  });
}

/** Moments of the one variable Σ coefficientᵢ·xᵢ. */
export function combine(moments: Moments, coefficients: readonly number[]): Moments {
  const d = moments.means.length;
  const c = (i: number) => coefficients[i] ?? 0;
  const second = pairs(d).map(([i, j], at) => (i === j ? 1 : 2) * c(i) * c(j) * moments.second[at]!);
  const third = triples(d).map(([i, j, k], at) => {
    const orders = i === j && j === k ? 1 : i === j || j === k ? 3 : 6;
    return orders * c(i) * c(j) * c(k) * moments.third[at]!;
  });
  return definite({
    units: moments.units,
    means: [sum(moments.means.map((mean, i) => c(i) * mean))],
    second: [Math.max(0, sum(second))],
    third: [sum(third)],
  });
}

/** Moments of several variables, each a row of coefficients of the given ones. */
export function combineAll(moments: Moments, rows: readonly (readonly number[])[]): Moments {
  const d = moments.means.length;
  const indices = Array.from({ length: d }, (_, i) => i);
  const places = new Map(triples(d).map((triple, at) => [triple.join(), at]));
  const third = (i: number, j: number, k: number) =>
    moments.third[places.get([i, j, k].sort((a, b) => a - b).join())!]!;
  return definite({
    units: moments.units,
    means: rows.map((row) => sum(indices.map((i) => row[i]! * moments.means[i]!))),
    second: pairs(rows.length).map(([a, b]) =>
      sum(
        indices.flatMap((i) =>
          indices.map((j) => rows[a]![i]! * rows[b]![j]! * moments.second[secondIndex(i, j, d)]!),
        ),
      ),
    ),
    third: triples(rows.length).map(([a, b, c]) =>
      sum(
        indices.flatMap((i) =>
          indices.flatMap((j) =>
            indices.map((k) => rows[a]![i]! * rows[b]![j]! * rows[c]![k]! * third(i, j, k)),
          ),
        ),
      ),
    ),
  });
}

/** Mean of variable i; null without units. */
export function meanOf(moments: Moments, i = 0): number | null {
  return moments.units > 0 ? orInfinite(moments.means[i]!) : null;
}

/** Variance of variable i with divisor units − 1; null with fewer than two units. */
export function varianceOf(moments: Moments, i = 0): number | null {
  return covarianceOf(moments, i, i);
}

/** Covariance of variables i and j with divisor units − 1; null with fewer than two units. */
export function covarianceOf(moments: Moments, i: number, j: number): number | null {
  if (!(moments.units >= 2)) return null;
  return orInfinite(moments.second[secondIndex(i, j, moments.means.length)]! / (moments.units - 1));
}

/** Centred third moment per unit, M3/n, of the first variable; null without units. */
export function thirdOf(moments: Moments): number | null {
  return moments.units > 0 ? orInfinite(moments.third[0]! / moments.units) : null;
}

/** Of whole units, with ∞ for what is no number. Throws on units that are none. */
function definite({ units, means, second, third }: Moments): Moments {
  requireUnits(units);
  return {
    units,
    means: means.map(orInfinite),
    second: second.map(orInfinite),
    third: third.map(orInfinite),
  };
}

/** The rounding error of the plain mean is what the second pass adds. */
function meanOfColumn(rows: readonly (readonly number[])[], i: number): number {
  if (rows.length === 0) return 0;
  const first = sumOf(rows, (row) => row[i]!) / rows.length;
  return first + sumOf(rows, (row) => row[i]! - first) / rows.length;
}
