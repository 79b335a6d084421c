import type { Comparison, MetricEstimate } from "../../inference/estimate.ts";
import type { Finding } from "../finding.ts";
import type { Trial } from "../trial.ts";

/** Harm that is certain at any number of looks. A finished trial is not stopped. */
export function findHarm({ record, primary, treatments }: Trial): readonly Finding[] {
  if (record.horizon.reached) return [];
  return treatments.flatMap(({ comparison, guardrails }) => [
    ...harmOf("harm-primary", primary, comparison),
    ...guardrails.flatMap((guardrail) => harmOf("harm-guardrail", guardrail.estimate, guardrail.comparison)),
  ]);
}

function harmOf(
  code: "harm-primary" | "harm-guardrail",
  estimate: MetricEstimate,
  { variant, harm }: Comparison,
): readonly Finding[] {
  if (!harm?.shown) return [];
  return [{ code, metric: estimate.metric, variant, upper: harm.upper, threshold: harm.threshold }];
}
