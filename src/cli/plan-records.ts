import type { Experiment } from "../compile.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlanRecord } from "../registration.ts";
import { openHistory } from "./history.ts";

/** What git knows of the experiments' plans, by key, and what to do where it does not reach back far enough. */
export async function readPlanRecords(
  root: string,
  experiments: readonly Experiment[],
  projectFile: string,
  commit = "HEAD",
): Promise<{
  readonly records: ReadonlyMap<string, PlanRecord>;
  readonly diagnostics: readonly Diagnostic[];
}> {
  const history = await openHistory(root, commit);
  if (typeof history === "string")
    return { records: new Map(experiments.map(({ key }) => [key, history])), diagnostics: [] };
  const { findRegistrations } = await import("../registration.ts");
  const records = await findRegistrations(experiments, history);
  const cut = [...records].filter(([, record]) => record === "shallow-history").map(([key]) => key);
  const place = { file: projectFile };
  return {
    records,
    diagnostics: cut.length > 0 ? [diagnose("history/shallow", place, { experiments: cut })] : [],
  };
}
