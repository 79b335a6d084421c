import type { Experiment } from "../../model/experiment.ts";
import type { DateGapsCheck } from "../generated/analysis.ts";
import type { HealthRecord } from "../health-record.ts";
import { liveVariants } from "./split.ts";

/** Where so many units are expected, chance leaves none in one of e²⁰. */
const ENOUGH = 20;
const WEEK = 7;

/**
 * Days without a unit in a variant that should have had some, by its share of that day's units; and days without
 * any, by the usual number. The same weekday without units in other weeks is a habit, and no gap.
 */
export function checkGaps(experiment: Experiment, { byDay }: HealthRecord): readonly DateGapsCheck[] {
  if (byDay === undefined || byDay.length < 3) return [];
  const live = liveVariants(experiment).filter(({ share }) => share > 0);
  const totals = byDay.map(({ units }) => live.reduce((sum, { index }) => sum + (units[index] ?? 0), 0));
  const usual = median(totals);
  const isHabit = (day: number) =>
    totals.some((total, other) => other !== day && (other - day) % WEEK === 0 && total === 0);
  const gaps = byDay.flatMap(({ day, units }, at) => {
    const total = totals[at]!;
    const isEmpty = total === 0 && usual >= ENOUGH && !isHabit(at);
    const variants = live.filter(
      ({ index, share }) => (units[index] ?? 0) === 0 && (isEmpty || expectedOf(share, total) >= ENOUGH),
    );
    return variants.length === 0 ? [] : [{ day, variants: variants.map(({ key }) => key) }];
  });
  return [{ check: "date-gaps", status: gaps.length > 0 ? "warning" : "ok", days: byDay.length, gaps }];
}

/** Units that a variant without any should have, given those of the others. */
function expectedOf(share: number, others: number): number {
  return share < 1 ? (others * share) / (1 - share) : others;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
