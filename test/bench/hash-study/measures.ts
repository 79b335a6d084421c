import type { Candidate } from "./candidates.ts";
import type { IdShape } from "./id-shapes.ts";

/** Upper 0.1% points of chi-squared with 1 and with 81 degrees of freedom. */
const CRITICAL_1 = 10.827566170662733;
const CRITICAL_81 = 126.08255833316953;

const WHOLE = 1_000_000;

/**
 * How evenly units fill a hash space: Pearson's chi-squared over cells of equal width, as a number of standard
 * deviations from its expectation. `cells` divides 1,000,000; at least 5 units a cell, and so many cells that the
 * normal approximation holds: 1,000 and more.
 */
export function unevenness(candidate: Candidate, shape: IdShape, units: number, cells: number): number {
  const place = candidate.forSalts(["experiment/buy-button/1/variant"]);
  const places = new Int32Array(1);
  const counts = new Uint32Array(cells);
  for (let index = 0; index < units; index++) {
    place(shape.idAt(index), places);
    counts[Math.floor((places[0]! * cells) / WHOLE)]!++;
  }
  const expected = units / cells;
  let statistic = 0;
  for (const count of counts) statistic += (count - expected) ** 2 / expected;
  return (statistic - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

/** Tests made, and how many of them were below p = 0.001: one in a thousand where there is nothing to find. */
export interface Dependence {
  readonly tests: number;
  readonly found: number;
}

/** Whether the arms of experiments, half and half, depend on each other: every pair, a 2 × 2 table each. */
export function dependenceOfArms(
  candidate: Candidate,
  shape: IdShape,
  units: number,
  experiments: number,
): Dependence {
  const salts = Array.from({ length: experiments }, (_, index) => `experiment/test-${index + 1}/1/variant`);
  const arms = placesOf(candidate, shape, units, salts).map((places) =>
    places.map((place) => +(place >= WHOLE / 2)),
  );
  let tests = 0;
  let found = 0;
  for (const [index, first] of arms.entries())
    for (const second of arms.slice(index + 1)) {
      tests++;
      if (statisticOfTable(first, second, 2, 2) > CRITICAL_1) found++;
    }
  return { tests, found };
}

/** Whether variants depend on where a unit lies in a layer: tenths of each, a 10 × 10 table for each pair. */
export function dependenceOnLayers(
  candidate: Candidate,
  shape: IdShape,
  units: number,
  experiments: number,
): Dependence {
  const layers = ["layer/checkout", "layer/search", "experiment/test-1/layer", "experiment/test-2/layer"];
  const variants = Array.from(
    { length: experiments },
    (_, index) => `experiment/test-${index + 1}/1/variant`,
  );
  const tenths = placesOf(candidate, shape, units, [...layers, ...variants]).map((places) =>
    places.map((place) => Math.floor(place / (WHOLE / 10))),
  );
  let found = 0;
  for (const layer of tenths.slice(0, layers.length))
    for (const variant of tenths.slice(layers.length))
      if (statisticOfTable(layer, variant, 10, 10) > CRITICAL_81) found++;
  return { tests: layers.length * experiments, found };
}

/**
 * Whether arms depend on a holdout of 5%, and a second iteration's on the first's: what a unit got before must say
 * nothing about what it gets now.
 */
export function dependenceOnThePast(
  candidate: Candidate,
  shape: IdShape,
  units: number,
  experiments: number,
): Dependence {
  const salts = Array.from({ length: experiments }, (_, index) =>
    [1, 2].map((iteration) => `experiment/test-${index + 1}/${iteration}/variant`),
  ).flat();
  const [holdout, ...places] = placesOf(candidate, shape, units, ["holdout/holdout-2026-h2", ...salts]);
  const held = holdout!.map((place) => +(place < WHOLE / 20));
  const arms = places.map((each) => each.map((place) => +(place >= WHOLE / 2)));
  let found = 0;
  for (const [index, arm] of arms.entries()) {
    if (statisticOfTable(held, arm, 2, 2) > CRITICAL_1) found++;
    if (index % 2 === 1 && statisticOfTable(arms[index - 1]!, arm, 2, 2) > CRITICAL_1) found++;
  }
  return { tests: experiments * 3, found };
}

/**
 * Pairs of units with the same 32 bits, estimated from the `slice`-th part of all hashes, whose upper bits are 0.
 * `hashOf` gives 32 bits.
 */
export function pairsWithTheSameHash(
  hashOf: (id: string) => number,
  shape: IdShape,
  units: number,
  slice: number,
): number {
  const most = 2 ** 32 / slice;
  const kept = new Uint32Array(Math.ceil((units / slice) * 1.1) + 1_000);
  let size = 0;
  for (let index = 0; index < units; index++) {
    const hashed = hashOf(shape.idAt(index)) >>> 0;
    if (hashed < most) kept[size++] = hashed;
  }
  const sorted = kept.subarray(0, size).sort();
  let pairs = 0;
  let run = 0;
  for (let index = 1; index < size; index++) {
    run = sorted[index] === sorted[index - 1] ? run + 1 : 0;
    pairs += run;
  }
  return pairs * slice;
}

function placesOf(
  candidate: Candidate,
  shape: IdShape,
  units: number,
  salts: readonly string[],
): readonly Int32Array[] {
  const give = candidate.forSalts(salts);
  const row = new Int32Array(salts.length);
  const columns = salts.map(() => new Int32Array(units));
  for (let index = 0; index < units; index++) {
    give(shape.idAt(index), row);
    for (let salt = 0; salt < row.length; salt++) columns[salt]![index] = row[salt]!;
  }
  return columns;
}

/** Pearson's chi-squared of independence; an empty row or column adds nothing. */
function statisticOfTable(first: Int32Array, second: Int32Array, rows: number, columns: number): number {
  const counts = new Float64Array(rows * columns);
  for (let index = 0; index < first.length; index++) counts[first[index]! * columns + second[index]!]!++;
  const ofRow = Array.from({ length: rows }, (_, row) =>
    sum(counts.subarray(row * columns, (row + 1) * columns)),
  );
  const ofColumn = Array.from({ length: columns }, (_, column) =>
    sum(counts.filter((_count, index) => index % columns === column)),
  );
  let statistic = 0;
  for (const [index, count] of counts.entries()) {
    const expected = (ofRow[Math.floor(index / columns)]! * ofColumn[index % columns]!) / first.length;
    if (expected > 0) statistic += (count - expected) ** 2 / expected;
  }
  return statistic;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
