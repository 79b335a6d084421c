import { hash } from "node:crypto";
import type { Project } from "../model/project.ts";
import type { Manifest } from "../runtime/manifest.ts";
import type { ExperimentPart } from "./experiment-part.ts";
import { jsonText } from "./json-text.ts";
import type { EmittedFile } from "./source-file.ts";

/** All experiments as language-neutral data, in canonical JSON, of whose text the hash is. */
export function manifestFile(parts: readonly ExperimentPart[], project: Project): EmittedFile {
  const entries = `[${parts.map(({ json }) => json.entry).join(",")}]`;
  const contentHash = hash("sha256", entries);
  const manifest: Manifest = { formatVersion: 1, name: project.name, contentHash, experiments: [] };
  return { path: "manifest.json", text: `${jsonText(manifest, "experiments", entries)}\n` };
}
