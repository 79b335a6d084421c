import type { Effect } from "../model/effect.ts";
import type { MetricKind, Scalar } from "../model/metric.ts";
import type { LackOfFit } from "../statistics/lack-of-fit.ts";

/** Why a number is null or doubtful. */
export type Note =
  | "no-units"
  | "one-unit"
  | "no-variance"
  | "small-counts"
  | "relative-undefined"
  | "unbounded"
  | "denominator-not-positive"
  | "overflow"
  | "skewed"
  | "severely-skewed"
  | "reporting-differs"
  | "no-baseline"
  | "no-look"
  | "single-look"
  | "effect-drift"
  | "few-clusters"
  | "few-events"
  | "not-poolable"
  | "cap-not-applied";

/** Both ends in the metric's unit; an absent bound (unbounded, or not computable) is null. */
export interface Interval {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ArmEstimate {
  readonly variant: string;
  /** The denominator: mature units (for a mean: those with events; for a quantile: with values). */
  readonly units: number;
  /** Of a metric measured on other units than the randomised ones: how many of these there are. */
  readonly members?: number;
  /** Σ of the unit values (ratio: of the numerator). */
  readonly sum: number | null;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

/** The one-sided test of "not worse than the margin", H0: benefit ≤ −margin. */
export interface NonInferiority {
  readonly margin: Effect;
  /** Positive where the data speak for "not worse". */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** One-sided (1−α) lower bound of the benefit, on the margin's scale; null when it does not exist. */
  readonly bound: number | null;
  readonly established: boolean;
}

/** The anytime-valid one-sided look at harm, A.19. */
export interface HarmLook {
  /** Upper bound of the benefit, on the threshold's scale; harm is shown when it lies below `threshold`. */
  readonly upper: number | null;
  /** 0, or −margin: a fraction of the control's value for a relative margin, else in the metric's unit. */
  readonly threshold: number;
  readonly shown: boolean;
}

/** Two one-sided tests at α each: does the 1−2α interval lie within ±MDE. On the MDE's scale. */
export interface Equivalence {
  readonly mde: Effect;
  readonly level: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly established: boolean;
}

/** Of a `mean`: the share of exposed units that have a value, and the score test that the arms share it. */
export interface Reporting {
  readonly control: number | null;
  readonly variant: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
}

/** Where a design that looks more than once stands. Its numbers are those of this look. */
export interface LookState {
  /** From 1. */
  readonly number: number;
  /** ISO day at whose end it was taken. */
  readonly day: string;
  /** Mature exposed units of both arms, then and as planned. */
  readonly units: number;
  readonly plannedUnits: number;
  /** Information fraction: units over planned units, at most 1; 1 at the last look. */
  readonly fraction: number;
  /** Critical |z| of the two-sided test at this look; null where nothing may be spent yet. */
  readonly boundary: number | null;
  /** The first look at which |z| reached its boundary. */
  readonly crossed: { readonly number: number; readonly day: string } | null;
}

/** The metric as it was at the end of a day: cumulative, of units that were mature then. */
export interface SeriesPoint {
  readonly day: string;
  /** Mature exposed units, by variant; of main effects, by parameter's value. */
  readonly units: Readonly<Record<string, number>>;
  readonly comparisons: readonly {
    readonly variant: string;
    /** With the interval of the fixed test, which is right on one day only. */
    readonly absolute: Interval;
    /** What the confidence sequence has not excluded by then: right on all days at once. Null before its first look. */
    readonly sequence: { readonly lower: number | null; readonly upper: number | null } | null;
    /** Of a group-sequential design, on the days of its looks: the interval at the boundary. */
    readonly repeated: { readonly lower: number | null; readonly upper: number | null } | null;
  }[];
}

/** Variant against control. Effect = variant − control, never sign-flipped. */
export interface Comparison {
  readonly variant: string;
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  /** Two-sided, of no difference. */
  readonly pValue: number | null;
  /** By Holm within the metric's family; null for a guardrail, which is in none. */
  readonly adjustedPValue: number | null;
  readonly intervalLevel: number;
  readonly absolute: Interval;
  /** As fractions of the control's value. */
  readonly relative: Interval;
  /** Observed power. */
  readonly power: number | null;
  readonly powerAtMde: number | null;
  /** Per variant, to find the observed effect at the planned power. */
  readonly unitsNeeded: number | null;
  /** That the variant is better, in the metric's direction. */
  readonly probabilityToBeatControl: number | null;
  /** In the metric's unit, of choosing the variant. */
  readonly expectedLoss: number | null;
  readonly practical: "meaningful" | "trivial" | "harmful" | "unclear";
  /** Skewness of the difference, A.11. */
  readonly skewness: number | null;
  readonly nonInferiority: NonInferiority | null;
  readonly equivalence: Equivalence | null;
  readonly harm: HarmLook | null;
  /** Null for a fixed design, and before the first look. */
  readonly look: LookState | null;
  /** Null for every kind but `mean`. */
  readonly reporting: Reporting | null;
  /** Null where it is not asked for. */
  readonly cuped: CupedResult | null;
  readonly sensitivity: Sensitivity | null;
  readonly notes: readonly Note[];
}

/** Why a comparison is not adjusted although it was to be. */
export type UnadjustedReason =
  | "too-few-units"
  | "no-variance"
  | "no-covariate"
  | "not-for-kind"
  | "not-at-looks";

/** What was taken out of the values that units had before exposure. */
export interface CupedResult {
  readonly applied: boolean;
  readonly reason: UnadjustedReason | null;
  readonly theta: readonly number[];
  readonly varianceReduction: number | null;
  /** The same numbers without it. */
  readonly unadjusted: Pick<Comparison, "statistic" | "pValue" | "absolute" | "relative"> | null;
}

/** Other looks at the same data; none decides. */
export interface Sensitivity {
  /** Mann and Whitney's U of the variant; `probability` that its value is above a control's, ties counted half. */
  readonly rank: {
    readonly statistic: number;
    readonly pValue: number | null;
    readonly probability: number;
  } | null;
  readonly median: {
    readonly control: number;
    readonly variant: number;
    readonly difference: number;
  } | null;
  /** Percentile interval of variant − control. */
  readonly bootstrap: {
    readonly lower: number;
    readonly upper: number;
    readonly replicates: number;
    readonly seed: number;
  } | null;
}

/** A comparison that explores: unadjusted values, fixed intervals. */
export interface ExploredComparison {
  readonly variant: string;
  readonly pValue: number | null;
  /** By Benjamini and Hochberg over the metric's breakdowns; null elsewhere. */
  readonly adjustedPValue: number | null;
  readonly absolute: Interval;
  readonly relative: Interval;
  readonly notes: readonly Note[];
}

/** Whether effects differ between an attribute's values. */
export interface InteractionTest {
  readonly variant: string;
  /** Cochran's Q. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** The overall effect has the opposite sign of every value's. */
  readonly reversed: boolean;
}

export interface Breakdown {
  readonly attribute: string;
  /** By variant. */
  readonly interactions: readonly InteractionTest[];
  readonly values: readonly {
    readonly value: string | null;
    readonly other: boolean;
    readonly units: Readonly<Record<string, number>>;
    readonly means: Readonly<Record<string, number | null>>;
    readonly comparisons: readonly ExploredComparison[];
  }[];
}

/** The effect in a stretch of days since exposure. */
export interface AgeStretch {
  readonly from: number;
  readonly to: number;
  readonly units: Readonly<Record<string, number>>;
  readonly comparisons: readonly ExploredComparison[];
}

/** A parameter's value against its first, over all values of the other parameters. */
export interface MainEffect {
  readonly parameter: string;
  readonly value: Scalar;
  readonly against: Scalar;
  /** The units with the first value, then those with this one. */
  readonly variants: readonly ArmEstimate[];
  readonly comparison: Comparison;
}

/** The linear trend over a numeric parameter. */
export interface DoseTrend {
  readonly parameter: string;
  /** Change of the metric per unit of the parameter. */
  readonly slope: Interval;
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  readonly pValue: number | null;
  /** Whether the means lie off a line; null for two values. */
  readonly curvature: LackOfFit | null;
  /** Ascending. */
  readonly levels: readonly {
    readonly value: number;
    readonly units: number;
    readonly mean: number | null;
    readonly interval: ArmEstimate["interval"];
  }[];
}

export interface MetricEstimate {
  readonly metric: string;
  readonly name: string;
  readonly role: "primary" | "secondary" | "guardrail";
  readonly kind: MetricKind;
  readonly better: "higher" | "lower";
  /** Names of test and intervals. */
  readonly method: string;
  /** In the experiment's order of variants, control first. */
  readonly variants: readonly ArmEstimate[];
  /** In the same order, without the control. */
  readonly comparisons: readonly Comparison[];
  /** By day, from the first with mature units; empty without timestamps, and for a metric without a window. */
  readonly series: readonly SeriesPoint[];
  /** What winsorizing did; null where it is not asked for. */
  readonly winsorized: { readonly cap: number | null; readonly capped: readonly number[] } | null;
  /** Measured units by variant, where they are not the randomised ones. */
  readonly clusters: readonly number[] | null;
  readonly breakdowns: readonly Breakdown[];
  readonly byAge: readonly AgeStretch[];
  /** Of parameters analysed by their main effects, which then decide; `comparisons` are of cells. */
  readonly effects: readonly MainEffect[];
  /** That the parameters' effects add up. */
  readonly interaction: LackOfFit | null;
  readonly dose: DoseTrend | null;
}

/** The comparisons that decide: the main effects where there are any. */
export function decidingComparisons({
  comparisons,
  effects,
}: Pick<MetricEstimate, "comparisons" | "effects">): readonly Comparison[] {
  return effects.length > 0 ? effects.map(({ comparison }) => comparison) : comparisons;
}
