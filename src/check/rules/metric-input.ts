import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Metric, SimpleMetric } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import type { EventLayout } from "../../model/warehouse.ts";
import type { Rule } from "../rule.ts";

/** The warehouse has what metrics read: columns of one row per unit, or events, with times where windows count. */
export const metricInput: Rule = {
  codes: ["metric/wrong-layout", "metric/window-without-time"],
  check: (project) => project.metrics.flatMap((metric) => problems(metric, project)),
};

function problems(metric: Metric, project: Project): readonly Diagnostic[] {
  const { warehouse, file } = project;
  if (warehouse === null || metric.kind === "ratio") return [];
  const { layout } = warehouse;
  const { input, key } = metric;
  if ((layout.kind === "events") !== (input.kind === "event")) {
    return [
      diagnose(
        "metric/wrong-layout",
        { file: metric.file, path: [input.kind] },
        {
          metric: key,
          reads: input.kind === "event" ? "an event" : "a column",
          layout:
            layout.kind === "events" ? "events, and no rows per unit" : "one row per unit, and no events",
        },
        { related: [{ place: { file, path: ["warehouse"], part: "key" }, label: "the warehouse" }] },
      ),
    ];
  }
  const timeless = metric.window === null ? null : placeWithoutTime(metric, project);
  if (timeless === null) return [];
  const place = { file: metric.file, path: ["window"] };
  const related = [{ place: { file, path: timeless.path, part: "key" as const }, label: timeless.name }];
  return [
    diagnose(
      "metric/window-without-time",
      place,
      { metric: key, place: `${timeless.name} has no times` },
      { related },
    ),
  ];
}

function placeWithoutTime(metric: SimpleMetric, { events, warehouse }: Project) {
  if (warehouse === null) return null;
  if (warehouse.layout.kind === "per-unit") {
    return { name: "a warehouse of one row per unit", path: ["warehouse", "perUnit"] };
  }
  const { input } = metric;
  if (input.kind !== "event") return null;
  const source = events.find(({ key }) => key === input.event)?.source;
  const timeless = [...sourcesOf(warehouse.layout)].find(
    ({ key, timestamp }) => timestamp === null && (key === "exposures" || key === source),
  );
  if (timeless === undefined) return null;
  return { name: `the source \`${timeless.key}\``, path: ["warehouse", "sources", timeless.key, "columns"] };
}

function sourcesOf({ exposures, events }: EventLayout) {
  return [
    { key: "exposures", timestamp: exposures.columns.timestamp },
    ...events.map(({ key, columns }) => ({ key, timestamp: columns.timestamp })),
  ];
}
