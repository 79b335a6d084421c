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
  const fixed = driftFor([1], [normalIsf(alpha / sides)], power, sides);
  const drift = driftFor(fractions, bounds, power, sides);
  const inflation = (drift / fixed) ** 2;
  const stops = crossings(fractions, bounds, sides, drift);
  const unstopped = 1 - stops.reduce((sum, part) => sum + part, 0);
  const expected = stops.reduce((sum, part, index) => sum + part * fractions[index]!, unstopped);
  return { inflation, expectedSize: inflation * expected };
}

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
