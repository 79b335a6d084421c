import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDecimalValue,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { printDuckdb, showDuckdb } from "../sql/duckdb.ts";
import type { ParameterValue } from "../sql/tree.ts";
import type { Cell, Connection, QueryProgress, Row } from "./connection.ts";
import { duckdbFailure } from "./duckdb-failure.ts";
import { type DuckdbOptions, openSession } from "./duckdb-session.ts";

const PROGRESS_INTERVAL_MS = 100;

/** An embedded engine, opened for one analysis. */
export async function openDuckdb(options: DuckdbOptions): Promise<Connection> {
  const { instance, connection, refusal } = await openSession(options);
  return {
    dialect: "duckdb",
    async run(statement, onProgress) {
      const { text, parameters } = printDuckdb(statement);
      const stopPolling = onProgress ? pollProgress(connection, onProgress) : () => {};
      try {
        const result = await connection.run(text, parameters.map(engineValue), parameters.map(engineType));
        const names = result.columnNames();
        return (await result.getRows()).map((row) => rowOf(names, row));
      } catch (error) {
        throw duckdbFailure(refusal !== null && isUnknownTable(error) ? refusal : error);
      } finally {
        stopPolling();
      }
    },
    show: (statement) => `${showDuckdb(statement)};`,
    async explain(statement) {
      const { text, parameters } = printDuckdb(statement);
      try {
        const plan = await connection.run(
          `explain ${text}`,
          parameters.map(engineValue),
          parameters.map(engineType),
        );
        return (await plan.getRows()).map((row) => String(row[1])).join("\n");
      } catch (error) {
        throw duckdbFailure(error);
      }
    },
    interrupt: () => connection.interrupt(),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function pollProgress(
  connection: DuckDBConnection,
  onProgress: (progress: QueryProgress) => void,
): () => void {
  const timer = setInterval(() => {
    const { percentage, rows_processed } = connection.progress;
    onProgress({
      share: percentage < 0 ? null : Math.min(1, percentage / 100),
      rows: percentage < 0 ? null : Number(rows_processed),
    });
  }, PROGRESS_INTERVAL_MS);
  return () => clearInterval(timer);
}

function engineValue(value: ParameterValue): DuckDBValue {
  return typeof value === "object" ? listValue([...value]) : value;
}

function engineType(value: ParameterValue) {
  if (typeof value === "number") return DOUBLE;
  return typeof value === "string" ? VARCHAR : LIST(VARCHAR);
}

function rowOf(names: readonly string[], values: readonly DuckDBValue[]): Row {
  const row: Record<string, Cell> = Object.create(null);
  names.forEach((name, index) => {
    row[name] = cellOf(values[index] ?? null);
  });
  return row;
}

function cellOf(value: DuckDBValue): Cell {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  return typeof value === "object" && value !== null ? String(value) : value;
}

function isUnknownTable(error: unknown): boolean {
  return error instanceof Error && /^(Catalog|Binder) Error/.test(error.message);
}
