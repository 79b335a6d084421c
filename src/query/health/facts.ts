import type { Moments } from "../../statistics/moments.ts";
import type { Counts } from "../counts.ts";

/** What was seen of the data's health. A part is absent where the data cannot say. */
export interface HealthFacts {
  /** Days from the first exposure to the last, each once, in order: units by the day of their first exposure. */
  readonly byDay?: readonly DayUnits[];
  /** By attribute that units had at their first exposure. */
  readonly byBreakdown?: readonly BreakdownUnits[];
  /** Exposures that were logged under another plan than the one that is analysed, among all that count. */
  readonly otherSpec?: { readonly rows: Counts; readonly of: Counts };
  /** Units behind excluded exposures, by reason; of exposures without a unit, their rows. */
  readonly excludedUnits?: Readonly<Record<string, Counts>>;
  readonly audit?: AuditFacts;
  /** Sources of the events that the metrics read. */
  readonly sources?: readonly string[];
  /** Of the exposures of a sample of units; only where they were read for the audit. */
  readonly exposures?: SampledRows;
  /** By source of events: those of a sample of units that the experiment's metrics read. */
  readonly events?: readonly SampledEvents[];
  readonly overlaps?: readonly OverlapFacts[];
  /** Experiments that may share units with it, and were too many to be looked at. */
  readonly unseenOverlaps?: readonly string[];
}

export interface DayUnits {
  /** ISO day, in the project's timezone. */
  readonly day: string;
  readonly units: Counts;
}

export interface BreakdownUnits {
  readonly attribute: string;
  readonly values: readonly {
    /** Null: the attribute was absent, or these are the rest. */
    readonly value: string | null;
    /** All values too rare for one of their own. */
    readonly other: boolean;
    readonly units: Counts;
  }[];
}

/** What was logged beside what the assignment gives, over a sample of units. */
export interface AuditFacts {
  /** `assignment`: all of it. `draw`: audience and overrides could not be asked, so everybody is taken to be eligible. */
  readonly basis: "assignment" | "draw";
  /** By logged variant, then by the variant that the assignment gives, and last those that it gives none. */
  readonly units: readonly Counts[];
}

/** Rows of a sample of the exposed units. */
export interface SampledRows {
  /** Of the sample, per variant. */
  readonly units: Counts;
  readonly rows: number;
  /** Rows that say what another one says: the same unit, instant, and variant or event. */
  readonly repeated: number;
}

export interface SampledEvents extends SampledRows {
  readonly source: string;
  /** ISO instant from which rows were looked at; null: all were. */
  readonly since: string | null;
  /** Units with an event before their first exposure. */
  readonly before: Counts;
  /** Units with an event at their first exposure or later. */
  readonly joined: Counts;
}

/** Units that are in another experiment too. */
export interface OverlapFacts {
  readonly experiment: string;
  /** The other's, in its order. */
  readonly variants: readonly string[];
  /** By this experiment's variant, then by the other's. */
  readonly units: readonly Counts[];
  /** The primary metric of the mature ones, by the other's variant, then by this experiment's; null: not summed per unit. */
  readonly primary: readonly (readonly Moments[])[] | null;
}
