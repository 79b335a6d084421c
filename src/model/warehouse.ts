import type { Filter } from "./metric.ts";

/** Where analysis reads its data. */
export interface Warehouse {
  readonly engine: "duckdb";
  readonly layout: EventLayout | PerUnitLayout;
}

/** Raw exposures and events, one row each. */
export interface EventLayout {
  readonly kind: "events";
  readonly exposures: ExposureSource;
  readonly events: readonly EventSource[];
}

/** One row per unit, already aggregated and final: no timestamps, no windows. */
export interface PerUnitLayout {
  readonly kind: "per-unit";
  /** Glob patterns, relative to the project's root folder. */
  readonly from: readonly string[];
  /** Unit key → column of its id. */
  readonly units: Readonly<Record<string, string>>;
  readonly columns: { readonly variant: string; readonly experiment: string | null };
}

export interface ExposureSource {
  readonly from: readonly string[];
  readonly units: Readonly<Record<string, string>>;
  readonly columns: {
    readonly experiment: string;
    readonly variant: string;
    readonly iteration: string | null;
    readonly timestamp: string | null;
    readonly forced: string | null;
  };
  /** Attributes at exposure; each is a column of the same name. */
  readonly attributes: readonly string[];
  /** Rows that match any of these are left out and counted. */
  readonly exclude: readonly Filter[];
}

export interface EventSource {
  readonly key: string;
  readonly from: readonly string[];
  readonly units: Readonly<Record<string, string>>;
  readonly columns: { readonly event: string; readonly timestamp: string | null };
}
