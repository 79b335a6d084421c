import { type Baseline, isBinary } from "../model/metric.ts";
import { unitsForProportionMargin } from "../statistics/power-margin.ts";
import { unitsForMeans } from "../statistics/power-means.ts";
import { unitsForProportions } from "../statistics/power-proportions.ts";
import { absoluteEffect, type Claim } from "./claim.ts";

/** Which formula sizes a claim, as plans and reports print it. */
export function formulaOf({ metric, kind }: Claim): string {
  if (!isBinary(metric.kind)) {
    if (metric.kind === "quantile")
      return "normal approximation, (z_alpha + z_power)^2 * spread^2 / effect^2, spread / sqrt(units) the standard error of the quantile";
    const name = "normal approximation, (z_alpha + z_power)^2 * variance / effect^2";
    return metric.kind === "ratio" ? `${name}, delta-method variance` : name;
  }
  return kind === "superiority"
    ? "power.prop.test (Fleiss for unequal shares)"
    : "score test of a margin (Farrington-Manning)";
}

/**
 * Exposed control units that one comparison needs, unrounded, where the variant has `allocation` units per
 * unit of the control. Null where baseline or effect is missing, or the effect leads out of the rates.
 */
export function controlUnits(claim: Claim, allocation: number): number | null {
  const effect = absoluteEffect(claim);
  if (effect === null || claim.baseline === null || claim.effect === null || claim.worth === null)
    return null;
  const units =
    claim.baseline.kind === "rate"
      ? forRates(claim, claim.baseline.rate, effect, allocation)
      : forMeans(claim, claim.baseline, effect, allocation);
  return units !== null && Number.isFinite(units) ? units / claim.worth.values : null;
}

function forRates(claim: Claim, rate: number, effect: number, allocation: number): number | null {
  const { alpha, power, metric } = claim;
  if (claim.kind === "superiority") {
    const variant = metric.better === "higher" ? rate + effect : rate - effect;
    return unitsForProportions({ control: rate, variant, alpha, power, allocation });
  }
  const margin = { kind: claim.effect!.kind, value: claim.effect!.value };
  return unitsForProportionMargin({ rate, margin, better: metric.better, alpha, power, allocation });
}

function forMeans(
  { metric, kind, effect: stated, alpha, power }: Claim,
  baseline: Exclude<Baseline, { kind: "rate" }>,
  effect: number,
  allocation: number,
): number | null {
  const relativeMargin = kind === "non-inferiority" && stated?.kind === "relative" ? stated.value : 0;
  return unitsForMeans({
    standardDeviationControl: spreadOf(baseline),
    standardDeviationVariant: spreadOf(baseline),
    effect,
    alpha,
    power,
    allocation,
    sides: kind === "superiority" ? 2 : 1,
    controlWeight: metric.better === "higher" ? 1 - relativeMargin : 1 + relativeMargin,
  });
}

/** What, over the square root of the units, is the standard error. */
export function spreadOf(baseline: Exclude<Baseline, { kind: "rate" }>): number {
  return baseline.kind === "quantile" ? baseline.spread : baseline.standardDeviation;
}
