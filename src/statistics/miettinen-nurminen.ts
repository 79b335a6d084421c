import type { Bounds } from "./bounds.ts";
import { requireConfidence, requireProportions } from "./domain.ts";
import { normalIsf, normalSf } from "./normal.ts";
import type { Proportion } from "./proportion.ts";
import { meeInterval } from "./score-difference.ts";
import { koopmanInterval, type RatioBounds } from "./score-ratio.ts";

/**
 * Difference of two proportions by Mee's score statistic with the variance times N/(N − 1), N the units of both arms: a little
 * wider than `meeInterval`. Olli Miettinen, Markku Nurminen, "Comparative analysis of two rates", *Statistics in Medicine* 4 (1985),
 * 213–226, equation 9.
 */
export function miettinenNurminenDifference(
  control: Proportion,
  variant: Proportion,
  confidence: number,
): Bounds {
  return meeInterval(control, variant, widened(control, variant, confidence));
}

/** Ratio of two proportions, likewise: Koopman's statistic with the same factor; equation 13. Null as `koopmanInterval`. */
export function miettinenNurminenRatio(
  control: Proportion,
  variant: Proportion,
  confidence: number,
): RatioBounds | null {
  return koopmanInterval(control, variant, widened(control, variant, confidence));
}

/** The level at which the critical value is √(N/(N − 1)) times that of `confidence`. */
function widened(control: Proportion, variant: Proportion, confidence: number): number {
  requireProportions(control, variant);
  requireConfidence(confidence);
  const units = control.units + variant.units;
  if (units < 2) return confidence;
  return 1 - 2 * normalSf(normalIsf((1 - confidence) / 2) * Math.sqrt(units / (units - 1)));
}
