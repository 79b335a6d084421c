import type { Measured } from "./measured.ts";

/** A scalar that YAML, manifests and data files can hold. */
export type Scalar = string | number | boolean;

/** A column equals one of these values. */
export interface Filter {
  readonly column: string;
  readonly values: readonly Scalar[];
}

export type PropertyType =
  | { readonly kind: "number" }
  | { readonly kind: "string" }
  | { readonly kind: "boolean" }
  | { readonly kind: "enum"; readonly values: readonly string[] };

export interface EventProperty {
  readonly key: string;
  readonly type: PropertyType;
}

/** Something a unit did, declared in `project.yaml`. */
export interface EventDeclaration {
  readonly key: string;
  /** Key of the warehouse source that holds its rows; empty where the warehouse has no sources and none is named. */
  readonly source: string;
  /** Keys of the units whose ids its rows carry. */
  readonly units: readonly string[];
  readonly properties: readonly EventProperty[];
}

/** Rows of an event. */
export interface EventRows {
  readonly kind: "event";
  readonly event: string;
  /** The property that is measured; null where rows are only counted. */
  readonly value: string | null;
  /** All of these hold. */
  readonly where: readonly Filter[];
}

/** What a metric reads: rows of an event, or a column of a one-row-per-unit table. */
export type MetricInput = EventRows | { readonly kind: "column"; readonly column: string };

/** How measured units sit in the randomised ones. */
export interface Clusters {
  /** Measured units per randomised unit, at least 1. */
  readonly meanSize: number;
  /** From 0 to 1. */
  readonly intraclassCorrelation: number;
  /** Coefficient of variation of the sizes. */
  readonly sizeVariation: number;
}

interface BaselineCommon {
  /** Without it, the values are an assumption. */
  readonly measured?: Measured;
  /** Of a unit's value with its value in the pre-period, between -1 and 1. */
  readonly cuped?: { readonly correlation: number };
  /** By the key of the randomised unit, for a metric with `per`. */
  readonly clusters?: Readonly<Record<string, Clusters>>;
}

/**
 * What the metric is today, for planning. `rate`: of a conversion, a retention, a funnel (whose `steps` are the
 * shares of units that get to each step, the last of them the rate). `mean`: of a count, a sum, a mean, a ratio;
 * `reporting` is the share of units with at least one event, 0 < r ≤ 1. `quantile`: `spread` over the square root of
 * the number of units is its standard error.
 */
export type Baseline =
  | ({ readonly kind: "rate"; readonly rate: number; readonly steps?: readonly number[] } & BaselineCommon)
  | ({
      readonly kind: "mean";
      readonly mean: number;
      readonly standardDeviation: number;
      readonly reporting: number;
    } & BaselineCommon)
  | ({ readonly kind: "quantile"; readonly value: number; readonly spread: number } & BaselineCommon);

/** The most that a unit's value counts for: a quantile of all units' values, ½ < p < 1, or a value. */
export type Winsorize =
  | { readonly kind: "percentile"; readonly value: number }
  | { readonly kind: "absolute"; readonly cap: number };

interface MetricCommon {
  readonly key: string;
  readonly file: string;
  readonly name: string;
  readonly description: string | null;
  readonly better: "higher" | "lower";
  /**
   * From first exposure, in milliseconds: what has happened by then counts, and a unit is mature then. Null:
   * everything after exposure counts.
   */
  readonly window: number | null;
  /** Key of the measured unit where it is not the experiment's: never of other kinds than conversion, count, sum. */
  readonly per: string | null;
  readonly baseline: Baseline | null;
}

/** 0 or 1 per unit: did it happen at least once. */
export interface ConversionMetric extends MetricCommon {
  readonly kind: "conversion";
  readonly input: MetricInput;
}

/** How often per unit, zeros included. */
export interface CountMetric extends MetricCommon {
  readonly kind: "count";
  readonly input: MetricInput;
  readonly winsorize: Winsorize | null;
}

/** The total of a number per unit, zeros included. */
export interface SumMetric extends MetricCommon {
  readonly kind: "sum";
  readonly input: MetricInput;
  readonly winsorize: Winsorize | null;
}

/** The unit's average event value; units without events are not in it. */
export interface MeanMetric extends MetricCommon {
  readonly kind: "mean";
  readonly input: MetricInput;
  readonly winsorize: Winsorize | null;
}

/** 0 or 1 per unit: did it happen `from` ≤ t − t₀ < `to`, in milliseconds. Its window is `to`. */
export interface RetentionMetric extends MetricCommon {
  readonly kind: "retention";
  readonly input: EventRows;
  readonly from: number;
  readonly to: number;
  /** The same as `to`. */
  readonly window: number;
}

/** 0 or 1 per unit: did all steps happen, in their order, by the end of the window. */
export interface FunnelMetric extends MetricCommon {
  readonly kind: "funnel";
  /** At least two; none has a value. */
  readonly steps: readonly EventRows[];
  readonly window: number;
}

/** The value that a share `quantile`, between 0 and 1, of all units' event values does not exceed. */
export interface QuantileMetric extends MetricCommon {
  readonly kind: "quantile";
  readonly quantile: number;
  readonly input: MetricInput;
}

/** Sum of one metric over sum of another. Its window is that of both. */
export interface RatioMetric extends MetricCommon {
  readonly kind: "ratio";
  readonly numerator: RatioPart;
  readonly denominator: RatioPart;
}

/** Its value is a sum over a unit's rows, or made of such. */
export type RowMetric = ConversionMetric | CountMetric | SumMetric | MeanMetric;
/** One number per unit. */
export type SimpleMetric = RowMetric | RetentionMetric | FunnelMetric;
export type RatioPart = ConversionMetric | CountMetric | SumMetric;
/** What metrics are made of. */
export type MetricPart = SimpleMetric | QuantileMetric;
export type Metric = MetricPart | RatioMetric;
export type MetricKind = Metric["kind"];

/** The rate, the mean or the quantile. */
export function levelOf(baseline: Baseline): number {
  switch (baseline.kind) {
    case "rate":
      return baseline.rate;
    case "mean":
      return baseline.mean;
    case "quantile":
      return baseline.value;
  }
}

/** What a plan needs to know of each kind. */
export function baselineKind(kind: MetricKind): Baseline["kind"] {
  return isBinary(kind) ? "rate" : kind === "quantile" ? "quantile" : "mean";
}

/** Whether a metric's value is a sum over a unit's rows, or made of such. */
export function isRowMetric(metric: Metric): metric is RowMetric {
  return ROW_KINDS.includes(metric.kind);
}

const ROW_KINDS: readonly MetricKind[] = ["conversion", "count", "sum", "mean"];

/** Whether a unit's value is 0 or 1. */
export function isBinary(kind: MetricKind): kind is "conversion" | "retention" | "funnel" {
  return kind === "conversion" || kind === "retention" || kind === "funnel";
}
