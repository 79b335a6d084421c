import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Project } from "../model/project.ts";
import type { Plan } from "../plan/plan.ts";
import { rules } from "./rules.ts";

/** All judgements on a project and its plan, in the order of the rules. */
export function check(project: Project, plan: Plan): readonly Diagnostic[] {
  return rules.flatMap((rule) => rule.check(project, plan));
}
