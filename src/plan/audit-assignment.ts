import type { Experiment } from "../model/experiment.ts";
import { experimentAttributes } from "../model/experiment-attributes.ts";
import { hashUnits } from "../model/hash-units.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import { assign } from "../runtime/assign.ts";
import { load } from "../runtime/load.ts";
import type { ManifestExperiment } from "../runtime/manifest.ts";

type Value = string | number | boolean;

/** An experiment's assignment, ready to be compared with what was logged. */
export interface AssignmentAuditor {
  /** `draw`: audience and overrides read what is not logged, so everybody is taken to be eligible. */
  readonly basis: "assignment" | "draw";
  readonly attributes: readonly { readonly key: string; readonly type: "string" | "number" | "boolean" }[];
  variantOf(unit: string, attributes: Readonly<Record<string, Value>>): string | null;
}

/**
 * The assignment that gave units their variants while the experiment ran: whatever its status is today, and as if no
 * variant had been dropped yet. `logged` are the attributes that exposures hold. Null where ids alone do not decide: other
 * ids are hashed with the unit's.
 */
export function assignmentAuditor(
  experiment: Experiment,
  project: Project,
  logged: readonly string[],
): AssignmentAuditor | null {
  const known = (keys: readonly string[]) =>
    keys.flatMap((key) => {
      const type = TYPES[project.attributes.find((attribute) => attribute.key === key)?.type ?? "list"];
      return type !== null && logged.includes(key) ? [{ key, type }] : [];
    });
  const hashed = hashUnits(experiment);
  const read = experimentAttributes(experiment);
  if (known(hashed).length < hashed.length) return null;
  const isWhole = known(read).length === read.length;
  const attributes = known([...new Set([...hashed, ...(isWhole ? read : [])])]);
  const entry = manifestEntry(experiment, project);
  const running: ManifestExperiment = {
    ...entry,
    ...(isWhole ? {} : { audience: null, overrides: [] }),
    status: "running",
    shipped: null,
    variants: entry.variants.map(({ dropped: _, ...variant }) => variant),
  };
  const loaded = load(running);
  const id = experiment.unit.id;
  return {
    basis: isWhole ? "assignment" : "draw",
    attributes,
    variantOf: (unit, values) => assign(loaded, { ...values, [id]: unit }).variant,
  };
}

/** What an attribute of each type is compared as; null: exposures hold it in no form that can be asked again. */
const TYPES = {
  string: "string",
  version: "string",
  number: "number",
  boolean: "boolean",
  list: null,
  date: null,
} as const;
