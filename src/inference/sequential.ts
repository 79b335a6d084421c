import { confidenceSequence, oneSidedLogP, oneSidedUpper } from "../statistics/confidence-sequence.ts";
import { running } from "../statistics/running.ts";
import { NO_BOUNDS } from "./estimator.ts";
import { isLarge, type LookDesign, type LookTerms, type TakenLook } from "./look-design.ts";

/**
 * A look a day, as soon as both arms have 100 mature units, by the asymptotic confidence sequence (A.14): tightest at
 * the planned units, the smallest p so far, and what no interval so far has excluded.
 */
export const sequential: LookDesign = {
  method: "asymptotic confidence sequence, a look a day; Fieller interval",
  take: (days, { plannedUnits }) =>
    days.filter(isLarge).map((day) => ({ ...day, fraction: Math.min(1, day.units / plannedUnits) })),
  criticalValues: (looks, terms, sides) =>
    looks.map((look) => {
      const input = standardised(look, terms, 0);
      return (
        (sides === 2 ? confidenceSequence(input).upper : oneSidedUpper(input)) ?? Number.POSITIVE_INFINITY
      );
    }),
  pValue: (looks, statistics, terms, sides) => {
    const logs = looks.map((look, index) => {
      const input = standardised(look, terms, statistics[index]!);
      return (sides === 2 ? confidenceSequence(input).logP : oneSidedLogP(input)) ?? 0;
    });
    return logs.length === 0 ? null : Math.exp(Math.min(...logs));
  },
  combine: (intervals) => {
    const last = running(intervals.map((interval) => ({ ...interval, logP: null }))).at(-1);
    if (last?.empty) return null;
    return last?.bounds ? { lower: open(last.bounds.lower), upper: open(last.bounds.upper) } : NO_BOUNDS;
  },
};

function standardised({ units }: TakenLook, { alpha, plannedUnits }: LookTerms, statistic: number) {
  return { estimate: statistic, standardError: 1, units, alpha, plannedUnits };
}

function open(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
