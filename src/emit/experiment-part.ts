import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import { canonicalJson } from "../plan/canonical-json.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Condition, Json, ManifestExperiment } from "../runtime/manifest.ts";
import { experimentFile } from "./experiment-file.ts";
import { type Listing, listExperiment } from "./listing.ts";
import type { ExperimentNames } from "./names.ts";
import type { EmittedFile } from "./source-file.ts";

/** All that one experiment gives to the emitted files. */
export interface ExperimentPart {
  readonly experiment: Experiment;
  readonly names: ExperimentNames;
  readonly plan: ExperimentPlan | null;
  readonly file: EmittedFile;
  /** What the public face says of it. */
  readonly listing: Listing;
  /** Its entry in the manifest, canonical, and its plan. */
  readonly json: { readonly entry: string; readonly plan: string };
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
    listing: listExperiment(experiment, names, plan !== null, project.emit.imports),
    json: { entry: entryJson(entry), plan: plan === null ? "null" : planJson(plan) },
  };
}

/** Audiences in canonical JSON: many experiments have the same. */
const audiences = new WeakMap<Condition, string>();

function entryJson(entry: ManifestExperiment): string {
  const members = Object.entries(entry).map(([name, value]) => {
    const text = name === "audience" ? canonicalAudience(entry.audience) : canonicalJson(value);
    return `"${name}":${text}`;
  });
  return `{${members.sort().join(",")}}`;
}

function canonicalAudience(audience: Condition | null): string {
  if (audience === null) return "null";
  const known = audiences.get(audience) ?? canonicalJson(audience as unknown as Json);
  audiences.set(audience, known);
  return known;
}

/** The lists of plans in JSON: runs with the same needs have the same. */
const lists = new WeakMap<readonly object[], string>();

function planJson(plan: ExperimentPlan): string {
  const members = Object.entries(plan).map(
    ([name, value]) => `"${name}":${Array.isArray(value) ? listJson(value) : JSON.stringify(value)}`,
  );
  return `{${members.join(",")}}`;
}

function listJson(list: readonly object[]): string {
  const known = lists.get(list) ?? JSON.stringify(list);
  lists.set(list, known);
  return known;
}

/** Whether a part of the same experiment in the same surroundings is what would be made anew. */
export function isStill(part: ExperimentPart, plan: ExperimentPlan | null, names: ExperimentNames): boolean {
  const kinds = Object.keys(names) as (keyof ExperimentNames)[];
  return part.plan === plan && kinds.every((kind) => part.names[kind] === names[kind]);
}
