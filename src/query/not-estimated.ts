import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";

/** What an experiment's plan asks for and its analysis does not give. */
export function notEstimated(experiment: Experiment): readonly Diagnostic[] {
  const { analysis, file, key, variants } = experiment;
  if (variants.length > 0) return [];
  const instead =
    "its units drew values that cannot be listed, so there is nothing to compare; estimate the trend from the exposures' variants";
  const tell = (field: "dose" | "effects", what: string) =>
    diagnose("data/not-estimated", { file, path: ["analysis", field] }, { experiment: key, what, instead });
  return [
    ...(analysis.dose === undefined ? [] : [tell("dose", `the trend over \`${analysis.dose}\``)]),
    ...(analysis.effects === "main" ? [tell("effects", "the main effect of each parameter")] : []),
  ];
}
