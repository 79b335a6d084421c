import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  TIMESTAMPTZ,
  timestampTZValue,
  VARCHAR,
} from "@duckdb/node-api";
import { quoteIdentifier, quoteText } from "../sql/duckdb-quote.ts";
import { type DuckdbOptions, openSession } from "./duckdb-session.ts";

/** `timestamp` cells are milliseconds since 1970-01-01T00:00Z. */
export type ColumnType = "string" | "timestamp" | "double" | "boolean" | "integer";

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export type TableCell = string | number | boolean | null;

export interface TableToWrite {
  /** Absolute; its extension chooses the format: `.parquet`, `.csv`, `.tsv`, `.ndjson`, `.jsonl`, `.json` (an array); CSV and JSON also with `.gz`. An existing file is replaced. */
  readonly path: string;
  readonly columns: readonly TableColumn[];
  /** Each row has one cell per column. */
  readonly batches: AsyncIterable<readonly TableRow[]> | Iterable<readonly TableRow[]>;
}

export type TableRow = readonly TableCell[];

/** Writes rows to a file and says how many. Instants in text formats are ISO 8601 in UTC. */
export async function writeTable(
  table: TableToWrite,
  options: Omit<DuckdbOptions, "timezone">,
): Promise<number> {
  const { instance, connection } = await openSession({ ...options, timezone: "UTC" });
  try {
    const columns = table.columns.map(({ name, type }) => `${quoteIdentifier(name)} ${TYPES[type].text}`);
    await connection.run(`create table rows (${columns.join(", ")})`);
    const appender = await connection.createAppender("rows");
    let rows = 0;
    for await (const batch of table.batches) {
      for (const row of batch) appendRow(appender, table.columns, row);
      appender.flushSync();
      rows += batch.length;
    }
    appender.closeSync();
    await connection.run(`copy rows to ${quoteText(table.path)} (${formatOf(table.path)})`);
    return rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function appendRow(appender: DuckDBAppender, columns: readonly TableColumn[], row: TableRow): void {
  columns.forEach(({ type }, index) => {
    const cell = row[index] ?? null;
    if (cell === null) appender.appendNull();
    else TYPES[type].append(appender, cell);
  });
  appender.endRow();
}

const TYPES: Readonly<
  Record<
    ColumnType,
    {
      readonly text: string;
      readonly append: (appender: DuckDBAppender, cell: string | number | boolean) => void;
    }
  >
> = {
  string: { text: String(VARCHAR), append: (appender, cell) => appender.appendVarchar(String(cell)) },
  timestamp: {
    text: String(TIMESTAMPTZ),
    append: (appender, cell) =>
      appender.appendTimestampTZ(timestampTZValue(BigInt(Math.round(Number(cell) * 1000)))),
  },
  double: { text: String(DOUBLE), append: (appender, cell) => appender.appendDouble(Number(cell)) },
  boolean: { text: String(BOOLEAN), append: (appender, cell) => appender.appendBoolean(Boolean(cell)) },
  integer: { text: String(BIGINT), append: (appender, cell) => appender.appendBigInt(BigInt(cell)) },
};

function formatOf(path: string): string {
  const [, extension, compression] = /\.([a-z]+)(\.gz)?$/.exec(path.toLowerCase()) ?? [];
  const options = FORMATS.get(extension ?? "");
  if (!options || (compression && extension === "parquet")) {
    throw new Error(`no format is known for ${path}`);
  }
  return compression ? `${options}, compression gzip` : options;
}

const ISO = "timestampformat '%Y-%m-%dT%H:%M:%S.%gZ'";

const FORMATS: ReadonlyMap<string, string> = new Map([
  ["parquet", "format parquet, compression zstd"],
  ["csv", `format csv, header, ${ISO}`],
  ["tsv", `format csv, header, delimiter '\t', ${ISO}`],
  ["json", `format json, array true, ${ISO}`],
  ["jsonl", `format json, ${ISO}`],
  ["ndjson", `format json, ${ISO}`],
]);
