import type { Project } from "../model/project.ts";
import type { Plan } from "../plan/plan.ts";
import { experimentFile } from "./experiment-file.ts";
import { indexFile } from "./index-file.ts";
import { manifestFile } from "./manifest-file.ts";
import { nameExperiments } from "./names.ts";
import { type RuntimeSource, runtimeFiles } from "./runtime-files.ts";
import type { EmittedFile } from "./source-file.ts";

export type { RuntimeSource } from "./runtime-files.ts";
export type { EmittedFile } from "./source-file.ts";

/**
 * The files of `generated/`, sorted by path; the same project gives the same files to the byte. Archived
 * experiments are left out. `runtimeSources` are the files of `src/runtime`, by paths relative to it.
 */
export function emit(
  project: Project,
  plan: Plan,
  runtimeSources: readonly RuntimeSource[],
): readonly EmittedFile[] {
  const experiments = project.experiments
    .filter(({ archived }) => !archived)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const names = nameExperiments(experiments.map(({ key }) => key));
  const plans = new Map(plan.experiments.map((planned) => [planned.experiment, planned]));
  const emitted = experiments.map((experiment) => {
    if (!/^[\w-]+$/.test(experiment.key)) throw new Error(`no file can be named ${experiment.key}`);
    return { experiment, names: names.get(experiment.key)!, plan: plans.get(experiment.key) ?? null };
  });
  const files = [
    indexFile(
      emitted.map(({ experiment, names, plan }) => ({ experiment, names, hasPlan: plan !== null })),
      project,
    ),
    ...emitted.map(({ experiment, names, plan }) => experimentFile(experiment, project, plan, names)),
    ...runtimeFiles(runtimeSources, project.emit.imports),
    manifestFile(experiments, project),
    { path: "plan.json", text: `${JSON.stringify(plan)}\n` },
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
