import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { eventsOf, inputsOf } from "../../model/experiment-metrics.ts";
import type { Metric } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import type { Rule } from "../rule.ts";
import { withoutTime } from "../without-time.ts";

/** The warehouse has what metrics read: columns of one row per unit, or events, with times where windows count. */
export const metricInput: Rule = {
  codes: ["metric/wrong-layout", "metric/window-without-time"],
  check: (project) => project.metrics.flatMap((metric) => problems(metric, project)),
};

function problems(metric: Metric, project: Project): readonly Diagnostic[] {
  const { warehouse, file } = project;
  const [input] = inputsOf(metric);
  if (warehouse === null || metric.kind === "ratio" || input === undefined) return [];
  const { layout } = warehouse;
  if ((layout.kind === "events") !== (input.kind === "event")) {
    return [
      diagnose(
        "metric/wrong-layout",
        { file: metric.file, path: [metric.kind === "funnel" ? "steps" : input.kind] },
        {
          metric: metric.key,
          reads: input.kind === "event" ? "an event" : "a column",
          layout:
            layout.kind === "events" ? "events, and no rows per unit" : "one row per unit, and no events",
        },
        { related: [{ place: { file, path: ["warehouse"], part: "key" }, label: "the warehouse" }] },
      ),
    ];
  }
  const timeless = metric.window === null ? null : withoutTime(project, eventsOf(metric));
  if (timeless === null) return [];
  const place = { file: metric.file, path: [metric.kind === "retention" ? "kind" : "window"] };
  const related = [{ place: { file, path: timeless.path, part: "key" as const }, label: timeless.name }];
  return [
    diagnose(
      "metric/window-without-time",
      place,
      { metric: metric.key, place: `${timeless.name} has no times` },
      { related },
    ),
  ];
}
