import type { Bounds } from "./bounds.ts";
import { requireNumber } from "./domain.ts";

/** An interval and a p-value of one look; null where the look had none. */
export interface LookResult {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly logP: number | null;
}

export interface Running {
  /** What no look has excluded; null before the first interval, and where nothing is left. */
  readonly bounds: Bounds | null;
  /** The intersection is empty: the effect has drifted between looks. */
  readonly empty: boolean;
  /** The smallest so far; null before the first. */
  readonly logP: number | null;
}

/**
 * The running intersection of a confidence sequence's intervals and the running minimum of its p-values, by look: both only ever
 * shrink, and both stay valid. Waudby-Smith et al. (2021, arXiv:2103.06476), section 1.
 */
export function running(looks: readonly LookResult[]): readonly Running[] {
  let [lower, upper, logP] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { lower, upper, logP } of looks)
    for (const end of [lower, upper, logP]) if (end !== null) requireNumber("an end or a logarithm", end);
  return looks.map((look) => {
    lower = Math.max(lower, look.lower ?? Number.NEGATIVE_INFINITY);
    upper = Math.min(upper, look.upper ?? Number.POSITIVE_INFINITY);
    logP = Math.min(logP, look.logP ?? Number.POSITIVE_INFINITY);
    const empty = lower > upper;
    const known = lower > Number.NEGATIVE_INFINITY || upper < Number.POSITIVE_INFINITY;
    return {
      bounds: known && !empty ? { lower, upper } : null,
      empty,
      logP: logP === Number.POSITIVE_INFINITY ? null : logP,
    };
  });
}
