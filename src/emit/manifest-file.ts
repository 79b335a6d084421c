import { createHash } from "node:crypto";
import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import { canonicalJson } from "../plan/canonical-json.ts";
import type { Json, Manifest } from "../runtime/manifest.ts";
import type { EmittedFile } from "./source-file.ts";

/** All experiments as language-neutral data. */
export function manifestFile(experiments: readonly Experiment[], project: Project): EmittedFile {
  const entries = experiments.map((experiment) => manifestEntry(experiment, project));
  const contentHash = createHash("sha256")
    .update(canonicalJson(entries as unknown as Json))
    .digest("hex");
  const manifest: Manifest = { formatVersion: 1, name: project.name, contentHash, experiments: entries };
  return { path: "manifest.json", text: `${JSON.stringify(manifest)}\n` };
}
