import type { Effect } from "../model/effect.ts";
import { oneSidedUpper } from "../statistics/confidence-sequence.ts";
import type { Sample } from "../statistics/sample.ts";
import type { HarmLook } from "./metric-estimate.ts";
import { rootBeyond } from "./root-beyond.ts";

export interface HarmTerms {
  /** Null: harm is a benefit below 0. */
  readonly margin: Effect | null;
  readonly sign: 1 | -1;
  /** One-sided, already split over looks at other metrics and variants. */
  readonly alpha: number;
  /** Mature units of both arms together. */
  readonly units: number;
  /** What the plan meant `units` to become; null where it could not say. */
  readonly plannedUnits: number | null;
}

/**
 * Whether the benefit lies below −margin (or 0) for certain, at every look of a run together (A.19): the upper
 * end of a one-sided asymptotic confidence sequence. A relative margin is tested on the contrast variant −
 * (1 ∓ m)·control, and `upper` is where that test turns, null where it turns more than once. Below 100 units in
 * an arm the limit theorem behind the sequence is not trusted and nothing is shown.
 *
 * Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", Annals of Statistics 52, 2024.
 */
export function lookForHarm(control: Sample, variant: Sample, terms: HarmTerms): HarmLook {
  const { margin, sign, alpha, units, plannedUnits } = terms;
  const threshold = margin === null ? 0 : -margin.value;
  const unseen = { upper: null, threshold, shown: false };
  const varianceAt = (weight: number) =>
    variant.variance / variant.units + (weight * weight * control.variance) / control.units;
  if (plannedUnits === null || Math.min(control.units, variant.units) < SMALLEST_ARM) return unseen;
  if (!(varianceAt(1) > 0 && plannedUnits > 0)) return unseen;

  const upperOf = (estimate: number, weight: number) =>
    oneSidedUpper({ estimate, standardError: Math.sqrt(varianceAt(weight)), units, alpha, plannedUnits }) ??
    estimate;
  const benefit = sign * (variant.mean - control.mean);
  if (margin?.kind !== "relative") {
    const upper = upperOf(benefit, 1);
    return { upper, threshold, shown: upper < threshold };
  }
  if (control.mean <= 0) return unseen;
  const upperAt = (lift: number) => upperOf(benefit - lift * control.mean, 1 + sign * lift);
  const step = Math.sqrt(varianceAt(1)) / control.mean;
  const shown = upperAt(threshold) < 0;
  const upper = rootBeyond(upperAt, benefit / control.mean, step);
  const agrees = upper === null || upper < threshold === shown;
  return { upper: agrees ? upper : null, threshold, shown };
}

const SMALLEST_ARM = 100;
