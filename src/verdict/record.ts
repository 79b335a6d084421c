import type { Moments } from "../statistics/moments.ts";
import type { HealthRecord } from "./health-record.ts";

/** What a verdict needs of an observation. Counts are per variant, in the experiment's order. */
export interface TrialRecord {
  /** ISO instants; null for final data. */
  readonly asOf: string | null;
  readonly cutoff: string | null;
  readonly horizon: {
    readonly reached: boolean;
    readonly day: string | null;
    readonly by: "planned-units" | "end" | "final-data" | null;
  };
  /** Only units first exposed on these days are counted; absent or null: all are. */
  readonly exposedOn?: { readonly from: string | null; readonly to: string | null } | null;
  readonly enrolment: EnrolmentRecord;
  readonly health?: HealthRecord;
  readonly metrics: readonly MetricRecord[];
  readonly sources: readonly {
    readonly source: string;
    readonly files: readonly string[];
    readonly rows: number;
    readonly first: string | null;
    readonly last: string | null;
  }[];
}

interface MetricRecord {
  readonly metric: string;
  /** Mature exposed units. */
  readonly exposed: readonly number[];
  /** Per variant, of the unit values. */
  readonly arms?: readonly Moments[];
  /** Per variant, of (outcome, the same before exposure); of a ratio (numerator, denominator, both before). */
  readonly covariates?: { readonly arms: readonly Moments[] };
  /** What happened from `from` to `to` milliseconds after exposure. */
  readonly byAge?: readonly {
    readonly from: number;
    readonly to: number;
    readonly arms: readonly Moments[];
  }[];
}

export interface EnrolmentRecord {
  /** All exposed randomisation units. */
  readonly units: readonly number[];
  readonly crossovers: number;
  /** Exposure rows left out, by reason. */
  readonly excluded: Readonly<Record<string, readonly number[]>>;
  readonly unknownVariants: readonly string[];
}
