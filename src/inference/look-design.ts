import type { NullableBounds } from "./estimator.ts";
import type { Pair } from "./pair.ts";

/** A control and a variant as they stood at the end of a day. */
export interface PairLook extends Pair {
  /** ISO day. */
  readonly day: string;
  /** Whether it is the last day whose data decide. */
  readonly isFinal: boolean;
  /** Mature exposed units of both. */
  readonly units: number;
}

/** A look that a design takes. */
export interface TakenLook extends PairLook {
  /** Of the planned units, at most 1. */
  readonly fraction: number;
}

/** What looks are judged by. */
export interface LookTerms {
  /** Two-sided. One-sided tests have the same, on their side. */
  readonly alpha: number;
  /** Of both arms. */
  readonly plannedUnits: number;
  /** First day of the run. */
  readonly start: string;
}

/** How many looks become one p-value, one interval and one answer about a margin. */
export interface LookDesign {
  readonly method: string;
  /** Which of a run's days are looks. */
  readonly take: (days: readonly PairLook[], terms: LookTerms) => readonly TakenLook[];
  /** How many standard errors are too many, by look; ∞ where none are. */
  readonly criticalValues: (looks: readonly TakenLook[], terms: LookTerms, sides: 1 | 2) => readonly number[];
  /** Of the z statistics of all looks together, valid at the last. One-sided: that the truth is above 0. */
  readonly pValue: (
    looks: readonly TakenLook[],
    statistics: readonly number[],
    terms: LookTerms,
    sides: 1 | 2,
  ) => number | null;
  /** The interval at the last look, from those of all; null where they have nothing in common. */
  readonly combine: (intervals: readonly NullableBounds[]) => NullableBounds | null;
}

/** Below it, no look is taken: the limit theorems behind them are not trusted. */
export const SMALLEST_ARM = 100;

/** Whether both arms have units enough for a look. */
export function isLarge({ control, variant }: PairLook): boolean {
  return Math.min(control.units, variant.units) >= SMALLEST_ARM;
}
