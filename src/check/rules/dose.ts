import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Json } from "../../runtime/manifest.ts";
import type { Rule } from "../rule.ts";

/** What is compared where there is more than one treatment and one control: cells, main effects, a trend. */
export const dose: Rule = {
  codes: ["parameters/no-dose", "analysis/dose", "analysis/effects", "analysis/effects-of-quantile"],
  check: ({ experiments }) =>
    experiments.flatMap((experiment) => [...effectsProblem(experiment), ...doseProblem(experiment)]),
};

function effectsProblem(experiment: Experiment): readonly Diagnostic[] {
  const { analysis, draw, file, primary, guardrails } = experiment;
  const { effects } = analysis;
  if (effects === undefined) return [];
  const place = { file, path: ["analysis", "effects"] };
  if (draw.kind !== "parameters") return [diagnose("analysis/effects", place, { effects })];
  const deciding = [primary, ...guardrails].map(({ metric }) => metric);
  const quantile = effects === "main" && deciding.find(({ kind }) => kind === "quantile");
  return quantile ? [diagnose("analysis/effects-of-quantile", place, { metric: quantile.key })] : [];
}

function doseProblem(experiment: Experiment): readonly Diagnostic[] {
  const { analysis, draw, file, variants } = experiment;
  if (analysis.dose === undefined) {
    const open = draw.kind === "parameters" && variants.length === 0;
    const drawn = open && draw.parameters.find(({ operator }) => operator.kind.startsWith("random"));
    if (!drawn) return [];
    const place = { file, path: ["parameters", drawn.name], part: "key" as const };
    return [diagnose("parameters/no-dose", place, { parameter: drawn.name })];
  }
  const problem = problemOf(experiment, analysis.dose);
  if (problem === null) return [];
  return [diagnose("analysis/dose", { file, path: ["analysis", "dose"] }, { dose: analysis.dose, problem })];
}

function problemOf({ draw, variants }: Experiment, name: string): string | null {
  if (variants.length === 0 && draw.kind === "parameters") {
    const parameter = draw.parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) return "there is no such parameter";
    const { operator } = parameter;
    return "choices" in operator && !operator.choices.every((choice) => typeof choice === "number")
      ? "not all of its values are numbers"
      : null;
  }
  const values = variants.map(({ params }) => (Object.hasOwn(params, name) ? params[name]! : undefined));
  if (values.every((value) => value === undefined)) return "no variant has such a param";
  const other = variants.find((_, index) => typeof (values[index] as Json | undefined) !== "number");
  if (other !== undefined) return `it is no number in \`${other.key}\``;
  return new Set(values).size < 2 ? "it is the same in all variants" : null;
}
