import type { Share } from "../model/share.ts";
import { assign } from "../runtime/assign.ts";
import type { Arm } from "../runtime/experiment.ts";
import { hash, place } from "../runtime/hash.ts";
import { load } from "../runtime/load.ts";
import type { ManifestExperiment } from "../runtime/manifest.ts";
import type { Attributes } from "../runtime/targeting.ts";
import { type ConditionTrace, traceCondition } from "./trace-condition.ts";

/** One decision on the way to a variant. Places, shares and bounds are parts per million of a hash space. */
export type AssignmentStep =
  | { readonly step: "concluded"; readonly shipped: string }
  /** `hash` is the unsigned murmur3-32 of the id; null without an id. */
  | { readonly step: "unit"; readonly passes: boolean; readonly hash: number | null }
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
  | {
      readonly step: "variant";
      readonly salt: string;
      readonly place: Share;
      /** Each variant has the places from `from` up to, not including, `to`. */
      readonly bounds: readonly { readonly variant: string; readonly from: Share; readonly to: Share }[];
      readonly variant: string;
    };

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
  const id = context[entry.unit.id];
  if (typeof id !== "string" || id === "") return yield { step: "unit", passes: false, hash: null };
  const unit = hash(id);
  yield { step: "unit", passes: true, hash: unit >>> 0 };
  for (const { variant, when } of entry.overrides) {
    if (entry.variants.every(({ key }) => key !== variant)) continue;
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
  const own = place(unit, hash(entry.salt));
  const bounds = boundsOf(entry);
  const variant = bounds.find(({ to }) => own < to)?.variant ?? "";
  yield { step: "variant", salt: entry.salt, place: own, bounds, variant };
}

function boundsOf({ variants }: ManifestExperiment): readonly { variant: string; from: Share; to: Share }[] {
  let to = 0;
  return variants.map(({ key, share }) => {
    const from = to;
    to += share;
    return { variant: key, from, to };
  });
}
