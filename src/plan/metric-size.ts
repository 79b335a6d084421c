import { type ArmGroup, mainContrasts, plannedContrasts } from "../model/contrasts.ts";
import type { Experiment, Variant } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { absoluteEffect, baselineValue, type Claim } from "./claim.ts";
import { controlUnits, formulaOf } from "./control-units.ts";
import { runDays, type Schedule, windowDays } from "./duration.ts";
import { describeInflation, lookInflation } from "./look-inflation.ts";
import type { MetricSize } from "./plan.ts";
import { describeWorth } from "./unit-worth.ts";

/** How many units and days one claim needs; the hungriest comparison sets the total, then each arm is rounded up. */
export function sizeMetric(claim: Claim, experiment: Experiment, schedule: Schedule): MetricSize {
  const { variants, analysis } = experiment;
  const total = totalUnits(claim, experiment);
  const unitsFor = (inflation: number) =>
    total === null ? null : variants.map(({ share }) => Math.ceil((total * inflation * share) / WHOLE));
  const daysFor = (inflation: number) => {
    const units = unitsFor(inflation);
    return units === null ? null : runDays(unitsToExpose(units, variants), schedule);
  };
  const worth = claim.worth ? describeWorth(claim.worth, experiment.unit.key) : "";
  const inflation = inflationOf(claim, analysis, schedule, daysFor);
  return {
    metric: claim.metric.key,
    role: claim.role,
    claim: claim.kind,
    alpha: claim.alpha,
    power: claim.power,
    baseline: baselineValue(claim),
    measured: claim.baseline?.measured ?? null,
    effect: absoluteEffect(claim),
    formula:
      formulaOf(claim) + worth + describeInflation(analysis.method, inflation) + describeMerging(experiment),
    ...(claim.worth?.clusters && { clusters: claim.worth.clusters }),
    ...(claim.worth?.cuped && { cuped: claim.worth.cuped }),
    ...(analysis.method !== "fixed" && { inflation }),
    unitsPerVariant: unitsFor(inflation),
    windowDays: windowDays(claim.metric),
    days: daysFor(inflation),
  };
}

/** Units that have to come in all, so that every arm gets its own. */
export function unitsToExpose(units: readonly number[], variants: readonly Variant[]): number {
  return Math.max(...units.map((count, index) => (count * WHOLE) / variants[index]!.share));
}

/**
 * Units of all arms together for one look, unrounded. A main effect is between all variants that have a value of a
 * parameter and all that have its first; the baseline stands for both, whatever the other parameters do.
 */
function totalUnits(claim: Claim, experiment: Experiment): number | null {
  const { variants } = experiment;
  const contrasts = plannedContrasts(experiment);
  if (contrasts.length === 0 || variants.some(({ share }) => share <= 0)) return null;
  const shareOf = ({ cells }: ArmGroup) => cells.reduce((sum, cell) => sum + variants[cell]!.share, 0);
  let total = 0;
  for (const { against, of } of contrasts) {
    const units = controlUnits(claim, shareOf(of) / shareOf(against));
    if (units === null) return null;
    total = Math.max(total, (units * WHOLE) / shareOf(against));
  }
  return total;
}

/** What a plan's formula says of main effects; empty where variants are compared. */
function describeMerging(experiment: Experiment): string {
  return mainContrasts(experiment).length === 0
    ? ""
    : ", per value of a parameter: all variants that have it against all that have the first";
}

/** What looking costs depends on how many looks there are, and these on the days that the units take. */
function inflationOf(
  claim: Claim,
  { method, maxDays }: Experiment["analysis"],
  schedule: Schedule,
  daysFor: (inflation: number) => number | null,
): number {
  let days = daysFor(1);
  for (let turn = 1; ; turn++) {
    const run = { days: days ?? maxDays, windowDays: windowDays(claim.metric) };
    const inflation = lookInflation(claim, method, {
      ...run,
      enrolmentDays: run.days - schedule.windowDays,
    });
    const longer = daysFor(inflation);
    if (longer === days || turn === MOST_TURNS) return inflation;
    days = longer;
  }
}

/** A look more costs less than a per cent: two turns are enough as a rule. */
const MOST_TURNS = 5;
