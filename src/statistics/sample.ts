/** Summary of the unit values of one arm with at least one unit. */
export interface Sample {
  readonly mean: number;
  /** Of one unit's value, with divisor units − 1. */
  readonly variance: number;
  readonly units: number;
}
