import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Rule } from "../rule.ts";

/** What `match` calls other cases than those of variants. */
const RESERVED: readonly string[] = ["unassigned", "otherwise"];

/** As many variants as their operator can tell apart, with names that code can. */
export const variantCount: Rule = {
  codes: ["variants/too-few", "variants/not-two", "variants/reserved-key"],
  check: ({ experiments }) => experiments.flatMap(problems),
};

function problems({ draw, file, variants }: Experiment): readonly Diagnostic[] {
  if (draw.kind !== "variants") return [];
  const count = variants.length;
  const reserved = variants
    .filter(({ key }) => RESERVED.includes(key))
    .map(({ key }) =>
      diagnose("variants/reserved-key", { file, path: ["variants", key], part: "key" }, { variant: key }),
    );
  if (count < 2)
    return [...reserved, diagnose("variants/too-few", { file, path: ["variants"], part: "key" }, { count })];
  if (draw.operator === "bernoulliTrial" && count > 2)
    return [...reserved, diagnose("variants/not-two", { file, path: ["assign"], part: "key" }, { count })];
  return reserved;
}
