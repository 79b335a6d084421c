import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Project } from "../../model/project.ts";
import type { Rule } from "../rule.ts";

/** Exposures, and the event that stands for one, carry the id of the experiment's unit. */
export const exposureUnit: Rule = {
  codes: ["exposure/unit-without-column", "exposure/event-of-other-unit"],
  check: (project) =>
    project.experiments
      .filter(({ archived }) => !archived)
      .flatMap((experiment) => [
        ...withoutColumn(experiment, project),
        ...eventOfOtherUnit(experiment, project),
      ]),
};

function withoutColumn({ file, unit }: Experiment, project: Project): readonly Diagnostic[] {
  if (project.warehouse === null) return [];
  const { layout } = project.warehouse;
  const { units } = layout.kind === "events" ? layout.exposures : layout;
  if (Object.hasOwn(units, unit.key)) return [];
  const path = ["warehouse", ...(layout.kind === "events" ? ["sources", "exposures"] : ["perUnit"]), "units"];
  return [
    diagnose(
      "exposure/unit-without-column",
      { file, path: ["unit"] },
      { unit: unit.key, known: Object.keys(units) },
      { related: [{ place: { file: project.file, path, part: "key" }, label: "the units with columns" }] },
    ),
  ];
}

function eventOfOtherUnit({ exposure, file, unit }: Experiment, project: Project): readonly Diagnostic[] {
  if (exposure.kind !== "event") return [];
  return project.events
    .filter(({ key, units }) => key === exposure.event && !units.includes(unit.key))
    .map(({ key, units }) => {
      const place = { file: project.file, path: ["events", key, "units"] };
      return diagnose(
        "exposure/event-of-other-unit",
        { file, path: ["exposure", "event"] },
        { event: key, unit: unit.key, units },
        { related: [{ place, label: `\`${key}\` carries these` }] },
      );
    });
}
