import { binomialCdf, binomialSf } from "../statistics/binomial-tail.ts";

/** Counts, both ends included. */
export interface Band {
  readonly least: number;
  readonly most: number;
}

/** What is left out of a band, half on either side: one true claim in 100,000 is called false. */
const OUTSIDE = 1e-5;

/** Counts of something of probability `rate` among `worlds` that chance gives in all but 1e-5 of cases: exact binomial. */
export function acceptanceBand(rate: number, worlds: number): Band {
  const tail = OUTSIDE / 2;
  return {
    least: firstWhere(worlds, (count) => binomialCdf(count, worlds, rate) > tail),
    most: firstWhere(worlds, (count) => binomialSf(count, worlds, rate) <= tail),
  };
}

/** The smallest count at which a condition that then holds for good holds. */
function firstWhere(worlds: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, worlds];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
