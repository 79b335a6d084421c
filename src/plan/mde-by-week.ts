import type { Experiment } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { detectableMeanDifference, detectableRateDifference } from "../statistics/mde.ts";
import { baselineValue, type Claim } from "./claim.ts";
import { reportingShare } from "./control-units.ts";
import { windowDays } from "./duration.ts";
import type { WeekMde } from "./plan.ts";

const MOST_WEEKS = 12;

/**
 * What a run of 1, 2, 3, … weeks finds, to two weeks beyond the planned days and to `maxDays`, at most
 * twelve. Units count for less by what looking costs (`inflation`). The effects are null for a primary that must only be not worse, and where nobody is mature yet.
 */
export function mdeByWeek(
  experiment: Experiment,
  primary: Claim,
  unitsPerDay: number | null,
  plannedDays: number | null,
  inflation: number,
): readonly WeekMde[] {
  if (unitsPerDay === null || !(unitsPerDay > 0)) return [];
  const weeks = Math.max((plannedDays ?? 0) / 7 + 2, Math.floor(experiment.analysis.maxDays / 7));
  return Array.from({ length: Math.min(weeks, MOST_WEEKS) }, (_, index) => {
    const matureDays = Math.max(0, 7 * (index + 1) - windowDays(primary.metric));
    const units = experiment.variants.map(({ share }) =>
      Math.floor((matureDays * unitsPerDay * share) / WHOLE),
    );
    const absolute = primary.kind === "superiority" ? smallestEffect(primary, units, inflation) : null;
    const baseline = baselineValue(primary);
    const relative = absolute !== null && baseline !== null && baseline > 0 ? absolute / baseline : null;
    return { week: index + 1, unitsPerVariant: units, absolute, relative };
  });
}

/** The effect that every comparison finds: that of the least sensitive one. */
function smallestEffect(claim: Claim, units: readonly number[], inflation: number): number | null {
  const { baseline, alpha, power, metric } = claim;
  if (baseline === null || baselineValue(claim) === null || units.length < 2) return null;
  const counted = reportingShare(metric.kind, baseline) / inflation;
  const [unitsControl = 0, ...others] = units.map((count) => count * counted);
  const effects = others.map((unitsVariant) => {
    const run = { unitsControl, unitsVariant, alpha, power };
    return baseline.kind === "rate"
      ? detectableRateDifference({ ...run, control: baseline.rate, better: metric.better })
      : detectableMeanDifference({ ...run, standardDeviation: baseline.standardDeviation });
  });
  return effects.reduce<number | null>(
    (worst, effect) => (worst === null || effect === null ? null : Math.max(worst, effect)),
    0,
  );
}
