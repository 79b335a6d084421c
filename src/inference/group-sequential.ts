import { daysBetween } from "../model/calendar.ts";
import { obrienFlemingSpending } from "../statistics/alpha-spending.ts";
import { type Look, spendingBounds } from "../statistics/group-sequential-bounds.ts";
import { groupSequentialPValue } from "../statistics/group-sequential-p-value.ts";
import { NO_BOUNDS } from "./estimator.ts";
import { isLarge, type LookDesign, type PairLook, type TakenLook } from "./look-design.ts";

/**
 * A look every seven days from the start, each spending what O'Brien and Fleming's type of Lan and DeMets's function
 * lets it (A.15). The last look, where the planned units are reached or the run ends, spends the rest.
 */
export const groupSequential: LookDesign = {
  method:
    "group-sequential z, a look a week (Lan-DeMets spending, O'Brien-Fleming type); repeated and Fieller intervals",
  take: (days, { plannedUnits, start }) => {
    const taken: TakenLook[] = [];
    for (const day of days.filter((each) => isLarge(each) && isDue(each, start))) {
      const before = taken.at(-1);
      if (before?.fraction === 1) break;
      // Without new units there is no new information: one look stands for both, and spends what both may.
      if (before?.units === day.units) taken.pop();
      taken.push({ ...day, fraction: day.isFinal ? 1 : Math.min(1, day.units / plannedUnits) });
    }
    return taken;
  },
  criticalValues: (looks, { alpha }, sides) => boundsOf(looks.map(informationOf), alpha, sides),
  pValue: (looks, statistics, _, sides) =>
    groupSequentialPValue(
      looks.map((look, index) => ({ ...informationOf(look), statistic: statistics[index]! })),
      obrienFlemingSpending,
      sides,
    ),
  combine: (intervals) => intervals.at(-1) ?? NO_BOUNDS,
};

/** Metrics with the same window have the same looks, and every comparison asks for them more than once. */
const known = new Map<string, readonly number[]>();
const MOST_KNOWN = 1000;

function boundsOf(looks: readonly Look[], alpha: number, sides: 1 | 2): readonly number[] {
  if (looks.length === 0) return [];
  const key = JSON.stringify([looks, alpha, sides]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { bounds } = spendingBounds(looks, alpha, obrienFlemingSpending, sides);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, bounds);
  return bounds;
}

function isDue({ day, isFinal }: PairLook, start: string): boolean {
  return isFinal || (daysBetween(start, day) + 1) % 7 === 0;
}

function informationOf({ fraction, units }: TakenLook) {
  return { fraction, information: units };
}
