import type { Moments } from "../statistics/moments.ts";
import type { Counts } from "./counts.ts";
import type { HealthFacts } from "./health/facts.ts";

export type { Counts };

/** ISO days in the project's timezone, both included; null: no bound. */
export interface ExposureDays {
  readonly from: string | null;
  readonly to: string | null;
}

/** What the files and tables were, for provenance. */
export interface SourceFacts {
  readonly source: string;
  readonly files: readonly string[];
  /** The table's name, as the YAML has it; absent of files. */
  readonly table?: string;
  /** Only of a cluster. */
  readonly shards?: ShardFacts;
  readonly rows: number;
  /** ISO instants of the first and last row; null without timestamps. */
  readonly first: string | null;
  readonly last: string | null;
}

/** How a cluster's shards were put to work. */
export interface ShardFacts {
  readonly count: number;
  /** Each shard joined its own units' rows, or one server joined all. */
  readonly joinedAt: "shards" | "initiator";
  /** Why the shards did not join by themselves; null where they did. */
  readonly reason: string | null;
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
  /** Only where the metric has covariates and the design looks more than once; winsorized as at the cutoff. */
  readonly covariates?: Pick<Covariates, "arms">;
}

/** Some units' moments per variant. */
export interface ArmMoments {
  /** In the experiment's order of variants. */
  readonly arms: readonly Moments[];
  /** Mature exposed units per variant (for a mean, those without events too). */
  readonly exposed: Counts;
}

/** A metric's moments per variant, in the experiment's order of variants. */
export interface MetricMoments {
  readonly metric: string;
  /**
   * One variable for simple metrics; numerator then denominator for a ratio. Of values that were moved to the cap,
   * where the metric has one. For a quantile: how many of a unit's values are at or below the arm's quantile, and
   * how many values it has. Of a metric per another unit: the total over the members of a randomised unit, and
   * how many they are.
   */
  readonly arms: readonly Moments[];
  /** Mature exposed randomisation units per variant (for a mean, those without events too). */
  readonly exposed: Counts;
  /**
   * The same at the ends of the run's days, ascending, and last at the cutoff. Empty by default, and for metrics
   * without a window: what their units had done by then is not kept.
   */
  readonly series?: readonly MomentsSoFar[];
  /** Only of a winsorized metric. */
  readonly cap?: Cap;
  /** Only with CUPED, and where the metric has a covariate. */
  readonly covariates?: Covariates;
  /** Of the primary metric, and of secondary ones where units are few; absent where their values are too many. */
  readonly bins?: Bins;
  /** Only of a quantile, per variant. */
  readonly quantile?: readonly QuantileArm[];
  /** Only of a metric per another unit: how many of these there are. */
  readonly clusters?: Counts;
  /** In the order of the experiment's breakdowns. */
  readonly breakdowns?: readonly Breakdown[];
  /** Only of the primary metric, where it has a window: what happened from `from` to `to` after exposure, each stretch by itself. */
  readonly byAge?: readonly (ArmMoments & { readonly from: number; readonly to: number })[];
}

/** What winsorizing did. */
export interface Cap {
  /** Larger values were moved to it. Null: it would be no more than the least value, so none was. */
  readonly value: number | null;
  /** Units whose value was moved, per variant. */
  readonly capped: Counts;
}

/** What the units did before they were exposed. */
export interface Covariates {
  /**
   * Per variant, of (outcome, the same before exposure); of a ratio (numerator, denominator, numerator before,
   * denominator before).
   */
  readonly arms: readonly Moments[];
  /** Of the covariate, which has a cap of its own. */
  readonly cap?: Cap;
}

/** Units by value: the metric's, or (numerator, denominator). */
export interface Bins {
  readonly variables: 1 | 2;
  /** Ascending; units that report nothing are at zero. */
  readonly counts: readonly { readonly values: readonly number[]; readonly units: Counts }[];
}

/** A quantile of all values of one arm's units. */
export interface QuantileArm {
  /** How many values there are. */
  readonly events: number;
  /** Units with at least one. */
  readonly units: number;
  /** By linear interpolation between order statistics (type 7); null without values. */
  readonly value: number | null;
  /** How much larger the variance of the share below is than of independent values; null with fewer than two units. */
  readonly inflation: number | null;
  /** Order statistics at the ranks of the outer confidence interval; null where the value is. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** False where a rank had to be moved inside: the interval then says less than it seems to. */
  readonly inside: boolean;
}

/** A metric by an attribute that units had at their first exposure. */
export interface Breakdown {
  readonly attribute: string;
  /** The most frequent first, and `other` last. */
  readonly values: readonly BreakdownValue[];
}

export interface BreakdownValue extends ArmMoments {
  /** Null: the attribute was absent. */
  readonly value: string | null;
  /** All values that are too rare for one of their own, taken together; `value` is null. */
  readonly other: boolean;
  /** Only of a quantile, per variant. */
  readonly quantile?: readonly QuantileArm[];
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
  /** Absent or null: units are counted whatever day they were first exposed on. */
  readonly exposedOn?: ExposureDays | null;
  readonly enrolment: Enrolment;
  readonly health?: HealthFacts;
  readonly metrics: readonly MetricMoments[];
  /** Only where a trigger decides who counts: how many of the exposed units it met, per variant. */
  readonly trigger?: { readonly triggered: Counts; readonly exposed: Counts };
  readonly sources: readonly SourceFacts[];
}
