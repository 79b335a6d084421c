import { requireAnswer, requireErrorRate, requireFinite, requirePositive } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import { normalIsf } from "./normal.ts";
import { observedPower } from "./observed-power.ts";

export interface ProportionsDesign {
  /** Rate of the control, 0 to 1. */
  readonly control: number;
  /** Rate of the variant, 0 to 1. */
  readonly variant: number;
  /** Error rate over all `sides`. */
  readonly alpha: number;
  /** Default 2. */
  readonly sides?: 1 | 2;
  /** Two-sided: count a significant result in the wrong direction too; default false, as R's `power.prop.test`. */
  readonly strict?: boolean;
}

/**
 * Units in the control, unrounded, with which the pooled z test of two proportions reaches `power`; the
 * variant gets `allocation` times as many (default 1). Null where the rates are equal or not rates.
 *
 * Equal arms: `power.prop.test` of R. Unequal arms: Fleiss, Tytun, Ury, "A simple approximation for
 * calculating sample sizes for comparing independent proportions", Biometrics 36, 1980, eq. 3, without the
 * continuity correction.
 */
export function unitsForProportions(
  design: ProportionsDesign & { readonly power: number; readonly allocation?: number },
): number | null {
  const { control, variant, alpha, power, allocation = 1, sides = 2 } = design;
  requireErrorRate(alpha / sides);
  requireErrorRate(1 - power);
  requirePositive("an allocation", allocation);
  requireFinite("an allocation", allocation);
  if (control === variant || !isRate(control) || !isRate(variant)) return null;
  const pooled = (control + allocation * variant) / (1 + allocation);
  const spreadNull = Math.sqrt(pooled * (1 - pooled) * (1 + 1 / allocation));
  const spread = Math.sqrt(control * (1 - control) + (variant * (1 - variant)) / allocation);
  const reach = normalIsf(alpha / sides) * spreadNull + normalIsf(1 - power) * spread;
  const units = (Math.max(0, reach) / (control - variant)) ** 2;
  if (!design.strict || sides === 1) return requireAnswer(units);
  const surplus = (unitsControl: number) =>
    powerOfProportions({ ...design, unitsControl, unitsVariant: allocation * unitsControl })! - power;
  if (!(power > alpha)) throw new RangeError(`power is above the error rate; got ${power} for ${alpha}`);
  let most = Math.max(1, units);
  while (surplus(most) < 0) most *= 2;
  const least = 1e-9 * most;
  return surplus(least) >= 0 ? least : findRoot(surplus, least, most);
}

/** Power of the pooled z test with these units: the inverse of `unitsForProportions`. Null where it has no spread. */
export function powerOfProportions(
  design: ProportionsDesign & { readonly unitsControl: number; readonly unitsVariant: number },
): number | null {
  const { control, variant, alpha, unitsControl, unitsVariant, sides = 2 } = design;
  requireErrorRate(alpha / sides);
  requireFinite("units", unitsControl, unitsVariant);
  if (!isRate(control) || !isRate(variant) || !(unitsControl > 0) || !(unitsVariant > 0)) return null;
  return observedPower({
    difference: variant - control,
    standardErrorNull: pooledStandardError(design),
    standardErrorAlternative: standardError(design),
    alpha: (2 * alpha) / sides,
    strict: (design.strict ?? false) && sides === 2,
  });
}

/** Two rates and the units behind them. */
interface Arms {
  readonly control: number;
  readonly variant: number;
  readonly unitsControl: number;
  readonly unitsVariant: number;
}

/** Standard error of the difference of two rates where there is none: both at their pooled rate. */
export function pooledStandardError({ control, variant, unitsControl, unitsVariant }: Arms): number {
  const pooled = (unitsControl * control + unitsVariant * variant) / (unitsControl + unitsVariant);
  return Math.sqrt(pooled * (1 - pooled) * (1 / unitsControl + 1 / unitsVariant));
}

/** Standard error of the difference of two rates, each with its own spread. */
export function standardError({ control, variant, unitsControl, unitsVariant }: Arms): number {
  return Math.sqrt((control * (1 - control)) / unitsControl + (variant * (1 - variant)) / unitsVariant);
}

function isRate(value: number): boolean {
  return value >= 0 && value <= 1;
}
