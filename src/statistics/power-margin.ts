import { requireAnswer, requireErrorRate, requireFinite } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import { normalCdf, normalIsf } from "./normal.ts";

export interface ProportionMargin {
  /** The rate of both arms: nothing changes. Strictly between 0 and 1. */
  readonly rate: number;
  /** Positive. `absolute`: in rate points; `relative`: a fraction of the control's rate. */
  readonly margin: { readonly kind: "absolute" | "relative"; readonly value: number };
  /** Which way the rate should go: the margin lies on the other side. */
  readonly better: "higher" | "lower";
  /** One-sided error rate. */
  readonly alpha: number;
  /** Units in the variant per unit in the control, default 1. */
  readonly allocation?: number;
}

export interface ProportionMarginDesign extends ProportionMargin {
  readonly power: number;
}

/**
 * Units in the control, unrounded, with which the score test of "not worse than the margin" reaches `power`
 * when nothing changes: [z_{1−α}√V₀ + z_power√V₁]²/(margin)², V₀ at the rates most likely under the bound
 * of the null hypothesis, V₁ at the true ones. Null where the rate leaves nothing to test.
 *
 * Farrington and Manning, "Test statistics and sample size formulae for comparative binomial trials with
 * null hypothesis of non-zero risk difference or non-unity relative risk", Statistics in Medicine 9, 1990,
 * eq. 4 with method 3, for the difference and the ratio.
 */
export function unitsForProportionMargin(design: ProportionMarginDesign): number | null {
  requireErrorRate(1 - design.power);
  const spreads = spreadsOf(design);
  if (spreads === null) return null;
  const { distance, underNull, truly } = spreads;
  const reach = normalIsf(design.alpha) * underNull + normalIsf(1 - design.power) * truly;
  return reach > 0 ? requireAnswer((reach / distance) ** 2) : 0;
}

/** Power with these units in the control: the inverse of `unitsForProportionMargin`. */
export function powerOfProportionMargin(
  design: ProportionMargin & { readonly unitsControl: number },
): number | null {
  const spreads = spreadsOf(design);
  if (spreads === null || !(design.unitsControl > 0)) return null;
  const { distance, underNull, truly } = spreads;
  const reach = distance * Math.sqrt(design.unitsControl) - normalIsf(design.alpha) * underNull;
  return normalCdf(reach / truly);
}

/**
 * The smallest margin of this kind that is shown with `power` when nothing changes; null where not even the largest one is, which is all of the
 * rate, or 1 for a relative one.
 */
export function provableProportionMargin(
  design: Omit<ProportionMargin, "margin"> & {
    readonly kind: "absolute" | "relative";
    readonly unitsControl: number;
    readonly power: number;
  },
): number | null {
  const { kind, power, rate, better } = design;
  requireErrorRate(1 - power);
  if (!(rate > 0 && rate < 1)) return null;
  const room = kind === "relative" ? 1 : better === "higher" ? rate : 1 - rate;
  const most = room * (1 - 1e-9);
  const surplus = (value: number) =>
    (powerOfProportionMargin({ ...design, margin: { kind, value } }) ?? 0) - power;
  const least = most * 1e-12;
  if (surplus(most) < 0) return null;
  return surplus(least) >= 0 ? least : findRoot(surplus, least, most);
}

/** The distance to the margin and the standard deviations, per control unit, under the bound of the null hypothesis and in truth. */
function spreadsOf(design: ProportionMargin) {
  const { rate, margin, better, alpha, allocation = 1 } = design;
  requireErrorRate(alpha);
  requireFinite("an allocation", allocation);
  if (!(rate > 0 && rate < 1) || !(margin.value > 0) || !(allocation > 0)) return null;
  const signed = better === "higher" ? -margin.value : margin.value;
  const weight = margin.kind === "relative" ? 1 + signed : 1;
  const shift = margin.kind === "relative" ? 0 : signed;
  if (weight <= 0 || Math.abs(shift) >= 1) return null;
  const control =
    weight === 1
      ? controlRateAtDifference(rate, shift, allocation)
      : controlRateAtRatio(rate, weight, allocation);
  const spread = (a: number, b: number) => Math.sqrt(weight ** 2 * a * (1 - a) + (b * (1 - b)) / allocation);
  return {
    distance: margin.kind === "relative" ? margin.value * rate : margin.value,
    underNull: spread(control, weight * control + shift),
    truly: spread(rate, rate),
  };
}

/** The control's most likely rate where the variant's is `shift` higher and both arms show `rate`. */
function controlRateAtDifference(rate: number, shift: number, allocation: number): number {
  const score = (p: number) => slope(rate, p) + allocation * slope(rate, p + shift);
  let low = Math.max(0, -shift);
  let high = Math.min(1, 1 - shift);
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (score(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The derivative of a unit's log likelihood at `p`. */
function slope(rate: number, p: number): number {
  return rate / p - (1 - rate) / (1 - p);
}

/** The control's most likely rate where the variant's is `ratio` times that and both arms show `rate`. */
function controlRateAtRatio(rate: number, ratio: number, allocation: number): number {
  const a = (1 + allocation) * ratio;
  const b = -(ratio * (allocation + rate) + 1 + allocation * rate);
  const c = rate * (1 + allocation);
  return (-b - Math.sqrt(b * b - 4 * a * c)) / (2 * a);
}
