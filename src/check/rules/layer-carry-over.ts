import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment, Status } from "../../model/experiment.ts";
import type { ExperimentPlan } from "../../plan/plan.ts";
import { isAhead } from "../life.ts";
import { plansByKey } from "../plans.ts";
import { sharedRange } from "../range.ts";
import type { Rule } from "../rule.ts";

const WAS: readonly Status[] = ["stopped", "concluded"];

/** Units that change experiments while the first one's windows are open carry its effect into both. */
export const layerCarryOver: Rule = {
  codes: ["layer/carry-over"],
  check: ({ experiments }, plan) => {
    const plans = plansByKey(plan);
    const former = experiments.filter(({ layer, status }) => layer !== null && WAS.includes(status));
    return experiments
      .filter((experiment) => experiment.layer !== null && isAhead(experiment))
      .flatMap((experiment) => former.flatMap((other) => carryOver(experiment, other, plans.get(other.key))));
  },
};

function carryOver(
  experiment: Experiment,
  other: Experiment,
  plan: ExperimentPlan | undefined,
): readonly Diagnostic[] {
  const completeOn = plan?.completeOn ?? null;
  const { start } = experiment;
  if (start === null || completeOn === null || other.start === null) return [];
  if (start < other.start || start >= completeOn || sharedRange(experiment, other) === null) return [];
  const label = `\`${other.key}\` enrolled until ${other.end}; its longest window ends before ${completeOn}`;
  return [
    diagnose(
      "layer/carry-over",
      { file: experiment.file, path: ["start"] },
      { other: other.key, start, completeOn },
      { related: [{ place: { file: other.file, path: ["end"] }, label }] },
    ),
  ];
}
