import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { hashUnits as otherUnits } from "../../model/hash-units.ts";
import type { Project } from "../../model/project.ts";
import { placeOfHashUnits } from "../hash-place.ts";
import type { Rule } from "../rule.ts";

/** What is hashed beside the unit splits the unit. */
export const hashUnits: Rule = {
  codes: ["hash/several-units"],
  check: (project) => project.experiments.flatMap((experiment) => problems(project, experiment)),
};

function problems({ units }: Project, experiment: Experiment): readonly Diagnostic[] {
  const others = otherUnits(experiment).map((id) => units.find((other) => other.id === id)?.key ?? id);
  if (others.length === 0) return [];
  const args = { unit: experiment.unit.key, others };
  return [diagnose("hash/several-units", placeOfHashUnits(experiment), args)];
}
