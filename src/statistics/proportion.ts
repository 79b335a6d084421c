/** Successes among units: 0 ≤ successes ≤ units. */
export interface Proportion {
  readonly successes: number;
  readonly units: number;
}
