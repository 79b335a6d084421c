import type { Code } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Project } from "../model/project.ts";
import type { Plan } from "../plan/plan.ts";

/** One judgement on a project. */
export interface Rule {
  /** All codes that it can give. */
  readonly codes: readonly Code[];
  check(project: Project, plan: Plan): readonly Diagnostic[];
}
