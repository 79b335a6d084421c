import { files } from "../sql/queries.ts";
import type { FileFormat, Files } from "../sql/tree.ts";

/** The files of one source, read and found usable. */
export interface SourceRelation {
  /** Key in `project.yaml`; `perUnit` for a one-row-per-unit table. */
  readonly source: string;
  readonly format: FileFormat;
  readonly files: readonly string[];
  /** Column → the engine's name of its type. */
  readonly types: ReadonlyMap<string, string>;
  /** Of zone-less timestamps; the session's is the same. */
  readonly timezone: string;
}

/** The relation's rows, of all its files or of some. */
export function scan(relation: SourceRelation, paths: readonly string[] = relation.files): Files {
  return files({ format: relation.format, paths, columns: [...relation.types.keys()], sample: "some" });
}

/** The format that a file's extension names; null for others. */
export function formatOf(path: string): FileFormat | null {
  const name = path.toLowerCase();
  if (name.endsWith(".parquet")) return "parquet";
  const [, extension] = /\.(csv|tsv|json|jsonl|ndjson)(?:\.gz|\.zst)?$/.exec(name) ?? [];
  if (extension === "csv" || extension === "tsv" || extension === "json") return extension;
  return extension === undefined ? null : "ndjson";
}
