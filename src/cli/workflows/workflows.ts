import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file that `init` writes; its path is relative to the root of the user's repository. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

/** Where each file beside this one goes. */
const PLACES = [
  { source: "action.yml", path: ".github/actions/fairtrial/action.yml" },
  { source: "gate.yml", path: ".github/workflows/fairtrial.yml" },
  { source: "comment.yml", path: ".github/workflows/fairtrial-comment.yml" },
  { source: "publish.yml", path: ".github/workflows/fairtrial-publish.yml" },
] as const;

/** The composite action and the workflows that gate, comment, publish and analyse in a user's repository. */
export function userWorkflows(): readonly WorkflowFile[] {
  return PLACES.map(({ source, path }) => ({
    path,
    text: readFileSync(join(import.meta.dirname, source), "utf8"),
  }));
}
