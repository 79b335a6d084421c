import type { Entry } from "../model/entry.ts";
import type { Measured, Period } from "../model/measured.ts";
import type { Baseline, MetricKind } from "../model/metric.ts";
import type { YamlPlace } from "../plan/baseline-targets.ts";
import type { MeasuredBaseline } from "./measured-baseline.ts";

/** What planning reckons with, as it is in the warehouse, beside what the YAML says. */
export interface BaselineReport {
  readonly kind: "baseline-report";
  readonly timezone: string;
  readonly sources: readonly SourceSpan[];
  readonly baselines: readonly BaselineMeasurement[];
  readonly volumes: readonly VolumeMeasurement[];
}

/** From when to when a source has rows: ISO instants, null without timestamps or rows. */
export interface SourceSpan {
  readonly source: string;
  readonly files: readonly string[];
  readonly rows: number;
  readonly first: string | null;
  readonly last: string | null;
}

interface Measurement {
  /** Key of the unit. */
  readonly unit: string;
  /** Key of the experiment whose eligible units were measured; null: all units. */
  readonly experiment: string | null;
  /** What brought the units in; null: rows of a one-row-per-unit table. */
  readonly entry: Entry | null;
  /** The days on which units were met; null where the data have no timestamps. */
  readonly period: Period | null;
  readonly units: number;
  readonly place: YamlPlace;
  readonly writable: boolean;
}

/** A metric over units of one kind. */
export interface BaselineMeasurement extends Measurement, MeasuredBaseline {
  readonly metric: string;
  readonly metricKind: MetricKind;
  /** Milliseconds that each unit was followed; null: to the end of the period. */
  readonly window: number | null;
  /** Where an experiment adjusts by what units did before. */
  readonly cuped: MeasuredCorrelation | null;
  /** Where experiments randomise other units than the metric measures: by each of these. */
  readonly clusters: readonly MeasuredClusters[];
  readonly written: Baseline | null;
}

/** Of a unit's value with its value in the period before it was met. */
export interface MeasuredCorrelation {
  /** Milliseconds of that period. */
  readonly before: number;
  /** Null where one of the values never varies. */
  readonly correlation: number | null;
  /** Whether the data begin early enough for all units; where not, it comes out too weak. */
  readonly isCovered: boolean;
}

/** How the measured units sit in units of another kind. */
export interface MeasuredClusters {
  /** Key of the randomised unit. */
  readonly unit: string;
  readonly period: Period | null;
  /** Randomised units that have members, and these. */
  readonly units: number;
  readonly members: number;
  readonly meanSize: number;
  /** Coefficient of variation of the sizes, with divisor units − 1; null of one. */
  readonly sizeVariation: number | null;
  /** Null where it does not exist: one unit, or one member each, or values that never vary. */
  readonly intraclassCorrelation: number | null;
}

/** How many units come. */
export interface VolumeMeasurement extends Measurement {
  readonly period: Period;
  /** Units that were not met before in the period, a day on average. */
  readonly newPerDay: number;
  /** New units per week of the period; empty where it has no whole number of weeks, and of a share of others. */
  readonly weeks: readonly number[];
  /** Units met a day, Monday to Sunday, on average; null for a weekday that the period does not have. */
  readonly weekdays: readonly (number | null)[];
  readonly written: { readonly newPerDay: number | null; readonly measured?: Measured };
}
