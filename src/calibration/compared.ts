/** An interval; a missing end covers nothing. */
export interface Range {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The numbers of a comparison that make claims. */
export interface Compared {
  readonly pValue: number | null;
  readonly absolute: Range;
  readonly relative: Range;
}

export function covers({ lower, upper }: Range, truth: number): boolean {
  return lower !== null && upper !== null && lower <= truth && truth <= upper;
}
