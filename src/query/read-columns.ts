import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { describe, files } from "../sql/queries.ts";
import type { FileFormat, Files } from "../sql/tree.ts";
import { type ColumnKind, columnKind, isFractional } from "./column-kind.ts";
import type { ColumnNeed, ColumnUse, DeclaredSource } from "./column-need.ts";
import { decodeText } from "./decode.ts";
import { type Engine, isWant, tryRun } from "./engine.ts";
import { explainLine } from "./explain-line.ts";
import { formatOf, type SourceRelation, tableNamed } from "./source-relation.ts";

/** Reads what columns the files have, and reports those that are needed and absent or of an unusable type. */
export async function readColumns(
  engine: Engine,
  declared: DeclaredSource,
  paths: readonly string[],
  timezone: string,
): Promise<{ readonly relation: SourceRelation | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { from } = declared;
  if (from.kind === "table") return readTable(engine, declared, from.name, timezone);
  const format = commonFormat(declared, from.patterns, paths);
  if ("diagnostic" in format) return { relation: null, diagnostics: [format.diagnostic] };
  const isJson = format.format === "json" || format.format === "ndjson";
  const eachAlone = isJson || paths.length === 1 ? [] : paths.map((path) => [path]);
  const diagnostics: Diagnostic[] = [];
  const typesOf = new Map<string, Types>();
  let types: Types = new Map();
  for (const group of [...eachAlone, paths]) {
    if (group === paths && diagnostics.length > 0) break;
    const found = await describeFiles(engine, format.format, group, declared.needs);
    const file = group.length === 1 ? group[0]! : declared.source;
    if ("problem" in found) diagnostics.push(unreadable(declared, file, found.problem));
    else {
      diagnostics.push(...judge(declared, file, found.types));
      types = found.types;
      if (group.length === 1) typesOf.set(file, found.types);
    }
  }
  if (diagnostics.length === 0) diagnostics.push(...mixedIds(declared.needs, typesOf, types));
  if (diagnostics.length > 0) return { relation: null, diagnostics };
  const relation: SourceRelation = {
    kind: "files",
    source: declared.source,
    format: format.format,
    files: paths,
    types: isJson ? onlyNeeded(types, declared.needs) : types,
    epochs: epochsOf(declared),
    timezone,
  };
  return { relation, diagnostics: [] };
}

async function readTable(
  engine: Engine,
  declared: DeclaredSource,
  name: string,
  timezone: string,
): Promise<{ readonly relation: SourceRelation | null; readonly diagnostics: readonly Diagnostic[] }> {
  const described = await tryRun(engine, describe(tableNamed(name)));
  if ("problem" in described)
    return { relation: null, diagnostics: [unreadable(declared, name, described.problem)] };
  const types = new Map(
    described.rows.map((row) => [decodeText(row, "column_name"), decodeText(row, "column_type")]),
  );
  const diagnostics = judge(declared, name, types);
  const { source } = declared;
  const relation = { kind: "table", source, name, types, epochs: epochsOf(declared), timezone } as const;
  return { relation: diagnostics.length > 0 ? null : relation, diagnostics };
}

function epochsOf({ timestamp, epoch }: DeclaredSource): SourceRelation["epochs"] {
  return new Map(timestamp === null || epoch === null ? [] : [[timestamp, epoch]]);
}

/** At the source's `from`: what the engine cannot read. `name` is the table's, the file's, or the source's key where it is not known which file. */
export function unreadable({ place, from }: DeclaredSource, name: string, problem: string): Diagnostic {
  const at = { ...place, path: [...(place.path ?? []), "from"] };
  if (isWant(problem)) return diagnose("data/engine-failure", at, { problem });
  return from.kind === "table"
    ? diagnose("data/unreadable-table", at, { table: name, problem })
    : diagnose("data/unreadable-file", at, { file: name, problem: inWords(problem) });
}

function commonFormat(
  { source, place }: DeclaredSource,
  patterns: readonly string[],
  paths: readonly string[],
): { readonly format: FileFormat } | { readonly diagnostic: Diagnostic } {
  const at = { ...place, path: [...(place.path ?? []), "from"] };
  const first = paths[0];
  if (first === undefined) return { diagnostic: diagnose("data/missing-file", at, { source, patterns }) };
  const format = formatOf(first);
  for (const path of paths) {
    const each = formatOf(path);
    if (each === null) return { diagnostic: diagnose("data/unknown-format", at, { file: path }) };
    if (each !== format) {
      return { diagnostic: diagnose("data/mixed-formats", at, { source, first, other: path }) };
    }
  }
  return { format: format! };
}

type Types = ReadonlyMap<string, string>;

/** JSON's fields are looked for in a sample, and in every row where the sample lacks one. */
async function describeFiles(
  engine: Engine,
  format: FileFormat,
  paths: readonly string[],
  needs: readonly ColumnNeed[],
): Promise<{ readonly types: Types } | { readonly problem: string }> {
  const types = async (sample: Files["sample"]) => {
    const result = await tryRun(engine, describe(files({ format, paths, columns: null, sample })));
    if ("problem" in result) return result;
    return {
      types: new Map(
        result.rows.map((row) => [
          decodeText(row, "column_name"),
          typeIn(format, decodeText(row, "column_type")),
        ]),
      ),
    };
  };
  const found = await types("some");
  if ("problem" in found) return { problem: await explainLine(engine, format, paths, found.problem) };
  if (isPlaceholder(format, [...found.types.keys()])) return { problem: "it is empty" };
  if (format === "parquet" || format === "csv" || format === "tsv") return found;
  return needs.every(({ column }) => found.types.has(column)) ? found : types("all");
}

/** The one column that the engine makes up for a CSV file without a byte. */
function isPlaceholder(format: FileFormat, columns: readonly string[]): boolean {
  return format !== "parquet" && columns.length === 1 && columns[0] === "column0";
}

/** JSON is read as texts, whatever the sample seemed to be. */
function typeIn(format: FileFormat, type: string): string {
  return format === "json" || format === "ndjson" ? "VARCHAR" : type;
}

/**
 * Ids that one file has as numbers with fractions and another as texts: 17.0 and 17 would be two units. Files of numbers
 * alone, or of texts alone, are read alike.
 */
function mixedIds(
  needs: readonly ColumnNeed[],
  typesOf: ReadonlyMap<string, Types>,
  types: Types,
): readonly Diagnostic[] {
  return needs.flatMap(({ column, use, place }) => {
    if (use !== "id" || columnKind(types.get(column) ?? "") !== "text") return [];
    const found = [...typesOf].map(([file, each]) => ({ file, type: each.get(column)! }));
    const number = found.find(({ type }) => isFractional(type));
    const text = found.find(({ type }) => columnKind(type) === "text");
    return number && text
      ? [
          diagnose("data/mixed-ids", place, {
            column,
            file: number.file,
            type: number.type,
            other: text.file,
          }),
        ]
      : [];
  });
}

function judge({ needs, epoch }: DeclaredSource, file: string, types: Types): readonly Diagnostic[] {
  const columns = [...types.keys()];
  const reported = new Set<string>();
  return needs.flatMap(({ column, use, place }) => {
    const type = types.get(column);
    const kinds = use === "instant" && epoch !== null ? FITTING.number : FITTING[use];
    if (type !== undefined && kinds.includes(columnKind(type))) return [];
    const key = JSON.stringify([place, column]);
    if (reported.has(key)) return [];
    reported.add(key);
    return [
      type === undefined
        ? diagnose("data/missing-column", place, {
            file,
            column,
            columns,
            suggestion: suggest(column, columns) ?? "",
          })
        : diagnose("data/wrong-type", place, {
            file,
            column,
            type,
            expected: use === "instant" && epoch !== null ? `a number of ${epoch}` : EXPECTED[use],
          }),
    ];
  });
}

const FITTING: Readonly<Record<ColumnUse, readonly ColumnKind[]>> = {
  text: ["text", "number", "boolean", "instant", "local-time"],
  id: ["text", "number", "boolean", "instant", "local-time"],
  instant: ["instant", "local-time", "text"],
  number: ["number", "text"],
  measure: ["number", "boolean", "text"],
  flag: ["boolean", "number", "text"],
};

const EXPECTED: Readonly<Record<ColumnUse, string>> = {
  text: "a text or a number",
  id: "a text or a number",
  instant: "a timestamp, or ISO 8601 as text",
  number: "a number",
  measure: "a number or a boolean",
  flag: "a boolean",
};

function onlyNeeded(types: Types, needs: readonly ColumnNeed[]): Types {
  const needed = new Set(needs.map(({ column }) => column));
  return new Map([...types].filter(([name]) => needed.has(name)));
}

function inWords(problem: string): string {
  const known = PROBLEMS.find(([pattern]) => problem.includes(pattern));
  return known ? known[1] : problem;
}

const IRREGULAR =
  "its rows do not all have as many fields as its header, a quote is not closed, or its lines end in different ways";

const PROBLEMS: readonly (readonly [pattern: string, words: string])[] = [
  ["Error when sniffing file", IRREGULAR],
  ["CSV Parser state machine", IRREGULAR],
  ["expected records, but got non-record JSON", "it is empty, or holds something else than JSON objects"],
];
