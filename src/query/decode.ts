import type { Cell, Row } from "../sql/result.ts";

/** A cell that must be a number; null (a sum over no rows) is 0. */
export function decodeNumber(row: Row, name: string): number {
  const cell = cellOf(row, name);
  if (cell === null) return 0;
  if (typeof cell === "number" || typeof cell === "bigint") return Number(cell);
  throw new Error(`column ${name} is not a number`);
}

/** A cell of whole microseconds since 1970. */
export function decodeMicroseconds(row: Row, name: string): bigint | null {
  const cell = cellOf(row, name);
  if (cell === null) return null;
  if (typeof cell === "number" || typeof cell === "bigint") return BigInt(cell);
  throw new Error(`column ${name} is not an instant`);
}

/** A cell as text, nothing as "". */
export function decodeText(row: Row, name: string): string {
  return String(cellOf(row, name) ?? "");
}

function cellOf(row: Row, name: string): Cell {
  const cell = row[name];
  if (cell === undefined) throw new Error(`no column ${name} in the result`);
  return cell;
}
