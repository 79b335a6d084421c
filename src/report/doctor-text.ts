import type { SourceReport } from "../model/source-report.ts";
import type { Rows } from "./baseline-rows.ts";
import { doctorRows, idRows } from "./doctor-rows.ts";
import { styleOf } from "./terminal-style.ts";
import { plainText } from "./terminal-text.ts";
import { renderTextTable } from "./text-table.ts";

/** What the sources hold, for a terminal. */
export function renderSources(sources: readonly SourceReport[], color: boolean): string {
  const style = styleOf(color);
  const table = (rows: Rows) =>
    renderTextTable(
      rows.map((row) => row.map(plainText)),
      style,
    ).join("\n");
  const ids = idRows(sources);
  return [table(doctorRows(sources)), ...(ids.length > 1 ? [table(ids)] : [])].join("\n\n");
}
