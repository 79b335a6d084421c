import type { ArmGroup } from "../model/contrasts.ts";
import type { Moments } from "../statistics/moments.ts";
import { type ArmEvidence, plannedOf } from "./arm-evidence.ts";
import type { Estimator, Reading } from "./estimator.ts";
import type { Question } from "./question.ts";

/** An arm at some time of the run. */
export interface ReadArm {
  readonly reading: Reading;
  /** Of (outcome, the same before exposure); null where it is not adjusted for. */
  readonly covariates: Moments | null;
  /** Mature exposed units. */
  readonly exposed: number;
}

/** An arm beside what surrounds it. */
export interface ComparedArm extends ReadArm {
  readonly variant: string;
  /** Exposed units that the plan asks for, for harm to be watched by; null where it could not say. */
  readonly planned: number | null;
  /** Exposed units of the whole run, by its plan; null where it could not say. */
  readonly plannedInRun: number | null;
  /** The arm so far, at the end of each day whose data decide; the same days in all arms. */
  readonly days: readonly ArmDay[];
}

interface ArmDay extends ReadArm {
  /** ISO day. */
  readonly day: string;
  readonly isFinal: boolean;
}

/** Reads an arm, now and day by day. */
export function readCompared(
  estimator: Estimator,
  question: Question,
  group: ArmGroup,
  evidence: ArmEvidence,
): ComparedArm {
  const confidence = 1 - question.alpha;
  const { data, covariates, exposed } = evidence;
  return {
    variant: group.name,
    reading: estimator.read(data, confidence),
    covariates,
    exposed,
    planned: plannedOf(question.harm?.plannedUnits, group),
    plannedInRun: plannedOf(question.looks.plannedUnits, group),
    days: evidence.days.map((so) => ({
      day: so.day,
      isFinal: so.isFinal,
      reading: estimator.read(so.data, confidence),
      covariates: so.covariates,
      exposed: so.exposed,
    })),
  };
}
