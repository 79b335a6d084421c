import type { ExactMoments } from "./exact-moments.ts";

/** What the rows of a world say, by the conventions alone. */
export interface Expected {
  readonly asOf: number;
  readonly cutoff: number;
  /** Exposed units per variant, and those that the trigger met. */
  readonly units: readonly number[];
  readonly triggered: readonly number[];
  readonly crossovers: number;
  readonly metrics: readonly ExpectedMetric[];
}

export interface ExpectedArms {
  readonly arms: readonly ExactMoments[];
  /** Mature units per variant. */
  readonly exposed: readonly number[];
}

export interface ExpectedMetric extends ExpectedArms {
  readonly metric: string;
  /** Null: not winsorized. */
  readonly cap: ExpectedCap | null;
  /** Null where there is no such thing. */
  readonly covariates: { readonly arms: readonly ExactMoments[]; readonly cap: ExpectedCap | null } | null;
  readonly quantile: readonly ExpectedQuantile[] | null;
  /** Mature devices per variant; null where the metric is of users. */
  readonly members: readonly number[] | null;
  readonly breakdowns: readonly (ExpectedArms & {
    readonly value: string | null;
    readonly quantile: readonly ExpectedQuantile[] | null;
  })[];
  /** At the ends of the run's days and at the cutoff; none without a window or without a start. */
  readonly series: readonly ExpectedStep[];
  /** Of the primary metric, by day of its window. */
  readonly byAge: readonly (ExpectedArms & { readonly from: number; readonly to: number })[];
}

export interface ExpectedStep extends ExpectedArms {
  readonly day: string;
  /** Whether the day ends there. */
  readonly isOver: boolean;
}

export interface ExpectedCap {
  /** Null: the cap is at or below the least value, and not applied. */
  readonly value: number | null;
  readonly capped: readonly number[];
  /** Units whose value is so close to the cap that rounding decides on which side they are. */
  readonly unsure: readonly number[];
}

export interface ExpectedQuantile {
  readonly events: number;
  readonly units: number;
  readonly value: number | null;
}
