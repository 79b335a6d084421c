import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Rule } from "../rule.ts";

/** An experiment starts, ends, and is removed, in this order. */
export const dates: Rule = {
  codes: ["dates/order"],
  check: ({ experiments }) =>
    experiments.flatMap((experiment) => [
      ...inOrder(experiment, "start", "end", true),
      ...inOrder(experiment, experiment.end === null ? "start" : "end", "removeBy", false),
    ]),
};

function inOrder(
  experiment: Experiment,
  earlier: "start" | "end",
  later: "end" | "removeBy",
  sameDay: boolean,
): readonly Diagnostic[] {
  const { file, [earlier]: from, [later]: to } = experiment;
  if (from === null || to === null || from < to || (sameDay && from === to)) return [];
  const relation = sameDay ? "on or after" : "after";
  const related = [{ place: { file, path: [earlier] }, label: `\`${earlier}\`` }];
  return [
    diagnose("dates/order", { file, path: [later] }, { earlier, later, from, to, relation }, { related }),
  ];
}
