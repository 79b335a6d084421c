import type { BaselineReport } from "../inference/baseline-report.ts";
import {
  baselineRows,
  populationNotes,
  precisionRows,
  type Rows,
  sourceRows,
  volumeRows,
  weekdayRows,
} from "./baseline-rows.ts";
import { styleOf } from "./terminal-style.ts";
import { plainText } from "./terminal-text.ts";
import { renderTextTable } from "./text-table.ts";

export interface BaselineRendering {
  /** Milliseconds since 1970: how old the data are. */
  readonly now: number;
  /** Sources whose rows `simulate` wrote. */
  readonly simulated: readonly string[];
  /** Where measured values were written; null: nobody asked. */
  readonly written: readonly { readonly file: string; readonly path: readonly string[] }[] | null;
}

/** What planning reckons with, as it is in the data, for a terminal. */
export function renderBaselines(
  report: BaselineReport,
  { now, simulated, written, color }: BaselineRendering & { readonly color: boolean },
): string {
  const style = styleOf(color);
  const table = (rows: Rows) =>
    renderTextTable(
      rows.map((row) => row.map(plainText)),
      style,
    );
  const sections = [
    ...(report.baselines.length > 0 ? [table(baselineRows(report))] : []),
    ...(precisionRows(report).length > 1 ? [table(precisionRows(report))] : []),
    ...(report.volumes.length > 0 ? [table(volumeRows(report)), table(weekdayRows(report))] : []),
    [
      ...table(sourceRows(report, now)),
      ...(simulated.length > 0 ? [style.yellow(`simulated: ${simulated.join(", ")}`)] : []),
    ],
    populationNotes(report).map((note) => style.dim(plainText(note))),
    writtenLines(written),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function writtenLines(written: BaselineRendering["written"]): readonly string[] {
  if (written === null) return ["add --write to put what was measured into the YAML"];
  if (written.length === 0) return ["✓ the YAML says so already"];
  return written.map(({ file, path }) => `✓ wrote ${plainText(file)} › ${path.map(plainText).join(" › ")}`);
}
