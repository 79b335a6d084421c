import { words } from "../words.ts";

/** Problems of the data that analysis reads. */
export const dataWords = {
  "data/no-warehouse": words<Record<never, never>>({
    severity: "error",
    title: "The project does not say where its data are",
    message: () => "`warehouse` is missing",
    help: () =>
      "declare `warehouse.sources` (raw exposures and events) or `warehouse.perUnit` (one row per unit)",
  }),
  "data/not-estimated": words<{ experiment: string; what: string; instead: string }>({
    severity: "warning",
    title: "A part of the plan is not estimated",
    message: ({ experiment, what }) => `${what} of \`${experiment}\` is not estimated`,
    help: ({ instead }) => instead,
  }),
  "data/missing-file": words<{ source: string; patterns: readonly string[] }>({
    severity: "error",
    title: "A source has no files",
    message: ({ source, patterns }) => `no file of \`${source}\` matches ${list(patterns)}`,
    help: () => "patterns are relative to the folder that holds `experiments/`",
  }),
  "data/unknown-format": words<{ file: string }>({
    severity: "error",
    title: "A file's format is not known",
    message: ({ file }) => `the extension of ${file} names no known format`,
    help: () => "use .parquet, .csv, .tsv, .ndjson, .jsonl or .json; text formats may end in .gz or .zst",
  }),
  "data/mixed-formats": words<{ source: string; first: string; other: string }>({
    severity: "error",
    title: "The files of one source have different formats",
    message: ({ source, first, other }) =>
      `\`${source}\` has files of different formats: ${first} and ${other}`,
    help: () => "let the pattern match files of one format",
  }),
  "data/unreadable-file": words<{ file: string; problem: string }>({
    severity: "error",
    title: "A file cannot be read",
    message: ({ file, problem }) => `${file} cannot be read: ${problem}`,
    help: () => "write the file again; it may be cut off, or be another format than its extension says",
  }),
  "data/unreadable-table": words<{ table: string; problem: string }>({
    severity: "error",
    title: "A table cannot be read",
    message: ({ table, problem }) => `table \`${table}\` cannot be read: ${problem}`,
    help: () => "check `warehouse.database`, the table's name, and that this user may read it",
  }),
  "data/mixed-ids": words<{ column: string; file: string; type: string; other: string }>({
    severity: "error",
    title: "Ids are numbers with fractions in one file and texts in another",
    message: ({ column, file, type, other }) =>
      `\`${column}\` is ${type} in ${file} and text in ${other}; \`17.0\` and \`17\` would be two units`,
    help: () => "write the ids as text in all files",
  }),
  "data/unlike-ids": words<{
    source: string;
    column: string;
    count: number;
    of: number;
    id: string;
    other: string;
  }>({
    severity: "error",
    title: "The same ids are written in two ways",
    message: ({ source, column, count, of, id, other }) =>
      source === "exposures"
        ? `\`${column}\` of \`${source}\` has ${count} ids (of ${of}) that are the same number written otherwise, such as ${quote(id)} and ${quote(other)}`
        : `\`${column}\` of \`${source}\` has ${count} ids (of ${of}) that the exposures write otherwise, such as ${quote(id)} for ${quote(other)}: these units do not meet their events`,
    help: () => "write ids alike in all files, as text",
  }),
  "data/ids-apart": words<{ source: string; unit: string; column: string }>({
    severity: "warning",
    title: "No exposed unit has a row in a source",
    message: ({ source, unit, column }) =>
      `not one \`${unit}\` of the exposures is in \`${column}\` of \`${source}\``,
    help: () => "check that both log the same id: an anonymous id and an account's never meet",
  }),
  "data/no-rows": words<{ source: string; kind: string; name: string; suggestion: string }>({
    severity: "warning",
    title: "A source has no row of what the project names",
    message: ({ source, kind, name }) => `no row of \`${source}\` is of the ${kind} \`${name}\``,
    help: ({ kind, suggestion }) =>
      suggestion === ""
        ? `check how the app calls it: the ${kind} of a row and the project's key are compared exactly`
        : `there are rows of \`${suggestion}\`: names are compared exactly`,
  }),
  "data/missing-column": words<{
    file: string;
    column: string;
    columns: readonly string[];
    suggestion: string;
  }>({
    severity: "error",
    title: "A column is not in a file",
    message: ({ file, column, columns }) => `${file} has no column \`${column}\`; it has ${list(columns)}`,
    help: ({ columns, suggestion }) => {
      if (columns.length === 1 && /[;|\t,]/.test(columns[0]!))
        return "its header was read as one name: CSV is read with commas between fields, TSV with tabs";
      return suggestion === "" ? "name a column of the file" : `did you mean \`${suggestion}\`?`;
    },
  }),
  "data/wrong-type": words<{ file: string; column: string; type: string; expected: string }>({
    severity: "error",
    title: "A column has a type that does not fit",
    message: ({ file, column, type, expected }) =>
      `column \`${column}\` of ${file} is ${type}, expected ${expected}`,
    help: ({ column, type, expected }) =>
      expected.startsWith("a timestamp") && /INT|DOUBLE|FLOAT|DECIMAL/i.test(type)
        ? `where its numbers count from 1970, write \`timestamp: { column: ${JSON.stringify(column)}, unit: milliseconds }\`, or \`seconds\` or \`microseconds\``
        : `name another column, or write it as ${expected}`,
  }),
  "data/bad-timestamp": words<BadCell & { epoch: string }>({
    severity: "error",
    title: "A timestamp cannot be read",
    message: (args) =>
      `${cell(args)} is not a timestamp${args.epoch === "" ? "" : ` in ${args.epoch} since 1970`}: ${found(args)}${others(args)}`,
    help: ({ column, value, epoch }) => {
      const unit = likelyUnit(value);
      if (unit !== null && unit !== epoch) {
        const mapping = `timestamp: { column: ${JSON.stringify(column)}, unit: ${unit} }`;
        return `it looks like ${unit} since 1970: map it with \`${mapping}\``;
      }
      return epoch === ""
        ? "expected ISO 8601, such as 2026-11-02T10:00:00Z; zones are Z, +02:00 or UTC, and without one it is in the project's timezone"
        : `expected a number of ${epoch} since 1970-01-01T00:00:00Z, of this century`;
    },
  }),
  "data/bad-value": words<BadCell & { expected: string }>({
    severity: "error",
    title: "A value does not fit its use",
    message: (args) => `${cell(args)} is not ${args.expected}: ${found(args)}${others(args)}`,
    help: ({ expected }) => `expected ${expected}, or nothing`,
  }),
  "data/missing-value": words<{ column: string; event: string; count: number; rows: number }>({
    severity: "warning",
    title: "Events without a usable value are left out of sums and means",
    message: ({ column, event, count, rows }) =>
      `${count} of ${rows} rows of \`${event}\` have no finite number in \`${column}\`; sums and means leave them out`,
    help: () => "a rate of missing values that differs between variants biases the result",
  }),
  "data/missing-unit-value": words<{ column: string; count: number; rows: number }>({
    severity: "warning",
    title: "Units without a value count as zero",
    message: ({ column, count, rows }) =>
      `${count} of ${rows} rows have no value in \`${column}\`; they count as 0`,
    help: () => "write the zeros, or leave out of the file whom the experiment did not meet",
  }),
  "data/unmapped-unit": words<{ source: string; unit: string; experiment: string }>({
    severity: "error",
    title: "A source does not say which column holds a unit's id",
    message: ({ source, unit, experiment }) =>
      `\`${source}\` names no column for the unit \`${unit}\`, which ${experiment} needs`,
    help: ({ unit }) => `add \`${unit}: <column>\` to its \`units\``,
  }),
  "data/unknown-variant": words<{ experiment: string; variants: readonly string[]; rows: number }>({
    severity: "warning",
    title: "The data have variants that the experiment does not",
    message: ({ experiment, variants, rows }) =>
      `${rows} exposure rows of ${experiment} are of variants that it does not have: ${list(variants)}`,
    help: () => "they are left out; check the spelling in the app and in the file",
  }),
  "data/duplicate-unit": words<{ experiment: string; unit: string; rows: number; count: number }>({
    severity: "error",
    title: "A one-row-per-unit table has a unit twice",
    message: ({ experiment, unit, rows, count }) =>
      `unit ${quote(unit)} has ${rows} rows in ${experiment}${count > 1 ? `, and ${count - 1} other units have several too` : ""}`,
    help: () => "write one row per unit, already aggregated",
  }),
  "data/as-of-beyond-data": words<{ asked: string; last: string }>({
    severity: "warning",
    title: "The data end before the instant that was asked for",
    message: ({ asked, last }) => `the data end at ${last}, before ${asked}`,
    help: () =>
      "windows that were open then count as over, as if nothing had happened since: load the later rows, or ask for less",
  }),
  "data/no-exposure-days": words<{ source: string }>({
    severity: "error",
    title: "Exposures without days cannot be cut by days",
    message: ({ source }) =>
      `\`--from\` and \`--to\` ask for days of exposure, and \`${source}\` has no timestamps`,
    help: () => "leave them out, or map the exposures' `timestamp`",
  }),
  "data/engine-failure": words<{ problem: string }>({
    severity: "error",
    title: "The engine could not run a query",
    message: ({ problem }) => `the engine stopped: ${problem}`,
    help: ({ problem }) =>
      /memory|offload|temp_directory|space left/i.test(problem)
        ? "give it more memory (`FAIRTRIAL_MEMORY_LIMIT`) or more disk (`FAIRTRIAL_TEMP_LIMIT`, and `TMPDIR` for where): nothing is analysed in part"
        : "nothing is analysed in part; mend it and run again",
  }),
};

export interface BadCell {
  readonly [key: string]: string | number;
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly count: number;
}

function cell({ file, row, column }: BadCell): string {
  return row === 0
    ? `\`${column}\` of a row in ${file}`
    : `\`${column}\` of row ${row.toLocaleString("en")} in ${file}`;
}

function found({ value }: BadCell): string {
  return value === "" ? "it is empty" : quote(value);
}

/** What a whole number counts from 1970 if it is a time of our days; null where it is none. */
function likelyUnit(text: string): "seconds" | "milliseconds" | "microseconds" | null {
  const digits = /^(\d+)(?:\.\d+)?$/.exec(text)?.[1]?.length ?? 0;
  if (digits === 10) return "seconds";
  if (digits === 13) return "milliseconds";
  return digits === 16 ? "microseconds" : null;
}

function others({ count }: BadCell): string {
  return count > 1 ? ` (${count} such rows in all files)` : "";
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, LIST_LIMIT).map((name) => `\`${name}\``);
  return names.length > LIST_LIMIT
    ? `${shown.join(", ")} and ${names.length - LIST_LIMIT} more`
    : shown.join(", ");
}

const LIST_LIMIT = 12;

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
