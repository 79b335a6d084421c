import { requireErrorRate } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import { crossings } from "./group-sequential-bounds.ts";
import { normalIsf } from "./normal.ts";

export interface GroupSequentialDesign {
  /** Information fractions of the looks, ascending to 1. */
  readonly fractions: readonly number[];
  readonly bounds: readonly number[];
  /** Error rate over all sides. */
  readonly alpha: number;
  readonly power: number;
  readonly sides?: 1 | 2;
}

export interface GroupSequentialSize {
  /** Largest size over that of the fixed design with the same power. */
  readonly inflation: number;
  /** Expected size at the effect planned for, over that of the fixed design. */
  readonly expectedSize: number;
}

/**
 * What looking costs: the drift of Z(1) at which the bounds are crossed with `power`, squared, over the square of the drift that the
 * fixed design needs. Jennison and Turnbull, *Group Sequential Methods* (2000), section 2.3.
 */
export function groupSequentialSize(design: GroupSequentialDesign): GroupSequentialSize {
  const { fractions, bounds, alpha, power, sides = 2 } = design;
  requireDesign(design);
  const fixed = driftFor([1], [normalIsf(alpha / sides)], power, sides);
  const drift = driftFor(fractions, bounds, power, sides);
  const inflation = (drift / fixed) ** 2;
  const stops = crossings(fractions, bounds, sides, drift);
  const unstopped = 1 - stops.reduce((sum, part) => sum + part, 0);
  const expected = stops.reduce((sum, part, index) => sum + part * fractions[index]!, unstopped);
  return { inflation, expectedSize: inflation * expected };
}

/** Throws on looks whose information does not grow to 1, on bounds that are none, and on a power that is had without an effect. */
function requireDesign({ fractions, bounds, alpha, power, sides = 2 }: GroupSequentialDesign): void {
  requireErrorRate(alpha / sides);
  requireErrorRate(1 - power);
  if (fractions.length === 0 || fractions.length !== bounds.length || fractions.at(-1) !== 1)
    throw new RangeError(`every look has a bound, and the last has all information; got ${fractions.join()}`);
  fractions.forEach((fraction, index) => {
    if (!(fraction > (fractions[index - 1] ?? 0)))
      throw new RangeError(`looks have growing information; got ${fractions.join()}`);
  });
  if (!(bounds.every((bound) => bound >= 0) && bounds.at(-1)! <= MOST_BOUND))
    throw new RangeError(`bounds are 0 or more, the last at most ${MOST_BOUND}; got ${bounds.join()}`);
  const spent = crossings(fractions, bounds, sides, 0).reduce((sum, part) => sum + part, 0);
  if (!(power > Math.max(alpha, spent)))
    throw new RangeError(`power is above the error rate; got ${power} for ${Math.max(alpha, spent)}`);
}

/** Its tail is below the smallest double. */
const MOST_BOUND = 38;

/** The drift at which the bounds are crossed with `power`. */
function driftFor(
  fractions: readonly number[],
  bounds: readonly number[],
  power: number,
  sides: 1 | 2,
): number {
  const last = bounds.at(-1)!;
  const excess = (drift: number) =>
    crossings(fractions, bounds, sides, drift).reduce((sum, part) => sum + part, 0) - power;
  return findRoot(excess, 0, last + normalIsf(1 - power) + 1);
}
