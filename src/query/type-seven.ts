/** Which order statistics a quantile lies between, and where: `places` count from 0. */
export interface QuantilePlace {
  readonly places: readonly [below: number, above: number];
  readonly fraction: number;
}

/** Of the type-7 quantile of `count` > 0 values, as statistics/winsorize.ts defines it; 0 ≤ q ≤ 1. */
export function quantilePlace(count: number, q: number): QuantilePlace {
  const place = (count - 1) * q;
  const below = Math.floor(place);
  return { places: [below, Math.min(below + 1, count - 1)], fraction: place - below };
}

/** The quantile, from the two order statistics. */
export function between(low: number, high: number, fraction: number): number {
  return low === high ? low : low + fraction * (high - low);
}
