import { diagnose } from "../../diagnostics/diagnose.ts";
import { WHOLE } from "../../model/share.ts";
import type { Rule } from "../rule.ts";

export const holdout: Rule = {
  codes: ["holdout/everybody"],
  check: ({ file, holdout }) =>
    holdout === null || holdout.share < WHOLE
      ? []
      : [diagnose("holdout/everybody", { file, path: ["holdout", "share"] }, { unit: holdout.unit.key })],
};
