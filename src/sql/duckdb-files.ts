import { escapeGlob, quoteIdentifier } from "./duckdb-quote.ts";
import type { FileFormat, Files, ParameterValue } from "./tree.ts";

/** A scan of files as a table function. Paths are bound; the engine's own globbing is switched off by escaping. */
export function printFiles(files: Files, bind: (value: ParameterValue) => string): string {
  const paths = bind(files.paths.map(escapeGlob));
  const { name, options } = READERS[files.format];
  return `${name}(${[paths, ...options, ...csvOptions(files), ...jsonOptions(files)].join(", ")})`;
}

/**
 * CSV is RFC 4180 in UTF-8 with a header. The sniffer would otherwise skip lines it finds odd, take `#` for a
 * comment, or another character for the delimiter.
 */
const CSV_OPTIONS = [`quote = '"'`, `escape = '"'`, "skip = 0", "comment = ''", "strict_mode = true"];

const JSON_OPTIONS = [
  "records = true",
  "maximum_depth = 1",
  "map_inference_threshold = -1",
  "union_by_name = true",
];

const READERS: Readonly<Record<FileFormat, { readonly name: string; readonly options: readonly string[] }>> =
  {
    parquet: { name: "read_parquet", options: ["union_by_name = true"] },
    csv: { name: "read_csv", options: ["delim = ','"] },
    tsv: { name: "read_csv", options: ["delim = '\t'"] },
    json: { name: "read_json", options: ["format = 'auto'", ...JSON_OPTIONS] },
    ndjson: { name: "read_json", options: ["format = 'newline_delimited'", ...JSON_OPTIONS] },
  };

function csvOptions({ format, columns, sample }: Files): readonly string[] {
  if (format !== "csv" && format !== "tsv") return [];
  return sample === "none"
    ? ["header = false", "auto_detect = false", textColumns(columns ?? []), ...CSV_OPTIONS]
    : ["header = true", "all_varchar = true", ...CSV_OPTIONS, "union_by_name = true"];
}

function jsonOptions({ format, columns, sample }: Files): readonly string[] {
  if (format !== "json" && format !== "ndjson") return [];
  if (columns) return [textColumns(columns)];
  return sample === "all" ? ["sample_size = -1", "maximum_sample_files = 1000000"] : [];
}

function textColumns(names: readonly string[]): string {
  return `columns = {${names.map((name) => `${quoteIdentifier(name)}: 'VARCHAR'`).join(", ")}}`;
}
