import type { Effect } from "../model/effect.ts";
import type { Moments } from "../statistics/moments.ts";
import type { Sample } from "../statistics/sample.ts";
import type { ArmEstimate, Note } from "./metric-estimate.ts";
import type { Pair } from "./pair.ts";

/** What an engine says of one arm. */
export interface ArmData {
  readonly moments: Moments;
  /** Only of a quantile. */
  readonly quantile?: QuantileData | undefined;
}

/** A quantile of the arm's values between two of their order statistics. */
export interface QuantileData {
  readonly events: number;
  readonly units: number;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** False where a rank lies outside of the values: there is no interval then (A.5). */
  readonly inside: boolean;
}

/** One arm, read off its moments. */
export interface Reading extends Omit<ArmEstimate, "variant"> {
  /** What tests need; null below two units or without a value, and `missing` says why. */
  readonly sample: Sample | null;
  readonly missing: Note | null;
  /** Of the one variable whose mean the arm's value is (a ratio: linearised). */
  readonly moments: Moments | null;
}

export interface NullableBounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

export const NO_BOUNDS: NullableBounds = { lower: null, upper: null };

interface TestResult {
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  /** Two-sided. */
  readonly pValue: number | null;
}

export interface MarginTest {
  readonly statistic: number | null;
  /** One-sided. */
  readonly pValue: number | null;
  /** Lower bound of the benefit, on the margin's scale. */
  readonly bound: number | null;
}

interface Belief {
  readonly probabilityToBeatControl: number | null;
  readonly expectedLoss: number | null;
}

/** How one kind of metric turns moments into numbers. `sign` is +1 where higher is better, −1 where lower is. */
export interface Estimator {
  /** Names of the test and of the intervals. */
  readonly method: string;
  readonly read: (data: ArmData, confidence: number) => Reading;
  readonly test: (pair: Pair) => TestResult;
  /** Of variant − control, at the two-sided level `confidence`. */
  readonly absolute: (pair: Pair, confidence: number) => NullableBounds;
  /** Of (variant − control) / control, for a control above 0. */
  readonly relative: (pair: Pair, confidence: number) => NullableBounds;
  /** Of the two-sided test at a true difference, with the units that there are. */
  readonly powerAt: (pair: Pair, difference: number, alpha: number) => number | null;
  /** Per variant in equal arms, unrounded, to find the difference that was observed. */
  readonly unitsNeeded: (pair: Pair, alpha: number, power: number) => number | null;
  readonly belief: (pair: Pair, sign: 1 | -1) => Belief;
  /** H0: benefit ≤ −margin, one-sided at α. */
  readonly notWorse: (
    pair: Pair,
    terms: { readonly margin: Effect; readonly sign: 1 | -1; readonly alpha: number },
  ) => MarginTest;
  /** What to doubt in the comparison. */
  readonly doubts: (pair: Pair) => readonly Note[];
}
