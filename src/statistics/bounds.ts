/** The ends of an interval, lower ≤ upper. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}
