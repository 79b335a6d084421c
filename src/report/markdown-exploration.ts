import type { Analysis } from "../verdict/generated/analysis.ts";
import {
  agesOf,
  BREAKDOWN_CAVEAT,
  brokenDown,
  EXPLORATION,
  explorationLines,
  interactionLines,
} from "./exploration-words.ts";
import { ageTable, breakdownTable, type ExploredTable } from "./explored-rows.ts";
import { escapeMarkdown, markdownCode } from "./markdown-text.ts";
import { textGlyph } from "./text-glyph.ts";

const GLYPH_WIDTH = 21;

/** What explores, folded: trends and sensitivity, then each metric by attribute, then the primary by time since exposure. */
export function explorationMarkdown(analysis: Analysis): readonly string[] {
  const ages = agesOf(analysis);
  const blocks = [
    explorationLines(analysis.metrics).map((line) => `- ${escapeMarkdown(line)}`),
    ...brokenDown(analysis).flatMap((metric) =>
      metric.breakdowns.map((breakdown) => [
        `**${escapeMarkdown(metric.name)} by ${escapeMarkdown(breakdown.attribute)}**`,
        "",
        ...interactionLines(breakdown).map((line) => `- ${escapeMarkdown(line)}`),
        "",
        ...tableLines(breakdownTable(analysis, metric, breakdown)),
      ]),
    ),
    ...(ages
      ? [
          [
            `**${escapeMarkdown(ages.metric.name)} by time since exposure**`,
            "",
            ...tableLines(ageTable(analysis, ages.metric, ages.stretches)),
          ],
        ]
      : []),
  ].filter((lines) => lines.length > 0);
  if (blocks.length === 0) return [];
  const caveat = brokenDown(analysis).length > 0 ? ` ${BREAKDOWN_CAVEAT}` : "";
  return [
    "<details>",
    "<summary>Exploration: never decides</summary>",
    "",
    `${EXPLORATION}${caveat}`,
    "",
    ...blocks.flatMap((lines) => [...lines, ""]),
    "</details>",
  ];
}

function tableLines({ axis, head, rows }: ExploredTable): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
  return [
    line([...head.map(escapeMarkdown), ""]),
    `|${"---|".repeat(head.length + 1)}`,
    ...rows.map(({ cells, mark }) =>
      line([
        ...cells.map(escapeMarkdown),
        markdownCode(textGlyph(axis, mark, GLYPH_WIDTH).replaceAll(" ", "·")),
      ]),
    ),
  ];
}
