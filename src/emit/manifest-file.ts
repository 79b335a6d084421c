import { createHash } from "node:crypto";
import type { Project } from "../model/project.ts";
import type { Manifest } from "../runtime/manifest.ts";
import type { ExperimentPart } from "./experiment-part.ts";
import { jsonText } from "./json-text.ts";
import type { EmittedFile } from "./source-file.ts";

/** All experiments as language-neutral data. */
export function manifestFile(parts: readonly ExperimentPart[], project: Project): EmittedFile {
  const hash = createHash("sha256").update("[");
  for (const [index, { canonical }] of parts.entries()) hash.update(index > 0 ? "," : "").update(canonical);
  const contentHash = hash.update("]").digest("hex");
  const manifest: Manifest = { formatVersion: 1, name: project.name, contentHash, experiments: [] };
  const entries = parts.map(({ json }) => json.entry);
  return { path: "manifest.json", text: `${jsonText(manifest, "experiments", entries)}\n` };
}
