import type { Analysis } from "../verdict/generated/analysis.ts";
import type { ComparisonResult } from "./result.ts";

/** How a check went; each has a marker of its own shape. */
export type CheckState = "ok" | "warning" | "failed" | "unknown";

/** The state of the sample ratio check, in one word or three. */
export const SRM_WORDS: Readonly<
  Record<Analysis["health"]["srm"]["status"], { readonly state: CheckState; readonly text: string }>
> = {
  ok: { state: "ok", text: "As planned" },
  warning: { state: "warning", text: "Looks uneven" },
  failed: { state: "failed", text: "Mismatch" },
  "not-computable": { state: "unknown", text: "Cannot be tested" },
};

const EXCLUSIONS: ReadonlyMap<string, string> = new Map([
  ["bots", "Matched an exclude rule, such as bots"],
  ["test-units", "Test units"],
  ["forced", "Forced by an override"],
  ["before-start", "Before the first day"],
  ["after-end", "After the last day"],
  ["after-drop", "After the day on which the variant was dropped"],
  ["no-unit", "No unit id"],
  ["unknown-variant", "A variant that the experiment does not have"],
  ["other-iteration", "Another iteration"],
]);

/** Why exposure rows were left out; a reason without words is shown as it is. */
export function describeExclusion(reason: string): string {
  return EXCLUSIONS.get(reason) ?? reason;
}

/** Why a number is absent or doubtful. */
export const NOTES: Readonly<Record<ComparisonResult["notes"][number], string>> = {
  "no-units": "an arm has no units",
  "one-unit": "an arm has one unit",
  "no-variance": "the values do not vary",
  "small-counts": "too few conversions for the test",
  "relative-undefined": "no lift over a control of zero or less",
  unbounded: "the control’s mean is too uncertain to bound the lift",
  "denominator-not-positive": "the denominator is not positive",
  skewed: "skewed values: p is approximate",
  "severely-skewed": "severely skewed values: p does not hold",
  overflow: "too large to compute",
  "reporting-differs": "the variants differ in how many units report a value",
  "no-baseline": "no baseline to plan with",
  "no-look": "no look yet",
  "single-look": "right for one look only: the metric’s days do not add up to looks",
  "effect-drift": "the effect has drifted: no value fits all looks",
  "few-clusters": "fewer than 40 clusters in an arm: p is approximate",
  "few-events": "too few values for an interval of the quantile",
  "not-poolable": "a quantile of several cells cannot be told from theirs",
  "cap-not-applied": "not winsorized: the cap would be no more than the least value",
};
