import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { Project } from "../model/project.ts";
import { problem, type SimulatedEffect, type SimulationOptions, type SimulationProblem } from "./options.ts";

/** The experiments that options ask for, or why they cannot be simulated. */
export function selectExperiments(
  project: Project,
  options: SimulationOptions,
): readonly Experiment[] | SimulationProblem {
  if (!Number.isSafeInteger(options.seed) || options.seed < 0)
    return problem("the seed is a whole number, 0 or more");
  if (!Number.isSafeInteger(options.units) || options.units < 1) {
    return problem("the number of units is a whole number, at least 1");
  }
  const byKey = new Map(project.experiments.map((experiment) => [experiment.key, experiment]));
  const unknown = options.experiments.find((key) => !byKey.has(key));
  if (unknown !== undefined) return problem(`there is no experiment \`${unknown}\``);
  const selected =
    options.experiments.length > 0
      ? [...new Set(options.experiments)].map((key) => byKey.get(key)!)
      : project.experiments.filter((experiment) => experiment.status !== "draft" && hasDates(experiment));
  if (selected.length === 0)
    return problem("no experiment has run: each is a draft, or lacks `start` or `end`");
  const undated = selected.find((experiment) => !hasDates(experiment));
  if (undated !== undefined) return problem(`\`${undated.key}\` needs \`start\` and \`end\` to be simulated`);
  const lost = options.effects
    .map((effect) => whyNowhere(effect, selected))
    .find((reason) => reason !== null);
  return lost === undefined ? selected : problem(lost!);
}

function hasDates({ start, end }: Experiment): boolean {
  return start !== null && end !== null && start <= end;
}

/** Why an effect changes nothing; null where it does. */
function whyNowhere({ variant, metric }: SimulatedEffect, selected: readonly Experiment[]): string | null {
  const owners = selected.filter(({ variants }) => variants.some(({ key }) => key === variant));
  if (owners.length === 0) return `no simulated experiment has a variant \`${variant}\``;
  const measuring = owners.filter((experiment) => metricsOf(experiment).some(({ key }) => key === metric));
  if (measuring.length === 0)
    return `no simulated experiment with a variant \`${variant}\` has the metric \`${metric}\``;
  if (measuring.every(({ control }) => control === variant)) {
    return `\`${variant}\` is the control; effects are against it`;
  }
  return null;
}
