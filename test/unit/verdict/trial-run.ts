import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { PlanRecord } from "../../../src/plan/registration.ts";
import type { Observation } from "../../../src/query/observation.ts";
import type { Moments } from "../../../src/statistics/moments.ts";
import { type Analysis, assemble } from "../../../src/verdict/analysis.ts";
import { decide } from "../../../src/verdict/decide.ts";
import { experimentOf, observationOf, planOf } from "../inference/trial-fixture.ts";

export interface TrialRun {
  readonly experiment?: Partial<Experiment>;
  readonly arms: Record<string, readonly Moments[]>;
  readonly observation?: Partial<Observation>;
  /** Planned units per variant. */
  readonly planned?: number | null;
  readonly registration?: PlanRecord | null;
}

/** Moments to Analysis. */
export function analyse(run: TrialRun): Analysis {
  const experiment = experimentOf(run.experiment);
  const plan = planOf(experiment, run.planned === undefined ? 10_201 : run.planned);
  const observation = observationOf(run.arms, run.observation);
  const estimates = estimate({ experiment, plan, observation });
  const { registration = null } = run;
  const verdict = decide({ experiment, plan, observation, estimates, registration });
  const meta = { commit: null, toolVersion: "0.1.0" };
  return assemble({ experiment, plan, observation, estimates, verdict, registration, meta });
}

export function decidingCodes({ verdict }: Analysis): readonly string[] {
  return verdict.reasons.filter(({ decides }) => decides).map(({ code }) => code);
}

export function otherCodes({ verdict }: Analysis): readonly string[] {
  return verdict.reasons.filter(({ decides }) => !decides).map(({ code }) => code);
}
