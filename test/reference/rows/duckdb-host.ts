import { join } from "node:path";
import type { TableCell, TableColumn } from "../../../src/warehouse/write-table.ts";
import { writeTable } from "../../../src/warehouse/write-table.ts";
import type { Workspace } from "../../warehouse/workspace.ts";
import type { WorldHost } from "./host.ts";
import type { WorldTable } from "./tables.ts";

/** DuckDB over files of a format. NDJSON is written here, by hand; Parquet by the product's writer. */
export function duckdbHost(workspace: Workspace, format: "ndjson" | "parquet"): WorldHost {
  return {
    name: `DuckDB over ${format}`,
    async put(tables) {
      const files = new Map<string, readonly string[]>();
      for (const table of tables) files.set(table.source, [await write(workspace, format, table)]);
      const from = Object.fromEntries(tables.map(({ source }) => [source, `data/${source}.${format}`]));
      return { warehouse: { settings: { engine: "duckdb" }, from }, files };
    },
    async open(timezone) {
      const connection = await workspace.open(timezone);
      return { engine: connection, close: () => connection.close() };
    },
  };
}

async function write(
  workspace: Workspace,
  format: "ndjson" | "parquet",
  { source, columns, rows }: WorldTable,
): Promise<string> {
  if (format === "ndjson") {
    const line = (row: readonly TableCell[]) =>
      JSON.stringify(Object.fromEntries(columns.map(({ name, type }, at) => [name, jsonOf(type, row[at]!)])));
    return workspace.write(`${source}.ndjson`, rows.map((row) => `${line(row)}\n`).join(""));
  }
  const path = join(workspace.folder, `${source}.parquet`);
  const milliseconds = (row: readonly TableCell[]) =>
    columns.map(({ type }, at) => (type === "timestamp" ? Number(row[at]) / 1000 : row[at]!));
  await writeTable(
    { path, columns, batches: [rows.map(milliseconds)] },
    { threads: 1, allowedDirectories: [workspace.folder] },
  );
  return path;
}

function jsonOf(type: TableColumn["type"], cell: TableCell): unknown {
  if (type === "timestamp") return textOfInstant(Number(cell));
  return typeof cell === "number" && !Number.isFinite(cell) ? String(cell) : cell;
}

/** ISO 8601 in UTC with six decimals. */
export function textOfInstant(at: number): string {
  const second = Math.floor(at / 1_000_000);
  return `${new Date(second * 1000).toISOString().slice(0, 19)}.${String(at - second * 1_000_000).padStart(6, "0")}Z`;
}
