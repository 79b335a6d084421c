import type { Bounds } from "./bounds.ts";
import { answerOrNull, requireConfidence } from "./domain.ts";
import type { Sample } from "./sample.ts";
import { studentTIsf } from "./student-t.ts";

/**
 * The t interval of one mean, units − 1 degrees of freedom; null with fewer than two units. A sample that does
 * not vary has an interval of width 0. Student, "The probable error of a mean", *Biometrika* 6 (1908).
 */
export function studentInterval(sample: Sample, confidence: number): Bounds | null {
  requireConfidence(confidence);
  if (!(sample.units >= 2 && sample.variance >= 0)) return null;
  const standardError = Math.sqrt(sample.variance / sample.units);
  const reach = standardError * studentTIsf((1 - confidence) / 2, sample.units - 1);
  return answerOrNull({ lower: sample.mean - reach, upper: sample.mean + reach });
}
