import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { isClustered } from "../../model/experiment-metrics.ts";
import type { Metric } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import { isAhead } from "../life.ts";
import { metricUses } from "../metric-use.ts";
import type { Rule } from "../rule.ts";
import { withoutTime } from "../without-time.ts";

/** Designs that look more than once look at units whose window has passed, by the days on which it did. */
export const looks: Rule = {
  codes: ["looks/no-window", "looks/no-time", "looks/single-look"],
  check: (project) =>
    project.experiments
      .filter((experiment) => experiment.analysis.method !== "fixed" && isAhead(experiment))
      .flatMap((experiment) => problems(experiment, project)),
};

function problems(experiment: Experiment, project: Project): readonly Diagnostic[] {
  const { file } = experiment;
  const { method } = experiment.analysis;
  const timeless = withoutTime(project);
  if (timeless !== null) {
    const place = { file, path: ["analysis", "method"] };
    const related = [
      { place: { file: project.file, path: timeless.path, part: "key" as const }, label: timeless.name },
    ];
    return [diagnose("looks/no-time", place, { method, place: timeless.name }, { related })];
  }
  return metricUses(experiment)
    .filter(({ role }) => role !== "a secondary metric")
    .flatMap(({ metric, role, path }) => {
      const related = [{ place: { file: metric.file, path: [] }, label: "the metric" }];
      const args = { metric: metric.key, role, method };
      if (metric.window === null) return [diagnose("looks/no-window", { file, path }, args, { related })];
      const why = singleLook(metric, experiment);
      return why === null
        ? []
        : [diagnose("looks/single-look", { file, path }, { ...args, why }, { related })];
    });
}

/** Why the days of a metric do not add up to looks; null where they do. */
function singleLook(metric: Metric, { unit }: Experiment): string | null {
  if (metric.kind === "quantile") return "the quantile of two days is not told by those of each";
  return isClustered(metric, unit)
    ? `a ${unit.key} that has come in still gains members of \`${metric.per}\``
    : null;
}
