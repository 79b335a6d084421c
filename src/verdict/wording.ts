import type { Comparison, MetricEstimate } from "../inference/estimate.ts";
import { formatDifference, formatLift } from "./effect-format.ts";

/** `+18.4% (+0.3% to +39.7%)`: the lift where it exists, else the difference, rates in percentage points. */
export function wordEffect(estimate: MetricEstimate, { relative, absolute }: Comparison): string {
  if (absolute.estimate === null) return "without an estimate";
  const effect =
    relative.estimate === null ? formatDifference(estimate.kind, absolute) : formatLift(relative);
  return effect.interval === null ? effect.estimate : `${effect.estimate} (${effect.interval})`;
}

/** Names come from files: kept on one line. */
export function wordName(name: string): string {
  return name.replace(/\s+/g, " ").trim();
}
