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
import type { BaselineRendering } from "./baseline-text.ts";
import { escapeMarkdown, markdownCode } from "./markdown-text.ts";

/** What planning reckons with, as it is in the data, as GitHub-flavoured Markdown. */
export function renderBaselinesMarkdown(
  report: BaselineReport,
  { now, simulated, written }: BaselineRendering,
): string {
  const sections = [
    "## What planning reckons with, measured",
    ...(report.baselines.length > 0 ? [markdownTable(baselineRows(report))] : []),
    ...(precisionRows(report).length > 1 ? [markdownTable(precisionRows(report))] : []),
    ...(report.volumes.length > 0
      ? [markdownTable(volumeRows(report)), markdownTable(weekdayRows(report))]
      : []),
    markdownTable(sourceRows(report, now)),
    ...(simulated.length > 0 ? [`**Simulated:** ${simulated.map(markdownCode).join(", ")}`] : []),
    list(populationNotes(report).map(escapeMarkdown)),
    list((written ?? []).map(({ file, path }) => `written: ${markdownCode([file, ...path].join(" › "))}`)),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** A table; the first row is its head. */
export function markdownTable([head = [], ...body]: Rows): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head.map(escapeMarkdown)),
    line(head.map(() => "---")),
    ...body.map((row) => line(row.map(escapeMarkdown))),
  ].join("\n");
}

function list(lines: readonly string[]): string {
  return lines.map((each) => `- ${each}`).join("\n");
}
