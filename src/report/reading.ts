import { formatBound, formatEffectSize } from "../verdict/effect-format.ts";
import { type Standing, standingOf } from "./effect-axis.ts";
import { type ComparisonResult, directionOf, type MetricResult } from "./result.ts";

/** What a comparison says, in words. `sign` picks the icon: a side of zero, or whether a margin is kept. */
export interface Reading {
  readonly sign: Standing | "safe" | "unsafe";
  readonly text: string;
  /** What the words rest on, smaller: a bound, or a correction; null without one. */
  readonly detail: string | null;
}

/** Against the margin where the metric has one, else against zero and the MDE. */
export function readComparison(metric: MetricResult, comparison: ComparisonResult): Reading {
  const { nonInferiority, absolute, practical } = comparison;
  if (nonInferiority) {
    const { margin, bound, established } = nonInferiority;
    return {
      sign: established ? "safe" : "unsafe",
      text: `${established ? "Shown" : "Not shown"} within ${formatEffectSize(metric.kind, margin)}`,
      detail: bound === null ? null : `benefit at least ${formatBound(metric.kind, margin.kind, bound)}`,
    };
  }
  const side = standingOf(absolute, directionOf(metric));
  if (absolute.estimate === null) return { sign: side, text: "Cannot be told", detail: null };
  if (side !== "open" && !survivesCorrection(comparison))
    return {
      sign: "open",
      text: "Not settled",
      detail: `${side}, but not after correction for several tests`,
    };
  return { sign: side, text: WORDS[side][practical], detail: null };
}

/** Intervals match the raw p-value; among several tests, the adjusted one says what may be believed. */
function survivesCorrection({ adjustedPValue, intervalLevel }: ComparisonResult): boolean {
  return adjustedPValue === null || adjustedPValue < 1 - intervalLevel;
}

/** By the interval's side of zero, then by how it lies to the MDE. */
const WORDS: Readonly<Record<Standing, Readonly<Record<ComparisonResult["practical"], string>>>> = {
  better: {
    meaningful: "Better, by the MDE or more",
    trivial: "Better, by less than the MDE",
    unclear: "Better; by how much is open",
    harmful: "Better",
  },
  worse: {
    meaningful: "Worse",
    trivial: "Worse, by less than the MDE",
    unclear: "Worse; by how much is open",
    harmful: "Worse",
  },
  open: {
    meaningful: "Not settled",
    trivial: "Any effect is below the MDE",
    unclear: "Not settled",
    harmful: "Not settled",
  },
};
