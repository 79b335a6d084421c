import { type ArmGroup, type Contrast, plannedContrasts } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { detectableMeanDifference, detectableRateDifference } from "../statistics/mde.ts";
import { baselineValue, type Claim } from "./claim.ts";
import { spreadOf } from "./control-units.ts";
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
  const contrasts = plannedContrasts(experiment);
  const weeks = Math.max((plannedDays ?? 0) / 7 + 2, Math.floor(experiment.analysis.maxDays / 7));
  return Array.from({ length: Math.min(weeks, MOST_WEEKS) }, (_, index) => {
    const matureDays = Math.max(0, 7 * (index + 1) - windowDays(primary.metric));
    const units = experiment.variants.map(({ share }) =>
      Math.floor((matureDays * unitsPerDay * share) / WHOLE),
    );
    const absolute =
      primary.kind === "superiority" ? smallestEffect(primary, contrasts, units, inflation) : null;
    const baseline = baselineValue(primary);
    const relative = absolute !== null && baseline !== null && baseline > 0 ? absolute / baseline : null;
    return { week: index + 1, unitsPerVariant: units, absolute, relative };
  });
}

/** The effect that every comparison finds: that of the least sensitive one. */
function smallestEffect(
  claim: Claim,
  contrasts: readonly Contrast[],
  units: readonly number[],
  inflation: number,
): number | null {
  const { baseline, alpha, power, metric, worth } = claim;
  if (baseline === null || worth === null || baselineValue(claim) === null || contrasts.length === 0)
    return null;
  const counted = worth.values / inflation;
  const unitsOf = ({ cells }: ArmGroup) => counted * cells.reduce((sum, cell) => sum + units[cell]!, 0);
  const effects = contrasts.map(({ against, of }) => {
    const run = { unitsControl: unitsOf(against), unitsVariant: unitsOf(of), alpha, power };
    return baseline.kind === "rate"
      ? detectableRateDifference({ ...run, control: baseline.rate, better: metric.better })
      : detectableMeanDifference({ ...run, standardDeviation: spreadOf(baseline) });
  });
  return effects.reduce<number | null>(
    (worst, effect) => (worst === null || effect === null ? null : Math.max(worst, effect)),
    0,
  );
}
