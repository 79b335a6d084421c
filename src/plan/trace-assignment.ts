import type { Share } from "../model/share.ts";
import { assign } from "../runtime/assign.ts";
import { armsOf } from "../runtime/cell.ts";
import type { Arm } from "../runtime/experiment.ts";
import { hash, place } from "../runtime/hash.ts";
import { load, otherUnits } from "../runtime/load.ts";
import type { ManifestExperiment } from "../runtime/manifest.ts";
import { isUnit } from "../runtime/planout-draw.ts";
import type { Attributes } from "../runtime/targeting.ts";
import { type ConditionTrace, traceCondition } from "./trace-condition.ts";
import { type DrawStep, traceDraw } from "./trace-draw.ts";

/** One decision on the way to a variant. Places, shares and bounds are parts per million of a hash space. */
export type AssignmentStep =
  | { readonly step: "concluded"; readonly shipped: string }
  /** `hash` is the unsigned murmur3-32 of the id; null where the id under `key` is missing. */
  | {
      readonly step: "unit";
      readonly passes: boolean;
      readonly hash: number | null;
      readonly key: string;
    }
  | {
      readonly step: "override";
      readonly variant: string;
      readonly holds: boolean;
      readonly condition: ConditionTrace;
    }
  | { readonly step: "status"; readonly passes: boolean; readonly status: ManifestExperiment["status"] }
  | {
      readonly step: "holdout";
      readonly passes: boolean;
      readonly salt: string;
      readonly place: Share;
      /** Places below it are held out. */
      readonly share: Share;
    }
  /** `condition` null: everybody is eligible. */
  | { readonly step: "audience"; readonly passes: boolean; readonly condition: ConditionTrace | null }
  | {
      readonly step: "traffic";
      readonly passes: boolean;
      readonly salt: string;
      readonly place: Share;
      readonly from: Share;
      readonly to: Share;
      readonly enrolledTo: Share;
    }
  | DrawStep;

/** Why a unit gets what it gets: the decisions in their order, up to the one that settled it. */
export interface AssignmentTrace {
  readonly experiment: string;
  readonly iteration: number;
  readonly unit: ManifestExperiment["unit"];
  readonly steps: readonly AssignmentStep[];
  /** What the runtime gives. */
  readonly arm: Arm;
}

/**
 * Goes the way of `assign`, with its own hashes, places and conditions, and writes down each decision. The arm
 * is the runtime's.
 */
export function traceAssignment(entry: ManifestExperiment, context: Attributes): AssignmentTrace {
  return {
    experiment: entry.key,
    iteration: entry.iteration,
    unit: entry.unit,
    steps: [...stepsOf(entry, context)],
    arm: assign(load(entry), context as never),
  };
}

function* stepsOf(entry: ManifestExperiment, context: Attributes): Generator<AssignmentStep> {
  const { audience, holdout, layer, status } = entry;
  if (entry.shipped !== null && entry.variants.some(({ key }) => key === entry.shipped))
    return yield { step: "concluded", shipped: entry.shipped };
  const ids = [entry.unit.id, ...otherUnits(entry)];
  const missing = ids.find((key) => !isUnit(context[key]));
  if (missing !== undefined) return yield { step: "unit", passes: false, hash: null, key: missing };
  const unit = hash(context[entry.unit.id] as string);
  yield { step: "unit", passes: true, hash: unit >>> 0, key: entry.unit.id };
  const arms = armsOf(entry);
  for (const { variant, when } of entry.overrides) {
    if (arms.every(({ key }) => key !== variant)) continue;
    const condition = traceCondition(when, context);
    yield { step: "override", variant, holds: condition.holds, condition };
    if (condition.holds) return;
  }
  yield { step: "status", passes: status === "running", status };
  if (status !== "running") return;
  if (holdout) {
    const own = place(unit, hash(holdout.salt));
    yield { step: "holdout", passes: own >= holdout.share, place: own, ...holdout };
    if (own < holdout.share) return;
  }
  const condition = audience && traceCondition(audience, context);
  yield { step: "audience", passes: condition?.holds ?? true, condition };
  if (condition?.holds === false) return;
  const enrolment = place(unit, hash(layer.salt));
  const enrolled = enrolment >= layer.from && enrolment < layer.enrolledTo;
  yield { step: "traffic", passes: enrolled, place: enrolment, ...layer };
  if (!enrolled) return;
  yield* traceDraw(entry, unit, context);
}
