import type { Moments } from "../statistics/moments.ts";

/** Units per variant, in the experiment's order of variants. */
export type Counts = readonly number[];

/** What the files and tables were, for provenance. */
export interface SourceFacts {
  readonly source: string;
  readonly files: readonly string[];
  readonly rows: number;
  /** ISO instants of the first and last row; null without timestamps. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Who was exposed, before any metric is looked at. */
export interface Enrolment {
  /** All exposed randomisation units, crossovers in their first variant: what SRM tests. */
  readonly units: Counts;
  /** Units seen with more than one variant. */
  readonly crossovers: number;
  /** Exposure rows left out, by reason: `bots`, `forced`, `before-start`, `after-end`, `after-drop`, `no-unit`, `unknown-variant`, `other-iteration`. */
  readonly excluded: Readonly<Record<string, Counts>>;
  /** Variants in the data that the experiment does not have. */
  readonly unknownVariants: readonly string[];
}

/** A metric so far, at the end of a day of the run or at the cutoff. */
export interface MomentsSoFar {
  /** ISO day, in the project's timezone. */
  readonly day: string;
  /** False of the last where the cutoff is not a midnight. */
  readonly isOver: boolean;
  readonly arms: readonly Moments[];
  readonly exposed: Counts;
}

/** A metric's moments per variant, in the experiment's order of variants. */
export interface MetricMoments {
  readonly metric: string;
  /** One variable for simple metrics; numerator then denominator for a ratio. */
  readonly arms: readonly Moments[];
  /** Mature exposed units per variant (for a mean, those without events too). */
  readonly exposed: Counts;
  /**
   * The same at the ends of the run's days, ascending, and last at the cutoff. Empty by default, and for metrics
   * without a window: what their units had done by then is not kept.
   */
  readonly series?: readonly MomentsSoFar[];
}

/** All that TypeScript ever sees of the data. */
export interface Observation {
  readonly experiment: string;
  /** ISO instant: the largest timestamp over all rows, or what was asked for; null for final data. */
  readonly asOf: string | null;
  /** ISO instant at which decision data are clipped; null where the data are final. */
  readonly cutoff: string | null;
  readonly horizon: {
    readonly reached: boolean;
    readonly day: string | null;
    readonly by: "planned-units" | "end" | "final-data" | null;
  };
  readonly enrolment: Enrolment;
  readonly metrics: readonly MetricMoments[];
  readonly sources: readonly SourceFacts[];
}
