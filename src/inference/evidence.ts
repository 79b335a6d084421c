import type { Moments } from "../statistics/moments.ts";
import type { QuantileData } from "./estimator.ts";

/** What estimation needs of an observation. */
export interface Evidence {
  readonly metrics: readonly MetricEvidence[];
  /** Whether the data are all that decide. Default: not yet. */
  readonly horizon?: { readonly reached: boolean };
}

/** Moments and mature exposed units, per variant in the experiment's order. */
export interface ArmsEvidence {
  /** One variable; numerator then denominator for a ratio, total then members for a metric per another unit. */
  readonly arms: readonly Moments[];
  readonly exposed: readonly number[];
}

/** A metric's. */
export interface MetricEvidence extends ArmsEvidence {
  readonly metric: string;
  /** The same so far, at ends of days and at last at the cutoff. */
  readonly series?: readonly DayEvidence[];
  readonly cap?: { readonly value: number | null; readonly capped: readonly number[] };
  /** Per variant: the outcome beside what it was before exposure. */
  readonly covariates?: { readonly arms: readonly Moments[] };
  readonly bins?: BinsEvidence;
  readonly quantile?: readonly QuantileData[];
  /** Of a metric per another unit: how many of these there are. */
  readonly clusters?: readonly number[];
  readonly breakdowns?: readonly {
    readonly attribute: string;
    readonly values: readonly GroupEvidence[];
  }[];
  /** Milliseconds since exposure. */
  readonly byAge?: readonly (ArmsEvidence & { readonly from: number; readonly to: number })[];
}

/** Of the units with one value of an attribute. */
export interface GroupEvidence extends ArmsEvidence {
  readonly value: string | null;
  readonly other: boolean;
  readonly quantile?: readonly QuantileData[];
}

export interface DayEvidence extends ArmsEvidence {
  /** ISO day. */
  readonly day: string;
  /** False of the last where the cutoff is not a midnight. */
  readonly isOver: boolean;
  readonly covariates?: { readonly arms: readonly Moments[] };
}

/** Units by value. */
export interface BinsEvidence {
  readonly variables: 1 | 2;
  readonly counts: readonly { readonly values: readonly number[]; readonly units: readonly number[] }[];
}
