import type { MetricEstimate } from "../../inference/estimate.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Check } from "../generated/analysis.ts";
import type { TrialRecord } from "../record.ts";
import { checkCovariates, checkNovelty, checkSurprise } from "./check-effects.ts";
import { checkEarlyEvents, checkFreshness, checkJoins, checkRepeats, checkSilence } from "./check-events.ts";
import { checkGaps } from "./check-gaps.ts";
import { checkAssignment, checkSpecs } from "./check-logging.ts";
import { checkOverlaps } from "./check-overlaps.ts";
import { checkBreakdowns, checkDays, checkExclusions, checkSequentially } from "./check-splits.ts";

/** Every check that the data allow, beyond those that decide; in the order in which causes lie closer to the data. */
export function runChecks(
  experiment: Experiment,
  record: TrialRecord,
  estimates: readonly MetricEstimate[],
): Check[] {
  const { health = {} } = record;
  return [
    ...checkSequentially(experiment, health),
    ...checkDays(experiment, health),
    ...checkGaps(experiment, health),
    ...checkBreakdowns(experiment, health),
    ...checkExclusions(experiment, health),
    ...checkSpecs(experiment, health),
    ...checkAssignment(experiment, health),
    ...checkCovariates(experiment, record),
    ...checkFreshness(record, health),
    ...checkSilence(record),
    ...checkJoins(experiment, health),
    ...checkEarlyEvents(experiment, health),
    ...checkRepeats(health),
    ...checkNovelty(experiment, record),
    ...checkSurprise(experiment, estimates),
    ...checkOverlaps(experiment, health),
  ];
}
