import type { Note } from "./metric-estimate.ts";

/** How far a skewed difference is to be doubted: above .06 the tail error passes .005, above .3 it decides (A.11). */
export function skewnessNotes(skewness: number | null): readonly Note[] {
  if (skewness === null || Math.abs(skewness) <= 0.06) return [];
  return Math.abs(skewness) > 0.3 ? ["severely-skewed"] : ["skewed"];
}
