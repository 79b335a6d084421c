import { diagnose } from "../../diagnostics/diagnose.ts";
import { isAhead, planningSeverity } from "../life.ts";
import type { Rule } from "../rule.ts";

/** Without the effect worth finding there is no telling how long to look. */
export const mde: Rule = {
  codes: ["mde/missing"],
  check: ({ experiments }) =>
    experiments
      .filter(
        (experiment) =>
          isAhead(experiment) && experiment.primary.goal === "better" && experiment.mde === null,
      )
      .map((experiment) =>
        diagnose(
          "mde/missing",
          { file: experiment.file, path: ["metrics", "primary"] },
          {},
          { severity: planningSeverity(experiment) },
        ),
      ),
};
