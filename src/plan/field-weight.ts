import type { Experiment, Status } from "../model/experiment.ts";
import type { Json } from "../runtime/manifest.ts";

/** What a change means for a trial: harmless, worth a reviewer's look, or the end of its fairness. */
export type Weight = "safe" | "attention" | "refused";

/** A field's path, as in the experiment's YAML: `["metrics", "primary", "window"]`. */
export type FieldPath = readonly string[];

/** Who meets which variant, and how that is judged: the plan on record before the evidence. */
const FROZEN: readonly string[] = [
  "unit",
  "layer",
  "audience",
  "exposure",
  "assign",
  "hash",
  "order",
  "control",
  "variants",
  "parameters",
  "metrics",
  "mde",
  "analysis.alpha",
  "analysis.power",
  "analysis.method",
  "analysis.cuped",
  "analysis.trigger",
  "analysis.effects",
  "analysis.dose",
];

/** What may change, though it moves units, the horizon or the claim. All else is prose. */
const NOTABLE: readonly string[] = [
  "hypothesis",
  "archived",
  "start",
  "end",
  "runsOn",
  "overrides",
  "default",
  "planning",
  "analysis.minDays",
  "analysis.maxDays",
  "decision.ship",
];

/**
 * The weight of one changed field of an experiment. Nothing has happened yet to a draft: all its changes are
 * safe. A raised iteration makes a new trial, so that everything may change with it. What has run is frozen
 * until it is concluded; from then on the decision is on record, and a change of what led to it is worth a look.
 */
export function weigh(path: FieldPath, before: Experiment, after: Experiment): Weight {
  if (before.status === "draft") return "safe";
  const [field] = path;
  if (field === "status") return weighStatus(before, after);
  if (field === "iteration") return after.iteration > before.iteration ? "attention" : "refused";
  if (after.iteration > before.iteration) return "safe";
  if (field === "rollout") return after.rollout < before.rollout ? "attention" : "safe";
  if (isFrozen(path)) {
    if (isDropping(path))
      return dropOf(path, before) === undefined || dropOf(path, after) ? "attention" : "refused";
    const part = partOfMetric(path);
    if (part === "name" || part === "description") return "safe";
    if (part === "baseline") return "attention";
    return before.status === "concluded" ? "attention" : "refused";
  }
  return NOTABLE.some((prefix) => begins(path, prefix)) ? "attention" : "safe";
}

/** A variant may be dropped at any time, and its day corrected; its units cannot come back. */
function isDropping([field, , part]: FieldPath): boolean {
  return field === "variants" && part === "dropped";
}

function dropOf([, variant]: FieldPath, { variants }: Experiment): string | undefined {
  return variants.find(({ key }) => key === variant)?.dropped;
}

/** Whether the gate freezes the field while its experiment runs. */
function isFrozen(path: FieldPath): boolean {
  return FROZEN.some((prefix) => begins(path, prefix));
}

/** Forward is safe. Back to a draft would free what is frozen; to run on after a stop leaves a hole in the exposure. */
function weighStatus(before: Experiment, after: Experiment): Weight {
  if (after.iteration > before.iteration) return "safe";
  const order: readonly Status[] = ["draft", "running", "stopped", "concluded"];
  if (order.indexOf(after.status) > order.indexOf(before.status)) return "safe";
  if (after.status === "draft" || (before.status === "concluded" && after.status === "running"))
    return "refused";
  return "attention";
}

/** The key below a metric: its role comes first and, but for the primary, its name. */
function partOfMetric([field, role, ...rest]: FieldPath): string | undefined {
  return field === "metrics" ? rest[role === "primary" ? 0 : 1] : undefined;
}

function begins(path: FieldPath, prefix: string): boolean {
  return prefix.split(".").every((step, index) => path[index] === step);
}

export interface Mapping {
  readonly [key: string]: Json;
}

/** A mapping, where a comparison goes into the parts. */
export function isMapping(value: Json): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
