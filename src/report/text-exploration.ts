import type { Analysis } from "../verdict/generated/analysis.ts";
import { explorationLines, interactionLines } from "./exploration-words.ts";
import { breakdownTable, type ExploredTable } from "./explored-rows.ts";
import { type MetricResult, primaryOf } from "./result.ts";
import type { Style } from "./terminal-style.ts";
import { clip, displayWidth, plainText, wrap } from "./terminal-text.ts";
import { textAxis, textGlyph } from "./text-glyph.ts";
import { renderTextTable } from "./text-table.ts";

const GLYPH_WIDTH = 21;
const NAME_WIDTH = 24;
const MOST_ROWS = 12;

/** What explores, of the primary: trends and sensitivity in sentences, attributes as tables. The report has the rest. */
export function explorationText(analysis: Analysis, style: Style, width: number): readonly string[] {
  const primary = primaryOf(analysis);
  if (!primary) return [];
  const parts = [
    ...explorationLines([primary]).flatMap((line) => indented(line, width)),
    ...breakdownLines(analysis, primary, style, width),
  ];
  return parts.length > 0 ? [`${style.bold("Exploration")} ${style.dim("never decides")}`, ...parts] : [];
}

function breakdownLines(
  analysis: Analysis,
  metric: MetricResult,
  style: Style,
  width: number,
): readonly string[] {
  return metric.breakdowns.flatMap((breakdown) => [
    "",
    `  ${plainText(metric.name)} by ${plainText(breakdown.attribute)}`,
    ...tableLines(breakdownTable(analysis, metric, breakdown), style, width),
    ...interactionLines(breakdown).flatMap((line) => indented(line, width).map(style.dim)),
  ]);
}

/** A table of at most a dozen rows; where it is too wide, glyphs go first, then what the head names last. */
function tableLines(table: ExploredTable, style: Style, width: number): readonly string[] {
  const shown = table.rows.slice(0, MOST_ROWS);
  const cellsOf = (cells: readonly string[]) => cells.map((text) => clip(plainText(text), NAME_WIDTH));
  const glyphs = [
    [...table.head, textAxis(table.axis, GLYPH_WIDTH)],
    ...shown.map(({ cells, mark }) => [...cellsOf(cells), textGlyph(table.axis, mark, GLYPH_WIDTH)]),
  ];
  const fits = (rows: readonly (readonly string[])[]) =>
    Math.max(...renderTextTable(rows, style).map(displayWidth)) + 2 <= width;
  const without = (names: readonly string[]) =>
    glyphs.map((row) =>
      row.filter((_, index) => index < table.head.length && !names.includes(table.head[index]!)),
    );
  const candidates = [
    glyphs,
    without([]),
    without(["Control", "Value"]),
    without(["Control", "Value", "Units", "p"]),
  ];
  const rows = candidates.find(fits) ?? candidates.at(-1)!;
  const left = table.rows.length - shown.length;
  return [
    ...renderTextTable(rows, style).map((line) => `  ${line}`),
    ...(left > 0 ? [style.dim(`  and ${left} more: --format json, or the report`)] : []),
  ];
}

function indented(line: string, width: number): readonly string[] {
  return wrap(plainText(line), Math.max(20, width - 2)).map((part) => `  ${part}`);
}
