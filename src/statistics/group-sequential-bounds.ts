import type { SpendingFunction } from "./alpha-spending.ts";
import { requireErrorRate } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import {
  beginning,
  boundForProbability,
  type Continuation,
  continueWithin,
  crossingProbability,
} from "./group-sequential.ts";
import { normalIsf, normalSf } from "./normal.ts";

/** One look. Both ascend strictly from look to look. */
export interface Look {
  /** Of the planned information, 0 to 1: what has been spent. At the last look 1, whatever was reached. */
  readonly fraction: number;
  /** In any scale, units for example: what the statistics' correlations √(n_j/n_k) come of. Default: the fraction. */
  readonly information?: number;
}

export interface GroupSequentialBounds {
  /** Critical z by look; ∞ where nothing can be spent yet. */
  readonly bounds: readonly number[];
  /** Error rate spent by each look. */
  readonly cumulativeAlpha: readonly number[];
  /** Of each bound by itself, over all sides. */
  readonly nominalPValues: readonly number[];
}

/** Bounds ±c_k (or c_k, one-sided) that spend the error rate as a function says. */
export function spendingBounds(
  looks: readonly Look[],
  alpha: number,
  spending: SpendingFunction,
  sides: 1 | 2 = 2,
): GroupSequentialBounds {
  const { bounds, cumulativeAlpha } = spendUntil(looks, alpha, spending, sides);
  return { bounds, cumulativeAlpha, nominalPValues: nominal(bounds, sides) };
}

/** The same, with what is left to look at after the last of them (where `goesOn`) and the error rate that is spent by then. */
export function spendUntil(
  looks: readonly Look[],
  alpha: number,
  spending: SpendingFunction,
  sides: 1 | 2,
  goesOn = false,
) {
  requireErrorRate(alpha);
  requireLooks(looks);
  let state = beginning(sides, 0, alpha);
  let spent = 0;
  const cumulativeAlpha = looks.map(({ fraction }) => spending(fraction, alpha, sides));
  const bounds = looks.map((look, index) => {
    const information = look.information ?? look.fraction;
    const bound = boundForProbability(state, information, cumulativeAlpha[index]! - spent);
    // What rounding could not spend is not lost for the looks to come.
    if (bound !== Number.POSITIVE_INFINITY) spent = cumulativeAlpha[index]!;
    if (goesOn || index + 1 < looks.length)
      state = continueWithin(state, information, Math.min(bound, FARTHEST));
    return bound;
  });
  return { bounds, cumulativeAlpha, state, spent };
}

/** Throws on information that does not grow from look to look. */
function requireLooks(looks: readonly Look[]): void {
  let before = 0;
  for (const { fraction, information = fraction } of looks) {
    if (!(fraction > 0 && fraction <= 1 && information > before && information < Number.POSITIVE_INFINITY))
      throw new RangeError(
        `looks have fractions up to 1 and growing information; got ${fraction}, ${information}`,
      );
    before = information;
  }
}

export interface ClassicBounds extends GroupSequentialBounds {
  /** C of c_k = C·√(K/k) (O'Brien and Fleming) or c_k = C (Pocock). */
  readonly constant: number;
}

/**
 * The bounds of Peter C. O'Brien, Thomas R. Fleming, "A multiple testing procedure for clinical trials", *Biometrics* 35 (1979),
 * and Stuart J. Pocock, "Group sequential methods in the design and analysis of clinical trials", *Biometrika* 64 (1977), for
 * `looks` equally spaced looks.
 */
export function classicBounds(
  family: "O'Brien-Fleming" | "Pocock",
  looks: number,
  alpha: number,
  sides: 1 | 2 = 2,
): ClassicBounds {
  requireErrorRate(alpha);
  if (!(alpha <= sides / 2)) throw new RangeError(`an error rate is at most ½ a side; got ${alpha}`);
  if (!(Number.isSafeInteger(looks) && looks >= 1 && looks <= MOST_LOOKS))
    throw new RangeError(`looks are a whole number from 1 to ${MOST_LOOKS}; got ${looks}`);
  const shape = (look: number) => (family === "Pocock" ? 1 : Math.sqrt(looks / look));
  const boundsAt = (constant: number) => fractions(looks).map((_, index) => constant * shape(index + 1));
  const excess = (constant: number) =>
    crossings(fractions(looks), boundsAt(constant), sides, 0).reduce((sum, part) => sum + part, 0) - alpha;
  const constant = findRoot(excess, normalIsf(alpha / sides) / 2, normalIsf(alpha / sides / looks) + 1);
  const bounds = boundsAt(constant);
  const spent = crossings(fractions(looks), bounds, sides, 0);
  const cumulativeAlpha = spent.map((_, index) =>
    spent.slice(0, index + 1).reduce((sum, part) => sum + part, 0),
  );
  return { constant, bounds, cumulativeAlpha, nominalPValues: nominal(bounds, sides) };
}

/** Every look is a quadrature over the one before, solved for a dozen times. */
const MOST_LOOKS = 1000;

/** P(crossing first at each look), by look, where the statistic drifts: 0 under the null hypothesis. */
export function crossings(
  information: readonly number[],
  bounds: readonly number[],
  sides: 1 | 2,
  drift: number,
): readonly number[] {
  let state: Continuation = beginning(sides, drift);
  return bounds.map((bound, index) => {
    const probability = crossingProbability(state, information[index]!, bound);
    if (index + 1 < bounds.length)
      state = continueWithin(state, information[index]!, Math.min(bound, FARTHEST));
    return probability;
  });
}

/** Beyond it a bound is never crossed: 38 standard deviations are below the smallest double. */
const FARTHEST = 38;

function fractions(looks: number): readonly number[] {
  return Array.from({ length: looks }, (_, index) => (index + 1) / looks);
}

function nominal(bounds: readonly number[], sides: 1 | 2): readonly number[] {
  return bounds.map((bound) => sides * normalSf(bound));
}
