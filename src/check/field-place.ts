import type { Path, Place } from "../diagnostics/place.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Metric } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { FieldPath } from "../plan/field-weight.ts";
import { metricUses } from "./metric-use.ts";

/** Where the files say what an experiment's field resolves to. */
export interface FieldScope {
  readonly project: Project;
  holds(file: string, path: Path): boolean;
}

/**
 * The place of a field: in the experiment's file, or where that only names what says it: a metric's file, or the
 * project's units, holdout and defaults.
 */
export function placeOfField(experiment: Experiment, field: FieldPath, scope: FieldScope): Place {
  const { file, unit } = experiment;
  const inProject = (path: Path): Place => ({ file: scope.project.file, path });
  const [first = "", second = "", ...rest] = field;
  switch (first) {
    case "unit":
      return second === "id" ? inProject(["units", unit.key, "id"]) : { file, path: ["unit"] };
    case "order":
      return { file, path: ["variants"], part: "key" };
    case "holdout":
      return inProject(["holdout"]);
    case "mde":
      return scope.holds(file, ["mde"]) ? { file, path: ["mde"] } : inProject(["defaults", "mde"]);
    case "analysis":
      return scope.holds(file, field) ? { file, path: field } : inProject(["defaults", second]);
    case "metrics":
      return placeInMetrics(experiment, second, rest);
    default:
      return { file, path: field };
  }
}

function placeInMetrics(experiment: Experiment, role: string, rest: readonly string[]): Place {
  const { file, primary } = experiment;
  const [key, ...part] = role === "primary" ? [primary.metric.key, ...rest] : rest;
  const use = metricUses(experiment).find(
    ({ metric, path }) => metric.key === key && String(path[1]) === role,
  );
  if (use === undefined) return { file, path: ["metrics", role] };
  if (part.length === 0) return { file, path: use.path };
  const named = use.path.at(-1) === "metric" ? use.path.slice(0, -1) : use.path;
  if (part[0] === "goal" || part[0] === "margin") return { file, path: [...named, part[0]] };
  return placeInMetric(use.metric, part);
}

function placeInMetric(metric: Metric, [part = "", ...deeper]: readonly string[]): Place {
  if (metric.kind === "ratio" && (part === "numerator" || part === "denominator") && deeper.length > 0)
    return placeInMetric(metric[part], deeper);
  return { file: metric.file, path: [part, ...deeper] };
}
