import { diagnose } from "../../diagnostics/diagnose.ts";
import { isAhead } from "../life.ts";
import { formatPercentage } from "../percentage.ts";
import type { Rule } from "../rule.ts";

const LARGEST_ALPHA = 0.1;

/** Decisions are not left to chance more often than one in ten. */
export const lenientAlpha: Rule = {
  codes: ["analysis/lenient-alpha"],
  check: ({ experiments }) =>
    experiments
      .filter((experiment) => isAhead(experiment) && experiment.analysis.alpha > LARGEST_ALPHA)
      .map(({ analysis, file }) => {
        const place = { file, path: ["analysis", "alpha"] };
        return diagnose("analysis/lenient-alpha", place, { alpha: formatPercentage(analysis.alpha) });
      }),
};
