import type { Measured } from "../model/measured.ts";
import type { Share } from "../model/share.ts";
import type { ClusterFacts, CupedCredit } from "./unit-worth.ts";

/** How many units one metric of an experiment needs. */
export interface MetricSize {
  readonly metric: string;
  readonly role: "primary" | "guardrail";
  /** What is shown: a difference, or that the variant is not worse. */
  readonly claim: "superiority" | "non-inferiority";
  /** Per comparison, after the split over arms. Two-sided for superiority, one-sided for non-inferiority. */
  readonly alpha: number;
  /** Per metric, after the split over guardrails. */
  readonly power: number;
  /** Rate or mean that was assumed; null where the metric has no baseline. */
  readonly baseline: number | null;
  /** The data that the baseline comes from; null where it is an assumption. */
  readonly measured: Measured | null;
  /** The effect to find, or the margin, in the metric's unit; positive. */
  readonly effect: number | null;
  /** Which formula gave the numbers. */
  readonly formula: string;
  /** Where the metric is measured on other units than those that are randomised; what `unitsPerVariant` counts are the latter. */
  readonly clusters?: ClusterFacts;
  /** What CUPED takes off; absent where it takes off nothing, or nobody said how much. */
  readonly cuped?: CupedCredit;
  /** How many times the units of a design with one look, for looking more than once; absent for a fixed design. */
  readonly inflation?: number;
  /** Exposed units per variant, in the experiment's order of variants; null when it cannot be computed. */
  readonly unitsPerVariant: readonly number[] | null;
  readonly windowDays: number;
  /** Whole weeks, window included; null when n or the volume is unknown. */
  readonly days: number | null;
}

/** The smallest effect of the primary that a run of this length finds. */
export interface WeekMde {
  readonly week: number;
  /** Units per variant whose window has passed by then. */
  readonly unitsPerVariant: readonly number[];
  readonly absolute: number | null;
  /** As a fraction of the baseline. */
  readonly relative: number | null;
}

export interface ExperimentPlan {
  readonly experiment: string;
  readonly iteration: number;
  /** SHA-256, hex, of what the gate freezes, resolved. */
  readonly specHash: string;
  readonly variants: readonly { readonly key: string; readonly share: Share }[];
  readonly control: string;
  /** Units a day that enter the analysis: volume × (1 − holdout) × range × rollout; null when undeclared. */
  readonly unitsPerDay: number | null;
  /** Primary first, then guardrails. */
  readonly sizes: readonly MetricSize[];
  /** Key of the metric that needs the longest run; null when none can be computed. */
  readonly binding: string | null;
  /** Run days: whole weeks, at least `minDays`, window included. */
  readonly days: number | null;
  readonly enrolmentDays: number | null;
  readonly mdeByWeek: readonly WeekMde[];
  /** The day after the last day on which a window can still be open: `end` plus the longest window. ISO day. */
  readonly completeOn: string | null;
  /** Run days that `start` and `end` allow, window included; null without both. */
  readonly scheduledDays: number | null;
}

/** Who owns which part of a layer now. */
export interface LayerMap {
  readonly layer: string;
  readonly ranges: readonly {
    readonly experiment: string;
    readonly status: string;
    readonly from: Share;
    readonly to: Share;
    readonly enrolledTo: Share;
  }[];
}

/** Facts about a project: sizes, durations, traffic. */
export interface Plan {
  readonly kind: "plan";
  readonly project: string;
  readonly experiments: readonly ExperimentPlan[];
  readonly layers: readonly LayerMap[];
}
