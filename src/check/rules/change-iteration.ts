import { diagnose } from "../../diagnostics/diagnose.ts";
import { atBase, type ChangeRule, comparedExperiments } from "../change-rule.ts";

/** An iteration is one trial: units that met its variants would meet them again under another plan. */
export const changeIteration: ChangeRule = {
  codes: ["change/iteration-falls"],
  check: (change, versions) =>
    comparedExperiments(change, versions)
      .filter(({ change: { fields } }) =>
        fields.some(({ field, weight }) => field === "iteration" && weight === "refused"),
      )
      .map(({ before, after }) =>
        diagnose(
          "change/iteration-falls",
          { file: after.file, path: ["iteration"] },
          { experiment: after.key, before: before.iteration, after: after.iteration },
          {
            related: [
              {
                place: { file: atBase(versions, before.file), path: ["iteration"] },
                label: `${before.iteration} at ${versions.base}`,
              },
            ],
          },
        ),
      ),
};
