import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Rule } from "../rule.ts";

/** A conclusion is a decision on record; one that departs from the verdict says why. */
export const decision: Rule = {
  codes: ["decision/missing", "decision/too-early", "decision/without-reason"],
  check: ({ experiments }) => experiments.flatMap(problems),
};

function problems({ file, status, decision, control }: Experiment): readonly Diagnostic[] {
  if (status === "concluded" && decision === null) {
    return [diagnose("decision/missing", { file, path: ["status"] }, {})];
  }
  if (decision === null) return [];
  const place = { file, path: ["decision"], part: "key" as const };
  if (status !== "concluded") {
    const related = [{ place: { file, path: ["status"] }, label: "its status" }];
    return [diagnose("decision/too-early", place, { status }, { related })];
  }
  const { ship, verdict, why } = decision;
  if (why !== null || (verdict === "ship") === (ship !== control)) return [];
  return [diagnose("decision/without-reason", place, { ship, verdict })];
}
