import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

export const analysisDays: Rule = {
  codes: ["analysis/days-order"],
  check: ({ experiments }) =>
    experiments
      .filter(({ analysis }) => analysis.minDays > analysis.maxDays)
      .map(({ file, analysis: { minDays, maxDays } }) =>
        diagnose("analysis/days-order", { file, path: ["analysis", "minDays"] }, { minDays, maxDays }),
      ),
};
