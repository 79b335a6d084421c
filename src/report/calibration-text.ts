import type { CalibrationReport } from "../calibration/calibrate.ts";
import { CHECK_HEAD, calibrationSummary, checkCells, topicsOf } from "./calibration-rows.ts";
import { styleOf } from "./terminal-style.ts";
import { pad } from "./terminal-text.ts";

/** What the statistics promise and what was found, for a terminal. */
export function renderCalibration(report: CalibrationReport, { color }: { readonly color: boolean }): string {
  const style = styleOf(color);
  const rows = report.scenarios.flatMap(({ checks }) => checks.map(checkCells));
  const widths = CHECK_HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `    ${cells.map((cell, column) => pad(cell, widths[column]!, column === 0 ? "right" : "left")).join("  ")}`;
  const sections = topicsOf(report).map(({ topic, scenarios }) =>
    [
      style.bold(topic),
      ...scenarios.flatMap(({ passes, setting, checks }) => [
        `  ${passes ? style.green("✓") : style.red("✗")} ${setting}`,
        ...checks.map((check) => {
          const text = line(checkCells(check));
          return passes ? style.dim(text) : style.red(text);
        }),
      ]),
    ].join("\n"),
  );
  return [style.dim(line(CHECK_HEAD)), ...sections, calibrationSummary(report)].join("\n\n");
}
