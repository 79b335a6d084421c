/** The data that a value in YAML was measured on. */
export interface Measured {
  /** First and last ISO day on which a unit was met; null where the data have no timestamps. */
  readonly period: Period | null;
  /** How many units were measured. */
  readonly units: number;
}

/** Whole days of the project's timezone, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** `2026-10-01…2026-10-28`. */
export function formatPeriod({ from, to }: Period): string {
  return `${from}…${to}`;
}
