import type { Experiment, Guardrail, PrimaryMetric } from "../model/experiment.ts";
import type { Metric } from "../model/metric.ts";
import type { ExperimentDocument } from "../syntax/generated/documents.ts";
import { resolveEffect } from "./effect.ts";
import type { Findings } from "./findings.ts";
import { find, type Names } from "./names.ts";

type MetricRoles = Pick<Experiment, "primary" | "secondary" | "guardrails">;

/** What is measured, and in which part. */
export function resolveMetricRoles(
  findings: Findings,
  document: ExperimentDocument["metrics"],
  metrics: Names<Metric>,
): MetricRoles | null {
  const primary = resolvePrimary(findings, document.primary, metrics);
  const secondary = (document.secondary ?? []).map((key, index) =>
    find(findings, metrics, key, "metric/unknown", ["metrics", "secondary", index]),
  );
  const guardrails = (document.guardrails ?? []).map(({ metric: key, margin }, index): Guardrail | null => {
    const path = ["metrics", "guardrails", index];
    const metric = find(findings, metrics, key, "metric/unknown", [...path, "metric"]);
    const effect = metric && resolveEffect(findings, margin, metric, [...path, "margin"]);
    return metric && effect && { metric, margin: effect };
  });
  if (primary === null) return null;
  return { primary, secondary: secondary.filter(isPresent), guardrails: guardrails.filter(isPresent) };
}

function resolvePrimary(
  findings: Findings,
  document: ExperimentDocument["metrics"]["primary"],
  metrics: Names<Metric>,
): PrimaryMetric | null {
  if (typeof document === "string") {
    const metric = find(findings, metrics, document, "metric/unknown", ["metrics", "primary"]);
    return metric && { metric, goal: "better", margin: null };
  }
  const path = ["metrics", "primary"];
  const metric = find(findings, metrics, document.metric, "metric/unknown", [...path, "metric"]);
  const margin = metric && resolveEffect(findings, document.margin, metric, [...path, "margin"]);
  return metric && margin && { metric, goal: document.goal, margin };
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}
