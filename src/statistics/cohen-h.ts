import { requireErrorRate, requireFinite, requirePositive, requireProbability } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import { normalIsf } from "./normal.ts";
import { observedPower } from "./observed-power.ts";

/**
 * Cohen's h, 2·asin√p₂ − 2·asin√p₁: the distance of two proportions on the scale where their variance is 1/n.
 * Jacob Cohen, *Statistical Power Analysis for the Behavioral Sciences* (2nd ed., 1988), equation 6.2.1.
 */
export function cohenH(control: number, variant: number): number {
  requireProbability(control);
  requireProbability(variant);
  return 2 * Math.asin(Math.sqrt(variant)) - 2 * Math.asin(Math.sqrt(control));
}

/**
 * Units in the control, unrounded, by Cohen's h: θ²(1 + 1/k)/h² with Φ(θ − z) + Φ(−θ − z) = power, z = z_{1−α/2}, k =
 * `allocation` units in the variant per unit in the control. Here to compare with: planning uses
 * `unitsForProportions`. Null where the rates are equal.
 */
export function unitsByCohenH(design: {
  readonly control: number;
  readonly variant: number;
  readonly alpha: number;
  readonly power: number;
  readonly allocation?: number;
}): number | null {
  const { control, variant, alpha, power, allocation = 1 } = design;
  const distance = cohenH(control, variant);
  requireErrorRate(alpha);
  requireErrorRate(1 - power);
  requirePositive("an allocation", allocation);
  requireFinite("an allocation", allocation);
  if (distance === 0 || power <= alpha) return distance === 0 ? null : 0;
  const errors = { standardErrorNull: 1, standardErrorAlternative: 1 };
  const surplus = (difference: number) =>
    observedPower({ ...errors, difference, alpha, strict: true })! - power;
  const drift = findRoot(surplus, 0, normalIsf(alpha / 2) + normalIsf(1 - power) + 1);
  return (drift / distance) ** 2 * (1 + 1 / allocation);
}
