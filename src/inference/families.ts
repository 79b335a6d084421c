import { holm } from "../statistics/adjust.ts";
import type { MetricEstimate } from "./metric-estimate.ts";

/**
 * Adjusted p-values by Holm within two families: the primary over the variants, and all secondary metrics
 * over the variants, which never decide. Guardrails are in no family: their claim is non-inferiority, which
 * is not corrected because every one of them must hold (A.13).
 */
export function adjustFamilies(estimates: readonly MetricEstimate[]): readonly MetricEstimate[] {
  return adjustRole(adjustRole(estimates, "primary"), "secondary");
}

function adjustRole(
  estimates: readonly MetricEstimate[],
  role: MetricEstimate["role"],
): readonly MetricEstimate[] {
  const family = estimates
    .filter((estimate) => estimate.role === role)
    .flatMap((estimate) => estimate.comparisons);
  const adjusted = new Map(
    holm(family.map(({ pValue }) => pValue)).map((pValue, index) => [family[index], pValue]),
  );
  return estimates.map((estimate) =>
    estimate.role !== role
      ? estimate
      : {
          ...estimate,
          comparisons: estimate.comparisons.map((comparison) => ({
            ...comparison,
            adjustedPValue: adjusted.get(comparison) ?? null,
          })),
        },
  );
}
