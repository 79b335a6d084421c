import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import type { ChangeVersions } from "./change-rule.ts";

/** The edit that makes the change a new trial: one iteration more than the base's. */
export function raiseIteration(
  before: Experiment,
  after: Experiment,
  { holds }: ChangeVersions,
): readonly Fix[] {
  const iteration = before.iteration + 1;
  const { file } = after;
  const edit = holds(file, ["iteration"])
    ? { place: { file, path: ["iteration"] }, text: String(iteration) }
    : { place: { file, path: ["status"], part: "key" as const }, text: `iteration: ${iteration}\nstatus` };
  return [{ title: `restart the trial with \`iteration: ${iteration}\``, edits: [edit], automatic: false }];
}
