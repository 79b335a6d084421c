import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import { surroundAlike } from "../model/surroundings.ts";
import type { Plan } from "../plan/plan.ts";
import { type ExperimentPart, experimentPart, isStill } from "./experiment-part.ts";
import { hostFile } from "./host-file.ts";
import { indexFile } from "./index-file.ts";
import { integrationFiles } from "./integration-files.ts";
import { jsonText } from "./json-text.ts";
import { manifestFile } from "./manifest-file.ts";
import { type ExperimentNames, nameExperiments } from "./names.ts";
import { openFeatureKeys } from "./openfeature-keys.ts";
import { type RuntimeSource, runtimeFiles } from "./runtime-files.ts";
import type { EmittedFile } from "./source-file.ts";

export type { RuntimeSource } from "./runtime-files.ts";
export type { EmittedFile } from "./source-file.ts";

/**
 * The files of `generated/`, sorted by path; the same project gives the same files to the byte. Archived
 * experiments are left out. `runtimeSources` are the files of `src/runtime` by paths relative to it, and
 * `integrationSources` those of `src/integrations`, which only a project that copies integrations needs.
 */
export function emit(
  project: Project,
  plan: Plan,
  runtimeSources: readonly RuntimeSource[],
  integrationSources: readonly RuntimeSource[] = [],
): readonly EmittedFile[] {
  return emitAfter(null, project, plan, runtimeSources, integrationSources).files;
}

/** An emitted project, of which the next one can take over what is the same in both. */
export interface Emission {
  readonly project: Project;
  readonly files: readonly EmittedFile[];
  readonly parts: ReadonlyMap<Experiment, ExperimentPart>;
  readonly names: ReadonlyMap<string, ExperimentNames>;
}

/** `emit`, for a project that shares experiments with the one before. */
export function emitAfter(
  before: Emission | null,
  project: Project,
  plan: Plan,
  runtimeSources: readonly RuntimeSource[],
  integrationSources: readonly RuntimeSource[],
): Emission {
  const known = before && surroundAlike(before.project, project) ? before.parts : null;
  const experiments = project.experiments
    .filter(({ archived }) => !archived)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const keys = experiments.map(({ key }) => key);
  const names = before && areKeysOf(before.names, keys) ? before.names : nameExperiments(keys);
  const plans = new Map(plan.experiments.map((planned) => [planned.experiment, planned]));
  const parts = experiments.map((experiment) => {
    const { key } = experiment;
    if (!/^[\w-]+$/.test(key)) throw new Error(`no file can be named ${key}`);
    const [planned, called] = [plans.get(key) ?? null, names.get(key)!];
    const part = known?.get(experiment);
    return part && isStill(part, planned, called)
      ? part
      : experimentPart(experiment, project, planned, called);
  });
  const files = [
    indexFile(parts, project),
    hostFile(project.emit.imports),
    ...parts.map(({ file }) => file),
    ...runtimeFiles(runtimeSources, project.emit.imports),
    ...integrationFiles(project.emit.integrations, integrationSources, project.emit.imports),
    manifestFile(parts, project),
    ...(project.emit.openfeature
      ? [openFeatureKeys(experiments.map((experiment) => manifestEntry(experiment, project)))]
      : []),
    planFile(plan, parts),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { project, files, parts: new Map(parts.map((part) => [part.experiment, part])), names };
}

function areKeysOf(names: ReadonlyMap<string, ExperimentNames>, keys: readonly string[]): boolean {
  return names.size === keys.length && keys.every((key) => names.has(key));
}

function planFile(plan: Plan, parts: readonly ExperimentPart[]): EmittedFile {
  const known = new Map(parts.map((part) => [part.plan, part.json.plan]));
  const plans = plan.experiments.map((planned) => known.get(planned) ?? JSON.stringify(planned));
  return { path: "plan.json", text: `${jsonText(plan, "experiments", `[${plans.join(",")}]`)}\n` };
}
