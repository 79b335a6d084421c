import { holm } from "../statistics/adjust.ts";
import type { Comparison, MetricEstimate } from "./metric-estimate.ts";

/**
 * Adjusted p-values by Holm within families: the primary over what decides, which is the variants or the main effects, and all
 * secondary metrics over the same, which never decide. Guardrails are in no family: their claim is non-inferiority, which
 * is not corrected because every one of them must hold (A.13). Cells beside main effects have families of their own.
 */
export function adjustFamilies(estimates: readonly MetricEstimate[]): readonly MetricEstimate[] {
  return adjustRole(adjustRole(estimates, "primary"), "secondary");
}

function adjustRole(
  estimates: readonly MetricEstimate[],
  role: MetricEstimate["role"],
): readonly MetricEstimate[] {
  const members = estimates.filter((estimate) => estimate.role === role);
  const adjusted = new Map([
    ...adjust(members.flatMap(({ comparisons }) => comparisons)),
    ...adjust(members.flatMap(({ effects }) => effects.map(({ comparison }) => comparison))),
  ]);
  const raise = (comparison: Comparison): Comparison => ({
    ...comparison,
    adjustedPValue: adjusted.get(comparison) ?? null,
  });
  return estimates.map((estimate) =>
    estimate.role !== role
      ? estimate
      : {
          ...estimate,
          comparisons: estimate.comparisons.map(raise),
          effects: estimate.effects.map((effect) => ({ ...effect, comparison: raise(effect.comparison) })),
        },
  );
}

function adjust(family: readonly Comparison[]): readonly (readonly [Comparison, number | null])[] {
  return holm(family.map(({ pValue }) => pValue)).map((pValue, index) => [family[index]!, pValue]);
}
