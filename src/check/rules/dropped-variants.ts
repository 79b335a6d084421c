import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Rule } from "../rule.ts";

/** What is dropped is a treatment that nobody else rests on, and not the last one. */
export const droppedVariants: Rule = {
  codes: ["variants/dropped-baseline", "variants/nothing-left"],
  check: ({ experiments }) => experiments.flatMap(problems),
};

function problems(experiment: Experiment): readonly Diagnostic[] {
  const { control, file, variants } = experiment;
  const dropped = variants.filter((variant) => variant.dropped !== undefined);
  const resting = dropped.flatMap(({ key }) => {
    const role = roleOf(experiment, key);
    const place = { file, path: ["variants", key, "dropped"], part: "key" as const };
    return role === null ? [] : [diagnose("variants/dropped-baseline", place, { variant: key, role })];
  });
  if (resting.length > 0 || dropped.length === 0 || dropped.length < variants.length - 1) return resting;
  return [diagnose("variants/nothing-left", { file, path: ["variants"], part: "key" }, { control })];
}

function roleOf({ control, decision, default: fallback }: Experiment, variant: string): string | null {
  if (variant === control) return "the control";
  if (variant === fallback) return "the default";
  return decision?.ship === variant ? "what was shipped" : null;
}
