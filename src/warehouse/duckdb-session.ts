import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteText } from "../sql/duckdb-quote.ts";

export interface DuckdbOptions {
  /** Such as `1GB`; beyond it the engine spills to disk. Default: DuckDB's own, 80% of the machine's. */
  readonly memoryLimit?: string;
  /** Default: one per processor. */
  readonly threads?: number;
  /** Absolute folder for what does not fit in memory; made when needed. Default: no spilling. */
  readonly temporaryDirectory?: string;
  /** IANA name: what timestamps without a zone mean. */
  readonly timezone: string;
  /** Absolute folders, the only ones in which files can be read or written. */
  readonly allowedDirectories: readonly string[];
}

export interface DuckdbSession {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/**
 * An in-memory DuckDB that reaches nothing but the allowed folders: no network, no extensions, no other
 * files, and no statement can change that.
 */
export async function openSession(options: DuckdbOptions): Promise<DuckdbSession> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    temp_directory: options.temporaryDirectory ?? "",
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
  const connection = await instance.connect();
  for (const setting of settings(options)) await connection.run(`set ${setting}`);
  return { instance, connection };
}

/** The order counts: folders before the lock on access, the lock on the configuration last. */
function settings({ timezone, allowedDirectories }: DuckdbOptions): readonly string[] {
  return [
    `TimeZone = ${quoteText(timezone)}`,
    "enable_progress_bar = true",
    "enable_progress_bar_print = false",
    // The optimizer guesses that few events pass the filters and keeps them, not the units, in memory.
    "disabled_optimizers = 'join_order,build_side_probe_side'",
    `allowed_directories = [${allowedDirectories.map(quoteText).join(", ")}]`,
    "enable_external_access = false",
    "lock_configuration = true",
  ];
}
