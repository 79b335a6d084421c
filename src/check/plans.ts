import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { ExperimentPlan, Plan } from "../plan/plan.ts";
import { isAhead } from "./life.ts";

/** The facts about each experiment, by its key. */
export function plansByKey({ experiments }: Plan): ReadonlyMap<string, ExperimentPlan> {
  return new Map(experiments.map((facts) => [facts.experiment, facts]));
}

/** The experiments whose plan matters, each with its facts. */
export function plansAhead(
  { experiments }: Project,
  plan: Plan,
): readonly (readonly [Experiment, ExperimentPlan])[] {
  const plans = plansByKey(plan);
  return experiments.filter(isAhead).flatMap((experiment) => {
    const facts = plans.get(experiment.key);
    return facts === undefined ? [] : [[experiment, facts] as const];
  });
}
