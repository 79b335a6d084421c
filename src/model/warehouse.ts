import type { Filter } from "./metric.ts";

/** Where analysis reads its data. */
export type Warehouse = DuckDBWarehouse | ClickHouseWarehouse;

/** Embedded: files, or tables of a database file. */
export interface DuckDBWarehouse {
  readonly engine: "duckdb";
  /** Path of the database file of its tables, relative to the project's root folder; null where it has none. */
  readonly database: string | null;
  readonly layout: EventLayout | PerUnitLayout;
}

/** A server or a cluster, whose sources are all tables. */
export interface ClickHouseWarehouse {
  readonly engine: "clickhouse";
  readonly clickhouse: ClickHouseSettings;
  readonly layout: EventLayout | PerUnitLayout;
}

/** The password is in no file. */
export interface ClickHouseSettings {
  /** Http or https, without user and password. */
  readonly url: string;
  /** Of tables that name none; null: the user's own. */
  readonly database: string | null;
  /** Whose shards hold the tables; null: one server does. */
  readonly cluster: string | null;
  /** Null: the server's default, where the environment says nothing. */
  readonly user: string | null;
  /** Of one query. */
  readonly timeoutSeconds: number;
}

/** What holds the rows of a source. */
export type SourceOrigin =
  /** Glob patterns, relative to the project's root folder. */
  | { readonly kind: "files"; readonly patterns: readonly string[] }
  /** A table or a view, as it is written: `name`, or `schema.name` (of ClickHouse: `database.name`). */
  | { readonly kind: "table"; readonly name: string };

/** What the numbers of a timestamp column count, from 1970-01-01T00:00:00Z. */
export type EpochUnit = "seconds" | "milliseconds" | "microseconds";

/** Raw exposures and events, one row each. */
export interface EventLayout {
  readonly kind: "events";
  readonly exposures: ExposureSource;
  readonly events: readonly EventSource[];
}

/** One row per unit, already aggregated and final: no timestamps, no windows. */
export interface PerUnitLayout {
  readonly kind: "per-unit";
  readonly from: SourceOrigin;
  /** Unit key → column of its id. */
  readonly units: Readonly<Record<string, string>>;
  readonly columns: { readonly variant: string; readonly experiment: string | null };
  /** Attributes at exposure; each is a column of the same name. */
  readonly attributes: readonly string[];
}

export interface ExposureSource {
  readonly from: SourceOrigin;
  readonly units: Readonly<Record<string, string>>;
  readonly columns: {
    readonly experiment: string;
    readonly variant: string;
    readonly iteration: string | null;
    readonly timestamp: string | null;
    readonly forced: string | null;
    /** Of the hash of the plan that the variant came from. */
    readonly specHash: string | null;
  };
  /** Of the timestamps, where they are numbers; null: they are timestamps, or ISO 8601 as text. */
  readonly epoch: EpochUnit | null;
  /** Attributes at exposure; each is a column of the same name. */
  readonly attributes: readonly string[];
  /** Rows that match any of these are left out and counted. */
  readonly exclude: readonly Filter[];
  /** Unit key → ids that are left out and counted. */
  readonly testUnits: Readonly<Record<string, readonly string[]>>;
}

export interface EventSource {
  readonly key: string;
  readonly from: SourceOrigin;
  readonly units: Readonly<Record<string, string>>;
  readonly columns: { readonly event: string; readonly timestamp: string | null };
  /** As of the exposures. */
  readonly epoch: EpochUnit | null;
}
