import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { Severity } from "../../diagnostics/words.ts";
import type { Project } from "../../model/project.ts";
import type { Condition } from "../../runtime/manifest.ts";
import { isAhead, planningSeverity } from "../life.ts";
import type { Rule } from "../rule.ts";
import { findContradiction } from "../satisfiable.ts";

/** Somebody can match every condition: no two of its parts exclude each other. */
export const audienceNobody: Rule = {
  codes: ["audience/nobody"],
  check: (project) => [
    ...project.audiences.flatMap(({ file, condition }) =>
      problem(project, file, ["when"], condition, "warning"),
    ),
    ...project.experiments
      .filter(isAhead)
      .flatMap((experiment) => [
        ...(experiment.audience === null
          ? []
          : problem(
              project,
              experiment.file,
              ["audience"],
              experiment.audience,
              planningSeverity(experiment),
            )),
        ...experiment.overrides.flatMap(({ when }, index) =>
          problem(project, experiment.file, ["overrides", index, "when"], when, "warning"),
        ),
      ]),
  ],
};

function problem(
  { attributes }: Project,
  file: string,
  path: Path,
  condition: Condition,
  severity: Severity,
): readonly Diagnostic[] {
  const conflicting = findContradiction(condition, attributes);
  if (conflicting === null) return [];
  return [diagnose("audience/nobody", { file, path }, { attributes: conflicting }, { severity })];
}
