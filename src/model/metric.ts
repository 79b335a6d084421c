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

/** What a metric reads: rows of an event, or a column of a one-row-per-unit table. */
export type MetricInput =
  | {
      readonly kind: "event";
      readonly event: string;
      readonly value: string | null;
      readonly where: readonly Filter[];
    }
  | { readonly kind: "column"; readonly column: string };

/**
 * What the metric is today, for planning. `reporting` is the share of units with at least one event, 0 < r ≤ 1;
 * without `measured`, the values are an assumption.
 */
export type Baseline =
  | { readonly kind: "rate"; readonly rate: number; readonly measured?: Measured }
  | {
      readonly kind: "mean";
      readonly mean: number;
      readonly standardDeviation: number;
      readonly reporting: number;
      readonly measured?: Measured;
    };

interface MetricCommon {
  readonly key: string;
  readonly file: string;
  readonly name: string;
  readonly description: string | null;
  readonly better: "higher" | "lower";
  /** From first exposure, in milliseconds; null: everything after exposure counts. */
  readonly window: number | null;
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
}

/** The total of a number per unit, zeros included. */
export interface SumMetric extends MetricCommon {
  readonly kind: "sum";
  readonly input: MetricInput;
}

/** The unit's average event value; units without events are not in it. */
export interface MeanMetric extends MetricCommon {
  readonly kind: "mean";
  readonly input: MetricInput;
}

/** Sum of one metric over sum of another. Its window is that of both. */
export interface RatioMetric extends MetricCommon {
  readonly kind: "ratio";
  readonly numerator: SimpleMetric;
  readonly denominator: SimpleMetric;
}

export type SimpleMetric = ConversionMetric | CountMetric | SumMetric | MeanMetric;
export type Metric = SimpleMetric | RatioMetric;
export type MetricKind = Metric["kind"];
