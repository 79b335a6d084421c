/**
 * A small world of raw rows: what is in the data, and what is asked of it. Instants are whole microseconds since
 * 1970-01-01T00:00Z, spans whole microseconds.
 */
export interface World {
  /** IANA name. */
  readonly timezone: string;
  /** The control first, then by code point. */
  readonly variants: readonly string[];
  /** First and last day of exposure, in the timezone. */
  readonly days: { readonly start: string; readonly end: string } | null;
  /** Data after it have not happened yet; null: up to the last row of any source. Whole milliseconds. */
  readonly asOf: number | null;
  /** Span before exposure over which covariates are taken. */
  readonly cuped: number | null;
  readonly breakdowns: readonly "country"[];
  /** Only units with such an event at or after their first exposure count, and from the first of them on. */
  readonly trigger: Selection | null;
  /** Countries whose people may take part; null: everybody. */
  readonly audience: readonly string[] | null;
  /** Ids that are of tests. */
  readonly testUnits: readonly string[];
  /** The first is the primary, the others secondary. */
  readonly metrics: readonly MetricSpec[];
  readonly exposures: readonly ExposureRow[];
  readonly events: readonly EventRow[];
}

export const HOUR_US = 3_600_000_000;
export const DAY_US = 24 * HOUR_US;
/** The experiment that is analysed; rows of others are in the data too. */
export const EXPERIMENT = "checkout";
export const ITERATION = 2;
/** Which source holds the rows of which event. */
export const SOURCE_OF: Readonly<Record<EventName, string>> = { view: "app", purchase: "app", refund: "web" };

export type EventName = "view" | "purchase" | "refund";

export interface ExposureRow {
  readonly user: string | null;
  readonly experiment: string;
  readonly iteration: number | null;
  readonly variant: string | null;
  readonly at: number;
  readonly forced: boolean | null;
  readonly bot: boolean | null;
  readonly country: string | null;
  readonly spec: LoggedSpec | null;
  readonly device?: string | null;
}

/** How a row tells the plan that it was logged under: its whole hash, the first digits of it, or of another one. */
export type LoggedSpec = "whole" | "twelve" | "seven" | "eight" | "other";

export interface EventRow {
  readonly user: string | null;
  readonly event: EventName;
  readonly at: number;
  /** May be anything that a double can be. */
  readonly amount: number | null;
  readonly kind: string | null;
  readonly refunded: boolean | null;
  readonly device?: string | null;
}

/** Rows of an event that have one of these values. */
export interface Selection {
  readonly event: EventName;
  readonly kinds: readonly string[] | null;
  readonly refunded: boolean | null;
}

export interface MetricSpec {
  readonly key: string;
  readonly body: MetricBody;
  /** Span from first exposure, both ends included; null: everything after exposure. Not of retention. */
  readonly window: number | null;
  /** What it is measured on in place of the user, who is then a cluster: of a conversion, a count or a sum. */
  readonly per?: "device";
}

export type SimpleBody =
  | { readonly kind: "conversion"; readonly on: Selection }
  | {
      readonly kind: "count" | "sum" | "mean";
      readonly on: Selection;
      readonly winsorize: Winsorize | null;
    };

export type Winsorize =
  | { readonly kind: "percentile"; readonly percent: number }
  | { readonly kind: "absolute"; readonly cap: number };

export type MetricBody =
  | SimpleBody
  /** An event at from ≤ t − t₀ < to. */
  | {
      readonly kind: "retention";
      readonly on: Selection;
      readonly from: number;
      readonly to: number;
      /** Written as a day and a window. */
      readonly isRolling: boolean;
    }
  | { readonly kind: "funnel"; readonly steps: readonly Selection[] }
  | { readonly kind: "quantile"; readonly on: Selection; readonly percent: number }
  | { readonly kind: "ratio"; readonly numerator: SimpleBody; readonly denominator: SimpleBody };

/** Rows without an id belong to nobody. */
export function eventsByUnit(
  events: readonly EventRow[],
  unit: "user" | "device" = "user",
): ReadonlyMap<string, readonly EventRow[]> {
  const units = new Map<string, EventRow[]>();
  for (const row of events) {
    const id = row[unit] ?? "";
    if (id === "") continue;
    const rows = units.get(id);
    if (rows) rows.push(row);
    else units.set(id, [row]);
  }
  return units;
}

/** Whether any metric is measured on devices. */
export function hasDevices({ metrics }: Pick<World, "metrics">): boolean {
  return metrics.some(({ per }) => per === "device");
}
