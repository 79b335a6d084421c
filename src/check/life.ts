import type { Severity } from "../diagnostics/words.ts";
import type { Experiment } from "../model/experiment.ts";

/** Still to run or running: what is planned for it matters. */
export function isAhead({ archived, status }: Experiment): boolean {
  return !archived && (status === "draft" || status === "running");
}

/** A draft may still be incomplete; a running experiment may not. */
export function planningSeverity({ status }: Experiment): Severity {
  return status === "running" ? "error" : "warning";
}
