import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { addDays } from "../../model/calendar.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { ExperimentPlan } from "../../plan/plan.ts";
import { plansAhead } from "../plans.ts";
import type { Rule } from "../rule.ts";

/** Times the planned days. A run of less is a margin for fewer units than expected; a longer one is a second look. */
const LONGEST = 3;

/** A result counts once, and looks end with the planned units: the end is not so late that it invites another. */
export const decidesEarly: Rule = {
  codes: ["plan/decides-early"],
  check: (project, plan) =>
    plansAhead(project, plan).flatMap(([experiment, facts]) => problems(experiment, facts)),
};

function problems({ analysis, file, start }: Experiment, facts: ExperimentPlan): readonly Diagnostic[] {
  const { days, enrolmentDays, scheduledDays } = facts;
  if (start === null || days === null || enrolmentDays === null || scheduledDays === null) return [];
  if (scheduledDays < LONGEST * days) return [];
  const end = addDays(start, enrolmentDays - 1);
  const place = { file, path: ["end"] };
  const fixes = [{ title: `end on ${end}`, edits: [{ place, text: end }], automatic: false }];
  const looks = analysis.method === "fixed" ? "one" : "several";
  return [diagnose("plan/decides-early", place, { days, scheduledDays, end, looks }, { fixes })];
}
