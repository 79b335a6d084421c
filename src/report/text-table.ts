import type { Style } from "./terminal-style.ts";
import { displayWidth, pad } from "./terminal-text.ts";

/** What a cell of a column of numbers can be: digits with signs, units and separators, or a dash. */
const NUMERIC = /^(?:[<>+−-]?\s?[\d.,]+(?:[%\s].*)?|—)?$/;

/** Columns set apart by two spaces; the first row heads them. Columns of numbers are set right. */
export function renderTextTable(rows: readonly (readonly string[])[], style: Style): readonly string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  const sides = head.map((_, column) =>
    column > 0 && body.every((row) => NUMERIC.test(row[column] ?? "")) ? "left" : "right",
  );
  const line = (row: readonly string[]) =>
    head.map((_, column) => pad(row[column] ?? "", widths[column] ?? 0, sides[column] ?? "right"));
  return [style.dim(line(head).join("  ").trimEnd()), ...body.map((row) => line(row).join("  ").trimEnd())];
}
