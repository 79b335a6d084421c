import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import { canonicalJson } from "../plan/canonical-json.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Json } from "../runtime/manifest.ts";
import { experimentFile } from "./experiment-file.ts";
import type { ExperimentNames } from "./names.ts";
import type { EmittedFile } from "./source-file.ts";

/** All that one experiment gives to the emitted files. */
export interface ExperimentPart {
  readonly experiment: Experiment;
  readonly names: ExperimentNames;
  readonly plan: ExperimentPlan | null;
  readonly file: EmittedFile;
  /** Its entry in the manifest, and its plan. */
  readonly json: { readonly entry: string; readonly plan: string };
  /** Its entry as canonical JSON, in UTF-8. */
  readonly canonical: Uint8Array;
}

export function experimentPart(
  experiment: Experiment,
  project: Project,
  plan: ExperimentPlan | null,
  names: ExperimentNames,
): ExperimentPart {
  const entry = manifestEntry(experiment, project);
  return {
    experiment,
    names,
    plan,
    file: experimentFile(experiment, project, plan, names, entry),
    json: { entry: JSON.stringify(entry), plan: JSON.stringify(plan) },
    canonical: encoder.encode(canonicalJson(entry as unknown as Json)),
  };
}

const encoder = new TextEncoder();

/** Whether a part of the same experiment in the same surroundings is what would be made anew. */
export function isStill(part: ExperimentPart, plan: ExperimentPlan | null, names: ExperimentNames): boolean {
  const kinds = Object.keys(names) as (keyof ExperimentNames)[];
  return part.plan === plan && kinds.every((kind) => part.names[kind] === names[kind]);
}
