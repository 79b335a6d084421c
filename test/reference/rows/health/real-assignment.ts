import type { Experiment } from "../../../../src/model/experiment.ts";
import { manifestEntry } from "../../../../src/model/manifest.ts";
import type { Project } from "../../../../src/model/project.ts";
import { assign } from "../../../../src/runtime/assign.ts";
import { load } from "../../../../src/runtime/load.ts";
import type { Assignment } from "./audit.ts";

/** What apps do: the runtime, on the manifest of the experiment while it runs. */
export function realAssignment(experiment: Experiment, project: Project): Assignment {
  const loaded = load({ ...manifestEntry(experiment, project), status: "running" });
  return (userId, country) => assign(loaded, { userId, ...(country !== null && { country }) }).variant;
}
