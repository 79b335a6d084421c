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
  readonly enrolment: EnrolmentRecord;
  /** Mature exposed units of each metric. */
  readonly metrics: readonly { readonly metric: string; readonly exposed: readonly number[] }[];
  readonly sources: readonly {
    readonly source: string;
    readonly files: readonly string[];
    readonly rows: number;
    readonly first: string | null;
    readonly last: string | null;
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
