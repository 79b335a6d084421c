import { diagnose } from "../../diagnostics/diagnose.ts";
import { isAhead } from "../life.ts";
import type { Rule } from "../rule.ts";
import { withoutTime } from "../without-time.ts";

/** CUPED knows what came before exposure: rows have times. */
export const cuped: Rule = {
  codes: ["cuped/no-time"],
  check: (project) => {
    const timeless = withoutTime(project);
    if (timeless === null) return [];
    const place = { file: project.file, path: timeless.path, part: "key" as const };
    const related = [{ place, label: timeless.name }];
    return project.experiments
      .filter((experiment) => experiment.analysis.cuped !== null && isAhead(experiment))
      .map(({ file }) =>
        diagnose(
          "cuped/no-time",
          { file, path: ["analysis", "cuped"] },
          { place: timeless.name },
          { related },
        ),
      );
  },
};
