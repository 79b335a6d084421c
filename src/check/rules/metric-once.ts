import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { type MetricUse, metricUses } from "../metric-use.ts";
import type { Rule } from "../rule.ts";

export const metricOnce: Rule = {
  codes: ["metrics/repeated"],
  check: ({ experiments }) => experiments.flatMap(repeated),
};

function repeated(experiment: Experiment): readonly Diagnostic[] {
  const { file } = experiment;
  const first = new Map<string, MetricUse>();
  const found: Diagnostic[] = [];
  for (const use of metricUses(experiment)) {
    const { metric, path, role } = use;
    const other = first.get(metric.key);
    if (other === undefined) {
      first.set(metric.key, use);
      continue;
    }
    const related = [{ place: { file, path: other.path }, label: `already ${other.role}` }];
    found.push(
      diagnose(
        "metrics/repeated",
        { file, path },
        { metric: metric.key, role, other: other.role },
        { related },
      ),
    );
  }
  return found;
}
