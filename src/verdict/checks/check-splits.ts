import type { Experiment } from "../../model/experiment.ts";
import { sequentialSrm } from "../../statistics/sequential-srm.ts";
import type {
  SequentialSrmCheck,
  SrmByBreakdownCheck,
  SrmByDayCheck,
  UnevenExclusionsCheck,
} from "../generated/analysis.ts";
import type { HealthRecord } from "../health-record.ts";
import { adjustAll, judge, RARE, RARE_SPLIT } from "./family.ts";
import { byVariant, liveVariants, testSplit } from "./split.ts";

/** The split of each day's first exposures (A.16). */
export function checkDays(experiment: Experiment, { byDay }: HealthRecord): readonly SrmByDayCheck[] {
  if (byDay === undefined || byDay.length < 2) return [];
  const days = adjustAll(byDay.map(({ day, units }) => ({ day, ...splitOf(experiment, units) })));
  return [{ check: "srm-by-day", ...judge(days, RARE_SPLIT), days }];
}

/** The split among units with the same value of an attribute; one family over attributes and values (A.16). */
export function checkBreakdowns(
  experiment: Experiment,
  { byBreakdown = [] }: HealthRecord,
): readonly SrmByBreakdownCheck[] {
  const all = adjustAll(
    byBreakdown.flatMap(({ attribute, values }) =>
      values.map(({ value, other, units }) => ({ attribute, value, other, ...splitOf(experiment, units) })),
    ),
  );
  return byBreakdown.map(({ attribute }) => {
    const mine = all.filter((each) => each.attribute === attribute);
    const values = mine.map(({ attribute: _, ...value }) => value);
    return { check: "srm-by-breakdown", attribute, ...judge(values, RARE_SPLIT), values };
  });
}

/** Exclusions that do not look at the variant should take from each in proportion to its share. */
export function checkExclusions(
  experiment: Experiment,
  { excludedUnits = {} }: HealthRecord,
): readonly UnevenExclusionsCheck[] {
  const struck = Object.entries(excludedUnits).filter(([, units]) => units.some((count) => count > 0));
  if (struck.length === 0) return [];
  const reasons = adjustAll(struck.map(([reason, units]) => ({ reason, ...splitOf(experiment, units) })));
  return [{ check: "uneven-exclusions", ...judge(reasons, RARE), reasons }];
}

/** The running minimum over the ends of days; a day's p-value alone would hold for that day only. */
export function checkSequentially(
  experiment: Experiment,
  { byDay }: HealthRecord,
): readonly SequentialSrmCheck[] {
  if (byDay === undefined) return [];
  const live = liveVariants(experiment).filter(({ share }) => share > 0);
  const soFar = live.map(() => 0);
  let least: number | null = null;
  let since: string | null = null;
  for (const { day, units } of byDay) {
    live.forEach(({ index }, place) => {
      soFar[place]! += units[index] ?? 0;
    });
    const test = sequentialSrm(
      soFar,
      live.map(({ share }) => share),
    );
    if (test === null) continue;
    least = Math.min(least ?? 1, test.pValue);
    if (least < RARE) since ??= day;
  }
  const status = least === null ? "not-computable" : since === null ? "ok" : "warning";
  return [{ check: "sequential-srm", status, pValue: least, since }];
}

function splitOf(experiment: Experiment, units: readonly number[]) {
  return { units: byVariant(experiment, units), pValue: testSplit(experiment, units).pValue };
}
