import type { Condition, Json, ParameterOperator, PlanOutHash } from "../runtime/manifest.ts";
import type { Effect } from "./effect.ts";
import type { Measured } from "./measured.ts";
import type { Baseline, EventRows, Metric } from "./metric.ts";
import type { Layer, Unit } from "./population.ts";
import type { Share } from "./share.ts";

export type Status = "draft" | "running" | "stopped" | "concluded";

export interface Variant {
  readonly key: string;
  readonly share: Share;
  readonly params: Readonly<Record<string, Json>>;
  /** ISO day since which its units get no variant; absent where it is not dropped. */
  readonly dropped?: string;
}

/** One value that chance gives by itself. */
export interface Parameter {
  readonly name: string;
  readonly operator: ParameterOperator;
  /** Null: the native hash. */
  readonly planout: PlanOutHash | null;
}

/** How chance picks an arm. */
export type Draw =
  | {
      readonly kind: "variants";
      readonly operator: "uniformChoice" | "weightedChoice" | "bernoulliTrial";
      /** Null: the native hash. `order` are the variants' keys as in the file. */
      readonly planout: (PlanOutHash & { readonly order: readonly string[] }) | null;
    }
  /** By name. */
  | { readonly kind: "parameters"; readonly parameters: readonly Parameter[] };

/** `better`: superiority. `not-worse`: non-inferiority by `margin`. */
export interface PrimaryMetric {
  readonly metric: Metric;
  readonly goal: "better" | "not-worse";
  readonly margin: Effect | null;
}

/** Must be shown not worse than its margin. */
export interface Guardrail {
  readonly metric: Metric;
  readonly margin: Effect;
}

/**
 * How repeated looks are handled. `fixed`: one decision, at the horizon. `sequential`: right at every look, one a day.
 * `group-sequential`: right at one look a week.
 */
export type LookMethod = "fixed" | "sequential" | "group-sequential";

export type VerdictWord = "invalid" | "stop-harm" | "keep-running" | "do-not-ship" | "ship" | "inconclusive";

export interface Decision {
  readonly ship: string;
  /** ISO day. */
  readonly date: string;
  readonly by: string;
  readonly verdict: VerdictWord;
  readonly why: string | null;
  readonly evidence: { readonly iteration: number; readonly spec: string; readonly asOf: string };
}

export interface Experiment {
  readonly kind: "experiment";
  readonly key: string;
  readonly file: string;
  /** In `archive/`: not emitted, still reported. */
  readonly archived: boolean;
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly owner: string | null;
  readonly hypothesis: string | null;
  readonly status: Status;
  readonly iteration: number;
  /** First and last day of exposure, ISO days in the project's timezone. */
  readonly start: string | null;
  readonly end: string | null;
  /** ISO day by which the code must be gone. */
  readonly removeBy: string | null;
  readonly runsOn: "browser" | "server";
  readonly unit: Unit;
  /** Null: the experiment has a layer of its own, all of it. */
  readonly layer: { readonly layer: Layer; readonly from: Share; readonly to: Share } | null;
  /** The part of its range that is enrolled now. */
  readonly rollout: Share;
  /** Null: everybody. Audience files are already in it. */
  readonly audience: Condition | null;
  readonly overrides: readonly { readonly variant: string; readonly when: Condition }[];
  readonly exposure:
    | { readonly kind: "assignment" }
    | { readonly kind: "explicit" }
    | { readonly kind: "event"; readonly event: string };
  readonly draw: Draw;
  readonly control: string;
  readonly default: string;
  /**
   * Control first, then by code point. Shares sum to exactly 1,000,000. Of parameters, the cells: all
   * combinations of their values, that of the first values first; none where they cannot be listed.
   */
  readonly variants: readonly Variant[];
  readonly primary: PrimaryMetric;
  readonly secondary: readonly Metric[];
  readonly guardrails: readonly Guardrail[];
  /** Null only where the primary's goal is `not-worse`. */
  readonly mde: Effect | null;
  readonly planning: {
    /** Eligible units a day, before holdout, range and rollout. */
    readonly newPerDay: number | null;
    /** The data that `newPerDay` comes from; absent where it is an assumption. */
    readonly measured?: Measured;
    /** Of the primary metric, in place of the metric's own. */
    readonly baseline: Baseline | null;
  };
  readonly analysis: {
    /** Two-sided error rate. */
    readonly alpha: number;
    readonly power: number;
    readonly method: LookMethod;
    /** Run days, window included. */
    readonly minDays: number;
    readonly maxDays: number;
    /** Milliseconds before first exposure whose values adjust those after it; null: not adjusted. */
    readonly cuped: number | null;
    /** Keys of attributes at exposure by which results are split, each once. */
    readonly breakdowns: readonly string[];
    /** Only units count that have such an event at or after their exposure, from the first one on; null: all. */
    readonly trigger: EventRows | null;
    /** Of parameters: what is compared. */
    readonly effects?: "main" | "cells";
    /** Numeric parameter over which a linear trend is added. */
    readonly dose?: string;
  };
  readonly decision: Decision | null;
}
