import type { SpendingFunction } from "./alpha-spending.ts";
import { findRoot } from "./find-root.ts";
import { type Look, spendingBounds } from "./group-sequential-bounds.ts";
import { normalSf } from "./normal.ts";

/** A look and what was seen. */
export interface ObservedLook extends Look {
  /** z of the look; null where there was none. */
  readonly statistic: number | null;
}

/**
 * The smallest error rate whose spending bounds have been crossed by now: the sequential p-value, valid at every look. 1 where not
 * even an error rate of ½ a side would have been crossed; null without a statistic.
 *
 * Right to 1e-10 of itself down to 1e-240 and to 1e-4 down to 1e-299; what is smaller is given as e^−690, about 2e-300. That is
 * tested with O'Brien and Fleming's spending, by integrals at 45 digits over two looks that are 3% of the information apart or more.
 *
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
  const least = Math.min(
    ...looks.map((look) => leastSpending(look, reach(look.statistic), spending, sides, most)),
  );
  if (least >= most) return surplus(most) >= 0 ? Math.exp(most) : 1;
  if (surplus(least) >= 0) return Math.exp(least);
  for (let step = 0.25; ; step *= 2) {
    const far = Math.min(most, least + step);
    if (surplus(far) >= 0) return Math.exp(findRoot(surplus, least, far));
    if (far === most) return 1;
  }
}

/**
 * ln of an error rate below which a look's bound cannot have been crossed: what is spent by the look is the probability of
 * any crossing by then, so never less than that of this statistic alone. It is near the root, for little is spent before.
 */
function leastSpending(
  { fraction }: Look,
  statistic: number,
  spending: SpendingFunction,
  sides: 1 | 2,
  most: number,
): number {
  const alone = sides * normalSf(statistic);
  const lack = (logAlpha: number) => spending(fraction, Math.exp(logAlpha), sides) - alone;
  if (!(lack(most) > 0)) return most;
  return lack(LEAST) >= 0 ? LEAST : findRoot(lack, LEAST, most) - 1e-12;
}

/** ln of 1e-300. */
const LEAST = -690;

/** A bound that is not there yet is infinitely far, and a root needs a number. */
function clamp(surplus: number): number {
  return Math.max(-1e6, surplus);
}
