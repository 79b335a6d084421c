import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { ATTACHED_DATABASE } from "../sql/duckdb.ts";
import { escapeGlob, quoteIdentifier, quoteText } from "../sql/duckdb-quote.ts";

export interface DuckdbOptions {
  /** Such as `1GB`; beyond it the engine spills to disk. Default: DuckDB's own, 80% of the machine's. */
  readonly memoryLimit?: string;
  /** Default: one per processor. */
  readonly threads?: number;
  /** Absolute folder for what does not fit in memory; made when needed, gone on `close`. Default: no spilling. */
  readonly temporaryDirectory?: string;
  /** Such as `20GB`: what that folder may hold. Default: nine tenths of what is free. */
  readonly temporaryLimit?: string;
  /** IANA name: what timestamps without a zone mean. */
  readonly timezone: string;
  /** Absolute paths: the only files that can be read. */
  readonly files?: readonly string[];
  /** Absolute folders in which any file can be read or written. */
  readonly allowedDirectories?: readonly string[];
  /** Absolute path of a database file, whose tables are read and never written. */
  readonly database?: string;
}

export interface DuckdbSession {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  /** Why the database file cannot be read, in the engine's words; null where it can, or none is asked for. */
  readonly refusal: unknown;
}

/**
 * An in-memory DuckDB that reaches nothing but the allowed files and folders: no network, no extensions, no other
 * files, and no statement can change that. Its temporary files alone it writes.
 */
export async function openSession(options: DuckdbOptions): Promise<DuckdbSession> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    temp_directory: options.temporaryDirectory ?? "",
    ...(options.temporaryLimit === undefined ? {} : { max_temp_directory_size: options.temporaryLimit }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
  const connection = await instance.connect();
  const refusal = options.database === undefined ? null : await attach(connection, options.database);
  for (const setting of settings(options)) await connection.run(`set ${setting}`);
  return { instance, connection, refusal };
}

/** Views of the file name its tables without the file's name: it becomes the place where names are looked for. */
async function attach(connection: DuckDBConnection, path: string): Promise<unknown> {
  const name = quoteIdentifier(ATTACHED_DATABASE);
  try {
    await connection.run(`attach ${quoteText(path)} as ${name} (type duckdb, read_only)`);
    await connection.run(`use ${name}`);
    return null;
  } catch (error) {
    return error;
  }
}

/** The order counts: folders before the lock on access, the lock on the configuration last. */
function settings({ timezone, files = [], allowedDirectories = [] }: DuckdbOptions): readonly string[] {
  return [
    `TimeZone = ${quoteText(timezone)}`,
    "enable_progress_bar = true",
    "enable_progress_bar_print = false",
    // The optimizer guesses that few events pass the filters and keeps them, not the units, in memory.
    "disabled_optimizers = 'join_order,build_side_probe_side'",
    `allowed_paths = [${[...new Set(files.flatMap((path) => [path, escapeGlob(path)]))].map(quoteText).join(", ")}]`,
    `allowed_directories = [${allowedDirectories.map(quoteText).join(", ")}]`,
    "enable_external_access = false",
    "lock_configuration = true",
  ];
}
