import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { EventRows } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import { isAhead } from "../life.ts";
import type { Rule } from "../rule.ts";
import { withoutTime } from "../without-time.ts";

/** A trigger is an event of the experiment's unit with a time, and says more than the exposure does. */
export const trigger: Rule = {
  codes: ["trigger/other-unit", "trigger/no-time", "trigger/is-exposure"],
  check: (project) =>
    project.experiments.filter(isAhead).flatMap((experiment) => {
      const rows = experiment.analysis.trigger;
      return rows === null ? [] : problems(experiment, rows, project);
    }),
};

function problems(
  { exposure, file, unit }: Experiment,
  rows: EventRows,
  project: Project,
): readonly Diagnostic[] {
  const place = { file, path: ["analysis", "trigger", "event"] };
  const args = { event: rows.event, unit: unit.key };
  const event = project.events.find(({ key }) => key === rows.event);
  if (event && !event.units.includes(unit.key)) {
    const at = { file: project.file, path: ["events", event.key, "units"] };
    const related = [{ place: at, label: `\`${event.key}\` carries these` }];
    return [diagnose("trigger/other-unit", place, { ...args, units: event.units }, { related })];
  }
  if (exposure.kind === "event" && exposure.event === rows.event && rows.where.length === 0) {
    const related = [{ place: { file, path: ["exposure"] }, label: "the exposure" }];
    return [diagnose("trigger/is-exposure", place, { event: rows.event }, { related })];
  }
  const timeless = withoutTime(project, [rows.event]);
  if (timeless === null) return [];
  const at = { file: project.file, path: timeless.path, part: "key" as const };
  return [
    diagnose(
      "trigger/no-time",
      place,
      { place: timeless.name },
      { related: [{ place: at, label: timeless.name }] },
    ),
  ];
}
