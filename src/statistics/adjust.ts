import { requireProbability } from "./domain.ts";

/** p-values of one family; a null is a test that could not be made: it counts as 1 and stays null. */
export type PValues = readonly (number | null)[];

/** Bonferroni: m·p. Carlo Emilio Bonferroni (1936); Olive Jean Dunn, *JASA* 56 (1961). Any dependence. */
export function bonferroni(pValues: PValues): (number | null)[] {
  requirePValues(pValues);
  return pValues.map((pValue) => (pValue === null ? null : Math.min(1, pValues.length * pValue)));
}

/**
 * Holm's step-down: reject where adjusted p < α, and the probability of any false rejection is at most α,
 * whatever the dependence. Sture Holm, "A simple sequentially rejective multiple test procedure", *Scand. J. Statist.* 6
 * (1979), 65–70.
 */
export function holm(pValues: PValues): (number | null)[] {
  return stepDown(pValues, (pValue, rank, m) => (m - rank + 1) * pValue);
}

/**
 * Hochberg's step-up, valid under independence and positive dependence. Yosef Hochberg, "A sharper Bonferroni
 * procedure for multiple tests of significance", *Biometrika* 75 (1988), 800–802.
 */
export function hochberg(pValues: PValues): (number | null)[] {
  return stepUp(pValues, (pValue, rank, m) => (m - rank + 1) * pValue);
}

/**
 * Hommel's procedure, the closure of Simes's test: never weaker than Hochberg's, under the same conditions. G. Hommel, "A
 * stagewise rejective multiple test procedure based on a modified Bonferroni test", *Biometrika* 75 (1988),
 * 383–386; adjusted p-values by S. Paul Wright, *Biometrics* 48 (1992), 1005–1013.
 */
export function hommel(pValues: PValues): (number | null)[] {
  const order = ascending(pValues);
  const sorted = order.map((index) => pValues[index] ?? 1);
  const m = sorted.length;
  const simes = (from: number, to: number, size: number) =>
    Math.min(...sorted.slice(from, to).map((pValue, at) => (size * pValue) / (size - (to - from) + at + 1)));
  let adjusted = sorted.map(() => simes(0, m, m));
  for (let size = m - 1; size > 1; size--) {
    const split = m - size + 1;
    const largest = simes(split, m, size);
    const candidates = sorted.map((pValue, at) => (at < split ? Math.min(size * pValue, largest) : largest));
    adjusted = adjusted.map((value, at) => Math.max(value, candidates[at]!));
  }
  return place(
    pValues,
    order,
    adjusted.map((value, at) => Math.max(value, sorted[at]!)),
  );
}

/**
 * Benjamini and Hochberg's step-up: reject where adjusted p < q, and the expected share of false rejections is
 * at most q, under independence and positive dependence. Yoav Benjamini, Yosef Hochberg, "Controlling the false
 * discovery rate", *JRSS B* 57 (1995), 289–300.
 */
export function benjaminiHochberg(pValues: PValues): (number | null)[] {
  return stepUp(pValues, (pValue, rank, m) => (m / rank) * pValue);
}

/**
 * The same under any dependence, at the price of the harmonic number. Yoav Benjamini, Daniel Yekutieli, "The control of the
 * false discovery rate in multiple testing under dependency", *Annals of Statistics* 29 (2001), 1165–1188.
 */
export function benjaminiYekutieli(pValues: PValues): (number | null)[] {
  const harmonic = pValues.reduce<number>((sum, _, index) => sum + 1 / (index + 1), 0);
  return stepUp(pValues, (pValue, rank, m) => harmonic * (m / rank) * pValue);
}

/** What a p-value is raised to, by its rank 1…m among m. */
type Factor = (pValue: number, rank: number, m: number) => number;

function stepDown(pValues: PValues, raise: Factor): (number | null)[] {
  const order = ascending(pValues);
  let largest = 0;
  const adjusted = order.map((index, at) => {
    largest = Math.max(largest, Math.min(1, raise(pValues[index] ?? 1, at + 1, order.length)));
    return largest;
  });
  return place(pValues, order, adjusted);
}

function stepUp(pValues: PValues, raise: Factor): (number | null)[] {
  const order = ascending(pValues);
  const adjusted: number[] = [];
  let smallest = 1;
  for (let at = order.length - 1; at >= 0; at--) {
    smallest = Math.min(smallest, raise(pValues[order[at]!] ?? 1, at + 1, order.length));
    adjusted[at] = smallest;
  }
  return place(pValues, order, adjusted);
}

function ascending(pValues: PValues): readonly number[] {
  requirePValues(pValues);
  return pValues.map((_, index) => index).sort((i, j) => (pValues[i] ?? 1) - (pValues[j] ?? 1));
}

/** Throws on what is no probability. */
function requirePValues(pValues: PValues): void {
  for (const pValue of pValues) if (pValue !== null) requireProbability(pValue);
}

function place(pValues: PValues, order: readonly number[], adjusted: readonly number[]): (number | null)[] {
  const placed: (number | null)[] = pValues.map(() => null);
  order.forEach((index, at) => {
    if (pValues[index] !== null) placed[index] = adjusted[at]!;
  });
  return placed;
}
