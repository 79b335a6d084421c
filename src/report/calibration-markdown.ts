import type { CalibrationReport } from "../calibration/calibrate.ts";
import { CHECK_HEAD, calibrationSummary, checkCells, throughWords, topicsOf } from "./calibration-rows.ts";
import { escapeMarkdown } from "./markdown-text.ts";

/** What the statistics promise and what was found, as GitHub-flavoured Markdown. */
export function renderCalibrationMarkdown(report: CalibrationReport): string {
  const sections = topicsOf(report).map(({ topic, scenarios }) =>
    [
      `## ${capitalise(topic)}`,
      ...scenarios.map((scenario) =>
        [
          `${scenario.passes ? "✓" : "✗"} **${escapeMarkdown(scenario.setting)}**, by ${throughWords(scenario)}`,
          "",
          row(CHECK_HEAD),
          "|---|--:|--:|--:|--:|",
          ...scenario.checks.map((check) => row(checkCells(check).map(escapeMarkdown))),
        ].join("\n"),
      ),
    ].join("\n\n"),
  );
  return `${[calibrationSummary(report), ...sections].join("\n\n")}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
