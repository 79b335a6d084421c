import type { EpochUnit } from "../model/warehouse.ts";
import { files, namedTable } from "../sql/queries.ts";
import type { FileFormat, Files, NamedTable } from "../sql/tree.ts";

/** One source, read and found usable. */
export type SourceRelation = FileRelation | TableRelation;

export interface FileRelation extends ReadColumns {
  readonly kind: "files";
  readonly format: FileFormat;
  readonly files: readonly string[];
}

/** A table or view of the warehouse. */
export interface TableRelation extends ReadColumns {
  readonly kind: "table";
  /** As the YAML has it. */
  readonly name: string;
}

interface ReadColumns {
  /** Key in `project.yaml`; `perUnit` for a one-row-per-unit table. */
  readonly source: string;
  /** Column → the engine's name of its type. */
  readonly types: ReadonlyMap<string, string>;
  /** Timestamp columns whose cells are numbers → what these count. */
  readonly epochs: ReadonlyMap<string, EpochUnit>;
  /** Of zone-less timestamps; the session's is the same. */
  readonly timezone: string;
}

/** The relation's rows. */
export function scan(relation: SourceRelation): Files | NamedTable {
  return relation.kind === "table" ? tableNamed(relation.name) : scanFiles(relation, relation.files);
}

/** The rows of some of its files. */
export function scanFiles({ format, types }: FileRelation, paths: readonly string[]): Files {
  return files({ format, paths, columns: [...types.keys()], sample: "some" });
}

/** The table that `name` or `schema.name` means. */
export function tableNamed(written: string): NamedTable {
  const dot = written.indexOf(".");
  return dot < 0 ? namedTable(null, written) : namedTable(written.slice(0, dot), written.slice(dot + 1));
}

/** The format that a file's extension names; null for others. */
export function formatOf(path: string): FileFormat | null {
  const name = path.toLowerCase();
  if (name.endsWith(".parquet")) return "parquet";
  const [, extension] = /\.(csv|tsv|json|jsonl|ndjson)(?:\.gz|\.zst)?$/.exec(name) ?? [];
  if (extension === "csv" || extension === "tsv" || extension === "json") return extension;
  return extension === undefined ? null : "ndjson";
}
