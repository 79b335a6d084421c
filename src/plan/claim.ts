import { plannedContrasts } from "../model/contrasts.ts";
import type { Effect } from "../model/effect.ts";
import type { Experiment } from "../model/experiment.ts";
import { type Baseline, baselineKind, levelOf, type Metric } from "../model/metric.ts";
import { type UnitWorth, unitWorth } from "./unit-worth.ts";

/** What an experiment sets out to show about one metric. */
export interface Claim {
  readonly metric: Metric;
  readonly role: "primary" | "guardrail";
  readonly kind: "superiority" | "non-inferiority";
  /** The MDE, or the margin. */
  readonly effect: Effect | null;
  readonly alpha: number;
  readonly power: number;
  readonly baseline: Baseline | null;
  /** Null without a baseline, or where it leaves out what the plan needs. */
  readonly worth: UnitWorth | null;
}

/**
 * The claims that decide, primary first. A primary that must be better shares α among its comparisons, which are the
 * variants or the main effects (Bonferroni, of which Holm is never weaker); non-inferiority does not. Every claim has to hold for a ship,
 * so each of the primary and the G guardrails gets the power 1 − β/(G+1) (Schultzberg, Ankargren, Frånberg,
 * "Risk-aware product decisions in A/B tests with multiple metrics", 2024, proposition 4.1).
 */
export function claimsOf(experiment: Experiment): readonly Claim[] {
  const { analysis, primary, guardrails, planning, mde } = experiment;
  const worthOf = (metric: Metric, baseline: Baseline | null) =>
    baseline && unitWorth(metric, baseline, experiment);
  const baseline = planning.baseline ?? primary.metric.baseline;
  const power = 1 - (1 - analysis.power) / (guardrails.length + 1);
  const better = primary.goal === "better";
  return [
    {
      metric: primary.metric,
      role: "primary",
      kind: better ? "superiority" : "non-inferiority",
      effect: better ? mde : primary.margin,
      alpha: better ? analysis.alpha / Math.max(1, plannedContrasts(experiment).length) : analysis.alpha,
      power,
      baseline,
      worth: worthOf(primary.metric, baseline),
    },
    ...guardrails.map(
      ({ metric, margin }): Claim => ({
        metric,
        role: "guardrail",
        kind: "non-inferiority",
        effect: margin,
        alpha: analysis.alpha,
        power,
        baseline: metric.baseline,
        worth: worthOf(metric, metric.baseline),
      }),
    ),
  ];
}

/** The assumed rate, mean or quantile; null without a baseline, or with one of another kind of metric. */
export function baselineValue({ baseline, metric }: Claim): number | null {
  return baseline === null || baseline.kind !== baselineKind(metric.kind) ? null : levelOf(baseline);
}

/** The effect in the metric's unit; null where a relative one has nothing positive to relate to. */
export function absoluteEffect(claim: Claim): number | null {
  const value = baselineValue(claim);
  if (claim.effect === null || value === null) return null;
  if (claim.effect.kind === "absolute") return claim.effect.value;
  return value > 0 ? claim.effect.value * value : null;
}
