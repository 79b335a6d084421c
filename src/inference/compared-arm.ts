import type { Reading } from "./estimator.ts";

/** An arm beside what surrounds it. */
export interface ComparedArm {
  readonly variant: string;
  readonly reading: Reading;
  /** Mature exposed units. */
  readonly exposed: number;
  /** Exposed units that the plan asks for, for harm to be watched by; null where it could not say. */
  readonly planned: number | null;
  /** Exposed units of the whole run, by its plan; null where it could not say. */
  readonly plannedInRun: number | null;
  /** The arm so far, at the end of each day whose data decide; the same days in all arms. */
  readonly days: readonly ArmDay[];
}

interface ArmDay {
  /** ISO day. */
  readonly day: string;
  readonly isFinal: boolean;
  readonly reading: Reading;
  readonly exposed: number;
}
