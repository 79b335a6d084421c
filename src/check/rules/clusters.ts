import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Metric } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import type { Rule } from "../rule.ts";

/** A metric of another unit than the randomised one: exposures say who belongs to whom, events who did what. */
export const clusters: Rule = {
  codes: ["per/other-unit", "per/without-column", "per/winsorized"],
  check: (project) => project.metrics.flatMap((metric) => problems(metric, project)),
};

function problems(metric: Metric, project: Project): readonly Diagnostic[] {
  const { file, key, per } = metric;
  if (per === null || metric.kind === "ratio" || metric.kind === "funnel") return [];
  const place = { file, path: ["per"] };
  const found: Diagnostic[] = [];
  const { input } = metric;
  const event = input.kind === "event" ? project.events.find((each) => each.key === input.event) : undefined;
  if (event && !event.units.includes(per)) {
    const at = { file: project.file, path: ["events", event.key, "units"] };
    const related = [{ place: at, label: `\`${event.key}\` carries these` }];
    const args = { metric: key, event: event.key, unit: per, units: event.units };
    found.push(diagnose("per/other-unit", place, args, { related }));
  }
  const layout = project.warehouse?.layout;
  if (layout?.kind === "events" && !Object.hasOwn(layout.exposures.units, per)) {
    const at = { file: project.file, path: ["warehouse", "sources", "exposures", "units"] };
    const related = [{ place: { ...at, part: "key" as const }, label: "the units with columns" }];
    found.push(diagnose("per/without-column", place, { metric: key, unit: per }, { related }));
  }
  if ("winsorize" in metric && metric.winsorize !== null) {
    const related = [{ place, label: "measured per member" }];
    found.push(
      diagnose("per/winsorized", { file, path: ["winsorize"], part: "key" }, { metric: key }, { related }),
    );
  }
  return found;
}
