import { normalIsf } from "./normal.ts";

export interface ProportionMarginDesign {
  /** The rate of both arms: nothing changes. Strictly between 0 and 1. */
  readonly rate: number;
  /** Positive. `absolute`: in rate points; `relative`: a fraction of the control's rate. */
  readonly margin: { readonly kind: "absolute" | "relative"; readonly value: number };
  /** Which way the rate should go: the margin lies on the other side. */
  readonly better: "higher" | "lower";
  /** One-sided error rate. */
  readonly alpha: number;
  readonly power: number;
  /** Units in the variant per unit in the control, default 1. */
  readonly allocation?: number;
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
  const { rate, margin, better, alpha, power, allocation = 1 } = design;
  if (!(rate > 0 && rate < 1) || !(margin.value > 0) || !(allocation > 0)) return null;
  const signed = better === "higher" ? -margin.value : margin.value;
  const weight = margin.kind === "relative" ? 1 + signed : 1;
  const shift = margin.kind === "relative" ? 0 : signed;
  if (weight <= 0 || Math.abs(shift) >= 1) return null;
  const control =
    weight === 1
      ? controlRateAtDifference(rate, shift, allocation)
      : controlRateAtRatio(rate, weight, allocation);
  const variant = weight * control + shift;
  const varianceOf = (a: number, b: number) => weight ** 2 * a * (1 - a) + (b * (1 - b)) / allocation;
  const distance = margin.kind === "relative" ? margin.value * rate : margin.value;
  const reach =
    normalIsf(alpha) * Math.sqrt(varianceOf(control, variant)) +
    normalIsf(1 - power) * Math.sqrt(varianceOf(rate, rate));
  return (reach / distance) ** 2;
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
