import type { Path } from "../diagnostics/place.ts";
import type { Effect } from "../model/effect.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Metric } from "../model/metric.ts";

/** A metric in its part in an experiment. */
export interface MetricUse {
  readonly metric: Metric;
  readonly role: "the primary metric" | "a guardrail" | "a secondary metric";
  /** Where the experiment names the metric. */
  readonly path: Path;
  /** The MDE or the margin, and where it is written; null for secondary metrics and where it is missing. */
  readonly effect: { readonly effect: Effect; readonly path: Path; readonly claim: "mde" | "margin" } | null;
}

/** The metrics of an experiment: the primary, then the guardrails, then the secondary ones. */
export function metricUses(experiment: Experiment): readonly MetricUse[] {
  const { guardrails, secondary } = experiment;
  return [
    primaryUse(experiment),
    ...guardrails.map(({ metric, margin }, index): MetricUse => {
      const path = ["metrics", "guardrails", index];
      return {
        metric,
        role: "a guardrail",
        path: [...path, "metric"],
        effect: { effect: margin, path: [...path, "margin"], claim: "margin" },
      };
    }),
    ...secondary.map(
      (metric, index): MetricUse => ({
        metric,
        role: "a secondary metric",
        path: ["metrics", "secondary", index],
        effect: null,
      }),
    ),
  ];
}

function primaryUse({ primary, mde }: Experiment): MetricUse {
  const role = "the primary metric";
  const path = ["metrics", "primary"];
  const { metric, goal, margin } = primary;
  if (goal === "better") {
    return { metric, role, path, effect: mde && { effect: mde, path: ["mde"], claim: "mde" } };
  }
  return {
    metric,
    role,
    path: [...path, "metric"],
    effect: margin && { effect: margin, path: [...path, "margin"], claim: "margin" },
  };
}
