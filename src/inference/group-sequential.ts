import { daysBetween } from "../model/calendar.ts";
import { obrienFlemingSpending } from "../statistics/alpha-spending.ts";
import { spendingBounds } from "../statistics/group-sequential-bounds.ts";
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
  criticalValues: (looks, { alpha }, sides) =>
    looks.length === 0
      ? []
      : spendingBounds(looks.map(informationOf), alpha, obrienFlemingSpending, sides).bounds,
  pValue: (looks, statistics, _, sides) =>
    groupSequentialPValue(
      looks.map((look, index) => ({ ...informationOf(look), statistic: statistics[index]! })),
      obrienFlemingSpending,
      sides,
    ),
  combine: (intervals) => intervals.at(-1) ?? NO_BOUNDS,
};

function isDue({ day, isFinal }: PairLook, start: string): boolean {
  return isFinal || (daysBetween(start, day) + 1) % 7 === 0;
}

function informationOf({ fraction, units }: TakenLook) {
  return { fraction, information: units };
}
