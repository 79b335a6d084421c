import type { Enrolment } from "./observation.ts";

/** Who is in an experiment, and where the engine keeps them. */
export interface Enrolled {
  readonly enrolment: Enrolment;
  /**
   * The temporary table of exposed units: `unit`, `first` (microseconds of the first exposure) and `key` (a
   * number of their own, times `KEY_STEP`, plus the index of their variant). Null for a one-row-per-unit table.
   */
  readonly table: string | null;
  /** Microseconds of the earliest first exposure; null without timestamps or units. */
  readonly earliest: bigint | null;
}

/** The place of the variant's index in a unit's key, as a power of two. */
export const KEY_STEP = 4096n;
