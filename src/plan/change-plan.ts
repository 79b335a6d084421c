import type { FieldChange } from "./compare-experiments.ts";
import type { ExperimentPlan, LayerMap } from "./plan.ts";

/**
 * What merging does to an experiment. `added` is new and does not run; `started` runs from now on, new or not;
 * `restarted` has a raised iteration; `removed` has no file any more; `renamed` is gone under one key and
 * there under another, as the same trial.
 */
export type ChangeKind =
  | "added"
  | "started"
  | "changed"
  | "restarted"
  | "stopped"
  | "concluded"
  | "removed"
  | "renamed"
  | "unchanged";

/** Counts of units whose experience a change touches, counted by running both versions of the assignment. */
export interface Movement {
  readonly units: number;
  /** Units that meet a variant before, and after. */
  readonly before: number;
  readonly after: number;
  /** Of those that meet one before and after: another one. */
  readonly changed: number;
  readonly entered: number;
  readonly left: number;
  /** An audience or an override was left out of account: every unit was taken to be eligible. */
  readonly assumesEligible: boolean;
}

/** What a run would take without a part of it. */
export interface Price {
  readonly part: "guardrails" | "variants";
  /** The guardrails, or the variants but the control and the one that stays. */
  readonly without: readonly string[];
  /** Units to expose in all; null when it cannot be computed. */
  readonly units: number | null;
  readonly days: number | null;
}

export interface ExperimentChange {
  readonly experiment: string;
  /** The former key of a renamed one; null otherwise. */
  readonly formerly: string | null;
  readonly kind: ChangeKind;
  readonly status: { readonly before: string | null; readonly after: string | null };
  readonly iteration: { readonly before: number | null; readonly after: number | null };
  readonly fields: readonly FieldChange[];
  readonly before: ExperimentPlan | null;
  readonly after: ExperimentPlan | null;
  /** Units to expose in all for the planned run. */
  readonly units: { readonly before: number | null; readonly after: number | null };
  readonly prices: readonly Price[];
  /** Null where nobody's assignment can differ. */
  readonly movement: Movement | null;
  /** ISO day until which units of the former iteration are still measured, where the new one starts before it. */
  readonly carryOverUntil: string | null;
}

export interface LayerChange {
  readonly layer: string;
  readonly before: LayerMap["ranges"];
  readonly after: LayerMap["ranges"];
}

/** A change of `project.yaml` that touches experiments in another way than by their fields. */
export interface ProjectChange extends FieldChange {
  /** Keys of the experiments with units in them that it touches. */
  readonly experiments: readonly string[];
}

/** Whose assignment was compared. */
export type Population =
  | { readonly kind: "generated"; readonly size: number }
  | { readonly kind: "units"; readonly ids: readonly string[] }
  /** Contexts as an app passes them, unit ids included. */
  | { readonly kind: "contexts"; readonly contexts: readonly { readonly [name: string]: unknown }[] };

/** What merging would do: facts, no judgement. */
export interface ChangePlan {
  readonly kind: "change-plan";
  readonly project: string;
  readonly population: { readonly kind: Population["kind"]; readonly size: number };
  /** Sorted by key; unchanged ones included. */
  readonly experiments: readonly ExperimentChange[];
  readonly projectFields: readonly ProjectChange[];
  readonly layers: readonly LayerChange[];
  /** Keys of experiments whose version at the base has errors: they count as new. */
  readonly unreadAtBase: readonly string[];
}
