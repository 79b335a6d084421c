import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

export const variantCount: Rule = {
  codes: ["variants/too-few"],
  check: ({ experiments }) =>
    experiments
      .filter(({ variants }) => variants.length < 2)
      .map(({ file, variants }) =>
        diagnose("variants/too-few", { file, path: ["variants"], part: "key" }, { count: variants.length }),
      ),
};
