import type { SpendingFunction } from "./alpha-spending.ts";
import { findRoot } from "./find-root.ts";
import { crossingProbability } from "./group-sequential.ts";
import { type Look, spendUntil } from "./group-sequential-bounds.ts";
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
 * Right to 1e-10 of itself down to 1e-299; what is smaller is given as e^−690, about 2e-300. That is tested with O'Brien and Fleming's
 * spending, by integrals at 45 digits over two looks that are 3% of the information apart or more.
 *
 * Qing Liu, Keaven M. Anderson, "On adaptive extensions of group sequential trials for clinical investigations", *JASA* 103 (2008).
 */
export function groupSequentialPValue(
  looks: readonly ObservedLook[],
  spending: SpendingFunction,
  sides: 1 | 2 = 2,
): number | null {
  if (looks.every(({ statistic }) => statistic === null)) return null;
  const most = Math.log(sides / 2) - 1e-9;
  const crossings = looks
    .flatMap(({ fraction, statistic }, index): readonly Crossing[] => {
      if (statistic === null) return [];
      const reach = sides === 2 ? Math.abs(statistic) : statistic;
      return [{ index, reach, least: leastSpending(fraction, reach, spending, sides, most) }];
    })
    .sort((a, b) => a.least - b.least);
  let logP = 0;
  for (const crossing of crossings) {
    if (crossing.least >= Math.min(logP, most)) break;
    logP = Math.min(logP, crossingAlpha(looks, crossing, most, spending, sides));
  }
  return Math.exp(logP);
}

/** A look by which a bound may have been crossed. */
interface Crossing {
  readonly index: number;
  /** How far its statistic lies on the side of the bound. */
  readonly reach: number;
  /** ln of an error rate that is not enough. */
  readonly least: number;
}

/** ln of the smallest error rate whose bound this look's statistic reaches, at most `most`; 0 where none is enough. */
function crossingAlpha(
  looks: readonly Look[],
  { index, reach, least }: Crossing,
  most: number,
  spending: SpendingFunction,
  sides: 1 | 2,
): number {
  const { fraction, information = fraction } = looks[index]!;
  // Of what the look may spend over what reaching this far without a crossing before would cost.
  const surplus = (logAlpha: number) => {
    const alpha = Math.exp(logAlpha);
    const { state, spent } = spendUntil(looks.slice(0, index), alpha, spending, sides, true);
    const cost = crossingProbability(state, information, reach);
    return clamp(Math.log(Math.max(0, spending(fraction, alpha, sides) - spent)) - Math.log(cost));
  };
  if (surplus(least) >= 0) return least;
  for (let step = 0.25; ; step *= 2) {
    const far = Math.min(most, least + step);
    if (surplus(far) >= 0) return findRoot(surplus, least, far, PRECISION);
    if (far === most) return 0;
  }
}

/**
 * ln of an error rate below which a look's bound cannot have been crossed: what is spent by the look is the probability of
 * any crossing by then, so never less than that of this statistic alone. It is near the root, for little is spent before.
 */
function leastSpending(
  fraction: number,
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

/** Of a logarithm of at most 690. */
const PRECISION = 1e-14;

/** Nothing to spend is infinitely too little, and a cost that underflows none, where a root needs numbers. */
function clamp(surplus: number): number {
  return Number.isNaN(surplus) ? -1e6 : Math.min(1e6, Math.max(-1e6, surplus));
}
