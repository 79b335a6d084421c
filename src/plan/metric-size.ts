import type { Variant } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { absoluteEffect, baselineValue, type Claim } from "./claim.ts";
import { controlUnits, formulaOf } from "./control-units.ts";
import { runDays, type Schedule, windowDays } from "./duration.ts";
import type { MetricSize } from "./plan.ts";

/** How many units and days one claim needs; the hungriest variant sets the total, then each arm is rounded up. */
export function sizeMetric(claim: Claim, variants: readonly Variant[], schedule: Schedule): MetricSize {
  const units = unitsPerVariant(claim, variants);
  return {
    metric: claim.metric.key,
    role: claim.role,
    claim: claim.kind,
    alpha: claim.alpha,
    power: claim.power,
    baseline: baselineValue(claim),
    effect: absoluteEffect(claim),
    formula: formulaOf(claim),
    unitsPerVariant: units,
    windowDays: windowDays(claim.metric),
    days: units === null ? null : runDays(unitsToExpose(units, variants), schedule),
  };
}

/** Units that have to come in all, so that every arm gets its own. */
export function unitsToExpose(units: readonly number[], variants: readonly Variant[]): number {
  return Math.max(...units.map((count, index) => (count * WHOLE) / variants[index]!.share));
}

function unitsPerVariant(claim: Claim, variants: readonly Variant[]): readonly number[] | null {
  const [control, ...others] = variants;
  if (control === undefined || others.length === 0 || variants.some(({ share }) => share <= 0)) return null;
  let total = 0;
  for (const { share } of others) {
    const units = controlUnits(claim, share / control.share);
    if (units === null) return null;
    total = Math.max(total, (units * WHOLE) / control.share);
  }
  return variants.map(({ share }) => Math.ceil((total * share) / WHOLE));
}
