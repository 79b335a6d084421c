import type { IdJoin, SourceReport } from "../model/source-report.ts";
import { formatCount, formatPercent } from "../verdict/number-format.ts";
import type { Rows } from "./baseline-rows.ts";

const ABSENT = "–";

/** A line per source: what it is, and from when to when it has rows. */
export function doctorRows(sources: readonly SourceReport[]): Rows {
  return [
    ["", "source", "from", "rows", "first", "last"],
    ...sources.map(({ usable, source, files, table, rows, first, last }) => [
      usable ? "✓" : "✗",
      source,
      table === null ? filesOf(files) : `table ${table}`,
      rows === null ? ABSENT : formatCount(rows),
      first ?? ABSENT,
      last ?? ABSENT,
    ]),
  ];
}

function filesOf(files: readonly string[]): string {
  const [only, ...others] = files;
  if (only === undefined) return "no file";
  return others.length === 0 ? only : `${files.length} files`;
}

/** A line per source and unit: how its ids meet those of the exposures. */
export function idRows(sources: readonly SourceReport[]): Rows {
  return [
    ["source", "unit", "column", "ids", "rows without", "exposed with rows", "ids exposed"],
    ...sources.flatMap(({ source, units }) =>
      units.map((join) => [
        source,
        join.unit,
        join.column,
        formatCount(join.ids),
        formatCount(join.rowsWithout),
        shareOf(join, join.exposedIds),
        shareOf(join, join.ids),
      ]),
    ),
  ];
}

function shareOf({ exposed }: IdJoin, whole: number | null): string {
  return exposed === null || whole === null || whole === 0 ? ABSENT : formatPercent(exposed / whole);
}
