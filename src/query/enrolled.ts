import type { HealthFacts } from "./health/facts.ts";
import type { Counts, Enrolment } from "./observation.ts";

/** Who is in an experiment, and where the engine keeps them. */
export interface Enrolled {
  readonly enrolment: Enrolment;
  /** Absent of a one-row-per-unit table. */
  readonly health?: HealthFacts;
  /**
   * The temporary table of the units that count: `unit`, `first` (microseconds from which it is followed: of its
   * first exposure, or of its first trigger) and `key`. Null for a one-row-per-unit table.
   */
  readonly table: string | null;
  /** The same of all exposed units, from their first exposure; absent where `table` is it. */
  readonly exposed?: string;
  /** Which of the experiments that are analysed together they belong to, in their keys. */
  readonly owner: number;
  /** The units that count, per variant. */
  readonly units: Counts;
  /** Microseconds of the earliest `first`; null without timestamps or units. */
  readonly earliest: bigint | null;
  /** Milliseconds: exposures up to here were looked at. Null: all. */
  readonly asOf: number | null;
  /** Only where a trigger decides who counts. */
  readonly trigger?: { readonly triggered: Counts; readonly exposed: Counts };
}
