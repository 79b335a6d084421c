import { type ClickhousePrinting, printClickhouse, showClickhouse } from "../sql/clickhouse.ts";
import type { EngineFailure } from "../sql/failure.ts";
import type { Row } from "../sql/result.ts";
import type { Statement } from "../sql/tree.ts";
import { isRefusal } from "./clickhouse-failure.ts";
import {
  type ClickhouseServer,
  type ClickhouseSession,
  openClickhouseSession,
} from "./clickhouse-session.ts";
import type { Connection } from "./connection.ts";

export interface ClickhouseOptions extends ClickhouseServer {
  /** IANA name: what dates and texts without a zone mean. */
  readonly timezone: string;
}

/** A session on one server, which may be the one that a cluster's tables are asked at. */
export async function openClickhouse(options: ClickhouseOptions): Promise<Connection> {
  const session = await openClickhouseSession(options);
  try {
    return connectionOf(session, {
      timezone: options.timezone,
      temporaryTables: await placeOfTemporaryTables(session),
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Of a server that let nobody in: every query fails for the same reason. */
export function refusedConnection(failure: EngineFailure, timezone: string): Connection {
  const refuse = async () => {
    throw failure;
  };
  return {
    dialect: "clickhouse",
    run: refuse,
    show: (statement) => `${showClickhouse(statement, { timezone, temporaryTables: "disk" })};`,
    explain: refuse,
    interrupt() {},
    async close() {},
  };
}

/** The port over a session. */
export function connectionOf(session: ClickhouseSession, printing: ClickhousePrinting): Connection {
  const kept = new Set<string>();
  return {
    dialect: "clickhouse",
    async run(statement, onProgress) {
      const { text, parameters } = printClickhouse(statement, printing);
      if (statement.kind === "create-temporary-table" || statement.kind === "drop-table") {
        // Before it is asked for: an answer that is lost may be of a table that was made.
        if (statement.kind === "create-temporary-table") kept.add(statement.name);
        await session.command(text, parameters, onProgress);
        if (statement.kind === "drop-table") kept.delete(statement.name);
        return [];
      }
      const rows = await session.query(text, parameters, onProgress);
      return statement.kind === "describe" ? rows.map(describedColumn) : rows;
    },
    show: (statement) => `${showClickhouse(statement, printing)};`,
    async explain(statement) {
      const { text, parameters } = printClickhouse(queryOf(statement), printing);
      const rows = await session.query(`explain ${text}`, parameters);
      return rows.map((row) => String(row.explain)).join("\n");
    },
    interrupt: session.interrupt,
    async close() {
      try {
        for (const name of kept) {
          const { text } = printClickhouse({ kind: "drop-table", name }, printing);
          await session.command(text);
        }
      } catch {
        // What could not be dropped goes with the session.
      }
      await session.close();
    },
  };
}

/** On disk, if the user may have tables there: in memory there is less room. */
export async function placeOfTemporaryTables(
  session: ClickhouseSession,
): Promise<ClickhousePrinting["temporaryTables"]> {
  const drop = () => session.command("drop temporary table if exists `fairtrial room`");
  try {
    await session.command(
      "create or replace temporary table `fairtrial room` engine = MergeTree order by tuple() as select 1 as one",
    );
    await drop();
    return "disk";
  } catch (error) {
    if (error instanceof Error && isRefusal(error.cause)) return "memory";
    await drop().catch(() => {});
    throw error;
  }
}

function describedColumn(row: Row): Row {
  return { column_name: row.name ?? null, column_type: row.type ?? null };
}

/** What the engine explains of a table's creation is its query. */
function queryOf(statement: Statement): Statement {
  return statement.kind === "create-temporary-table" ? statement.query : statement;
}
