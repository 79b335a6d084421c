import type { SpendingFunction } from "./alpha-spending.ts";
import { findRoot } from "./find-root.ts";
import { type Look, spendingBounds } from "./group-sequential-bounds.ts";

/** A look and what was seen. */
export interface ObservedLook extends Look {
  /** z of the look; null where there was none. */
  readonly statistic: number | null;
}

/**
 * The smallest error rate whose spending bounds have been crossed by now: the sequential p-value, valid at every look. 1 where not
 * even an error rate of ½ a side would have been crossed; null without a statistic.
 * Qing Liu, Keaven M. Anderson, "On adaptive extensions of group sequential trials for clinical investigations", *JASA* 103 (2008).
 */
export function groupSequentialPValue(
  looks: readonly ObservedLook[],
  spending: SpendingFunction,
  sides: 1 | 2 = 2,
): number | null {
  if (looks.every(({ statistic }) => statistic === null)) return null;
  const reach = (statistic: number | null) =>
    statistic === null ? Number.NEGATIVE_INFINITY : sides === 2 ? Math.abs(statistic) : statistic;
  const surplus = (logAlpha: number) => {
    const { bounds } = spendingBounds(looks, Math.exp(logAlpha), spending, sides);
    return Math.max(...looks.map(({ statistic }, index) => clamp(reach(statistic) - bounds[index]!)));
  };
  const most = Math.log(sides / 2) - 1e-9;
  if (!(surplus(most) >= 0)) return 1;
  if (surplus(LEAST) >= 0) return Math.exp(LEAST);
  return Math.exp(findRoot(surplus, LEAST, most));
}

/** ln of 1e-300. */
const LEAST = -690;

/** A bound that is not there yet is infinitely far, and a root needs a number. */
function clamp(surplus: number): number {
  return Math.max(-1e6, surplus);
}
