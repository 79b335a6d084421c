import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { DocumentKind } from "./decode.ts";

/** What a file holds, by where it lies. `kind` null: nothing that the language knows. */
export interface Classified {
  readonly kind: DocumentKind | null;
  /** The file's name without its ending. */
  readonly key: string;
  readonly archived: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export const PROJECT_FILE = "experiments/project.yaml";

const folders = new Map<string, DocumentKind>([
  ["experiments", "experiment"],
  ["experiments/archive", "experiment"],
  ["experiments/metrics", "metric"],
  ["experiments/audiences", "audience"],
]);

/** The kind and key of a file, from its path; null for a file that is not YAML by its name. */
export function classify(path: string): Classified | null {
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, Math.max(slash, 0));
  const name = path.slice(slash + 1);
  const ending = /\.ya?ml$/.exec(name)?.[0];
  if (ending === undefined) return null;
  const key = name.slice(0, -ending.length);
  const archived = folder === "experiments/archive";
  const place = { file: path };

  if (path === PROJECT_FILE) return { kind: "project", key, archived, diagnostics: [] };
  const kind = folders.get(folder) ?? null;
  const diagnostics: Diagnostic[] = [];
  if (kind === null) diagnostics.push(diagnose("file/unknown-folder", place, { folder }));
  if (ending === ".yml") diagnostics.push(diagnose("file/extension", place, { expected: `${key}.yaml` }));
  if (kind === "experiment" && key === "project") {
    diagnostics.push(diagnose("file/reserved-name", place, { name: key }));
  } else if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(key)) {
    diagnostics.push(diagnose("file/name", place, { name }));
  }
  return { kind, key, archived, diagnostics };
}
