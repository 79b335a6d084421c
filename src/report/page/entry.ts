import type { Experiment } from "../../model/experiment.ts";
import type { Project } from "../../model/project.ts";
import type { ExperimentPlan, Plan } from "../../plan/plan.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import type { DecisionWord } from "../result.ts";
import { daysLeft } from "./day.ts";
import type { Outcome } from "./experiment-page.ts";

/** All that the index knows of one experiment. */
export interface Entry {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan | undefined;
  readonly analysis: Analysis | undefined;
  readonly problem: readonly string[] | undefined;
  /** From the newest data to the day the decision is due; null when it cannot be told. */
  readonly daysLeft: number | null;
}

/** How urgently a person should look: what is broken or harmful first, then what waits for a decision. */
const URGENCY: Readonly<Record<DecisionWord, number>> = {
  invalid: 0,
  "stop-harm": 0,
  ship: 2,
  "do-not-ship": 2,
  inconclusive: 3,
  "keep-running": 4,
};

/** The entries of a project, most urgent first, then those that end sooner, then by key. */
export function entriesOf(
  project: Project,
  plan: Plan,
  outcomes: ReadonlyMap<string, Outcome>,
): readonly Entry[] {
  const plans = new Map(plan.experiments.map((planned) => [planned.experiment, planned]));
  const entries = project.experiments.map((experiment): Entry => {
    const planned = plans.get(experiment.key);
    const outcome = outcomes.get(experiment.key);
    const analysis = outcome && "verdict" in outcome ? outcome : undefined;
    return {
      experiment,
      plan: planned,
      analysis,
      problem: outcome && "problem" in outcome ? outcome.problem : undefined,
      daysLeft: analysis ? daysLeft(analysis, planned, project.timezone) : null,
    };
  });
  return entries.sort(
    (a, b) =>
      urgencyOf(a) - urgencyOf(b) ||
      (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) ||
      (a.experiment.key < b.experiment.key ? -1 : 1),
  );
}

/** Whether a running experiment asks for a person: no fair analysis, harm, or a decision that is due. */
export function needsAttention(entry: Entry): boolean {
  return entry.experiment.status === "running" && urgencyOf(entry) < URGENCY["keep-running"];
}

function urgencyOf({ analysis, problem }: Entry): number {
  if (problem) return 1;
  return analysis ? URGENCY[analysis.verdict.decision] : URGENCY["keep-running"];
}
