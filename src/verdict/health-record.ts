import type { Moments } from "../statistics/moments.ts";

/** Units or rows per variant, in the experiment's order. */
type Counts = readonly number[];

/** What was seen of the data's health; a part is absent where the data cannot say. */
export interface HealthRecord {
  readonly byDay?: readonly { readonly day: string; readonly units: Counts }[];
  readonly byBreakdown?: readonly {
    readonly attribute: string;
    readonly values: readonly {
      readonly value: string | null;
      readonly other: boolean;
      readonly units: Counts;
    }[];
  }[];
  readonly otherSpec?: { readonly rows: Counts; readonly of: Counts };
  readonly excludedUnits?: Readonly<Record<string, Counts>>;
  readonly audit?: {
    readonly basis: "assignment" | "draw";
    /** By logged variant, then by given variant, and last those that are given none. */
    readonly units: readonly Counts[];
  };
  /** Sources of events that the metrics read. */
  readonly sources?: readonly string[];
  readonly exposures?: SampledRecord;
  readonly events?: readonly (SampledRecord & {
    readonly source: string;
    /** ISO instant from which rows were looked at; null: all were. */
    readonly since: string | null;
    readonly before: Counts;
    readonly joined: Counts;
  })[];
  readonly overlaps?: readonly {
    readonly experiment: string;
    readonly variants: readonly string[];
    /** By this experiment's variant, then by the other's. */
    readonly units: readonly Counts[];
    /** The primary metric, by the other's variant, then by this experiment's. */
    readonly primary: readonly (readonly Moments[])[] | null;
  }[];
  /** Experiments that may share units with it and were not looked at. */
  readonly unseenOverlaps?: readonly string[];
}

interface SampledRecord {
  readonly units: Counts;
  readonly rows: number;
  readonly repeated: number;
}
