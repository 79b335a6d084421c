import type { Bounds } from "./bounds.ts";
import { criticalValue } from "./critical-value.ts";
import { answerOrNull } from "./domain.ts";
import { normalSf } from "./normal.ts";
import type { Sample } from "./sample.ts";

export interface DeltaLift extends Bounds {
  /** variant/control − 1. */
  readonly estimate: number;
  readonly standardError: number;
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** The interval of the logarithm of the ratio, taken back; null where the ratio is not above 0. */
  readonly logarithmic: (Bounds & { readonly standardError: number }) | null;
}

/**
 * Relative lift by the delta method: se² = V_B/m_A² + m_B²·V_A/m_A⁴, V the variance of a mean. Fieller's interval (`fiellerLift`) is
 * exact where this is a first-order approximation, and agrees with the test of the difference where this does not. Null where the
 * control's mean is 0 or an arm has fewer than two units. Deng, Knoblich, Lu (KDD 2018, arXiv:1803.06336), section 3.
 */
export function deltaLift(control: Sample, variant: Sample, confidence: number): DeltaLift | null {
  if (control.mean === 0 || !(control.units >= 2 && variant.units >= 2)) return null;
  const ratio = variant.mean / control.mean;
  const relativeControl = control.variance / control.units / control.mean ** 2;
  const standardError = Math.sqrt(
    variant.variance / variant.units / control.mean ** 2 + ratio ** 2 * relativeControl,
  );
  if (!Number.isFinite(standardError) || !Number.isFinite(ratio)) return null;
  const z = criticalValue(confidence, 2);
  const estimate = ratio - 1;
  const statistic = standardError > 0 ? estimate / standardError : null;
  return answerOrNull({
    estimate,
    standardError,
    statistic,
    pValue: statistic === null ? null : 2 * normalSf(Math.abs(statistic)),
    lower: estimate - z * standardError,
    upper: estimate + z * standardError,
    logarithmic: ratio > 0 ? logInterval(ratio, standardError / ratio, z) : null,
  });
}

function logInterval(ratio: number, standardError: number, z: number) {
  const [lower, upper] = [-z, z].map((reach) => ratio * Math.exp(reach * standardError) - 1) as [
    number,
    number,
  ];
  return { standardError, lower, upper };
}
