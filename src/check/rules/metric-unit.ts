import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { eventsOf, isClustered } from "../../model/experiment-metrics.ts";
import type { Project } from "../../model/project.ts";
import { type MetricUse, metricUses } from "../metric-use.ts";
import type { Rule } from "../rule.ts";

/** The events of an experiment's metrics carry the id of its unit; those of a metric of clusters that of their members. */
export const metricUnit: Rule = {
  codes: ["metric/other-unit"],
  check: (project) =>
    project.experiments.flatMap((experiment) =>
      metricUses(experiment).flatMap((use) => problems(experiment, use, project)),
    ),
};

function problems(
  { file, unit }: Experiment,
  { metric, path }: MetricUse,
  project: Project,
): readonly Diagnostic[] {
  if (isClustered(metric, unit)) return [];
  const read = new Set(eventsOf(metric));
  return project.events
    .filter(({ key, units }) => read.has(key) && !units.includes(unit.key))
    .map(({ key, units }) =>
      diagnose(
        "metric/other-unit",
        { file, path },
        { metric: metric.key, event: key, unit: unit.key, units },
        {
          related: [
            {
              place: { file: project.file, path: ["events", key, "units"] },
              label: `\`${key}\` carries these`,
            },
          ],
        },
      ),
    );
}
