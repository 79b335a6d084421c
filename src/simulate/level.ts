/** The mean and the standard deviation, between units, of what a unit's values are around. */
export interface Level {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Coefficient of variation of a unit's values around its level. */
export const VALUE_SPREAD = 0.25;
