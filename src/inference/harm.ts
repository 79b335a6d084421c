import type { Effect } from "../model/effect.ts";
import { oneSidedUpper } from "../statistics/confidence-sequence.ts";
import type { HarmLook } from "./metric-estimate.ts";
import { baseOf, contrastOf, contrastVariance, type Pair } from "./pair.ts";
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
export function lookForHarm(pair: Pair, terms: HarmTerms): HarmLook {
  const { margin, sign, alpha, units, plannedUnits } = terms;
  const threshold = margin === null ? 0 : -margin.value;
  const unseen = { upper: null, threshold, shown: false };
  const varianceAt = (weight: number) => contrastVariance(pair, weight);
  if (plannedUnits === null || Math.min(pair.control.units, pair.variant.units) < SMALLEST_ARM) return unseen;
  if (!(varianceAt(1) > 0 && plannedUnits > 0)) return unseen;

  const upperOf = (estimate: number, weight: number) =>
    oneSidedUpper({ estimate, standardError: Math.sqrt(varianceAt(weight)), units, alpha, plannedUnits }) ??
    estimate;
  const benefit = sign * contrastOf(pair, 1);
  if (margin?.kind !== "relative") {
    const upper = upperOf(benefit, 1);
    return { upper, threshold, shown: upper < threshold };
  }
  const base = baseOf(pair).mean;
  if (base <= 0) return unseen;
  const upperAt = (lift: number) => upperOf(benefit - lift * base, 1 + sign * lift);
  const step = Math.sqrt(varianceAt(1)) / base;
  const shown = upperAt(threshold) < 0;
  const upper = rootBeyond(upperAt, benefit / base, step);
  const agrees = upper === null || upper < threshold === shown;
  return { upper: agrees ? upper : null, threshold, shown };
}

const SMALLEST_ARM = 100;
