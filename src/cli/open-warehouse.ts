import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Project } from "../compile.ts";
import type { Connection } from "../warehouse/connection.ts";
import { UsageError } from "./exit.ts";

/** A connection, and what to clear away after it. */
export interface OpenWarehouse {
  readonly connection: Connection;
  /** Closes the connection. Nothing is left behind: no table, no temporary file. */
  close(): Promise<void>;
  /** Clears away what can be cleared without waiting for the engine. */
  abandon(): void;
}

/** Opens the engine of a project: on its files alone, and on its database file where a source reads a table. */
export async function openWarehouse(
  root: string,
  project: Project,
  files: ReadonlyMap<string, readonly string[]>,
  units: ReadonlySet<string> = unitsOf(project.experiments),
): Promise<OpenWarehouse> {
  const { timezone, warehouse } = project;
  if (warehouse?.engine === "clickhouse") {
    const connection = await openClickhouse(project, warehouse, units);
    return { connection, close: connection.close, abandon: () => {} };
  }
  const limits = engineLimits(process.env);
  const { openDuckdb } = await import("../warehouse/duckdb.ts");
  const spill = mkdtempSync(join(tmpdir(), "fairtrial-"));
  const database = warehouse?.database ?? null;
  const connection = await openDuckdb({
    timezone,
    files: [...files.values()].flat(),
    ...(database !== null && { database: resolve(root, database) }),
    temporaryDirectory: spill,
    ...limits,
  });
  const abandon = () => rmSync(spill, { recursive: true, force: true });
  return {
    connection,
    async close() {
      await connection.close();
      abandon();
    },
    abandon,
  };
}

/** The kinds of units of experiments. */
export function unitsOf(experiments: Project["experiments"]): ReadonlySet<string> {
  return new Set(experiments.map(({ unit }) => unit.key));
}

/** The password is in no file, and the environment's user comes before the project's. */
async function openClickhouse(
  project: Project,
  warehouse: Extract<NonNullable<Project["warehouse"]>, { readonly engine: "clickhouse" }>,
  units: ReadonlySet<string>,
): Promise<Connection> {
  const { openProjectClickhouse } = await import("../open-clickhouse.ts");
  const credentials = {
    user: process.env.FAIRTRIAL_CLICKHOUSE_USER || null,
    password: process.env.FAIRTRIAL_CLICKHOUSE_PASSWORD ?? null,
  };
  return openProjectClickhouse(project, warehouse, credentials, `fairtrial-${randomUUID()}`, units);
}

/** What the embedded engine may take of the machine, from the environment. */
function engineLimits(environment: NodeJS.ProcessEnv) {
  const memoryLimit = sizeIn(environment, "FAIRTRIAL_MEMORY_LIMIT");
  const temporaryLimit = sizeIn(environment, "FAIRTRIAL_TEMP_LIMIT");
  const threads = environment.FAIRTRIAL_THREADS || undefined;
  if (threads !== undefined && !/^[1-9]\d{0,2}$/.test(threads))
    throw new UsageError(`FAIRTRIAL_THREADS is ${threads}; expected a number such as 4`);
  return {
    ...(memoryLimit !== undefined && { memoryLimit }),
    ...(temporaryLimit !== undefined && { temporaryLimit }),
    ...(threads !== undefined && { threads: Number(threads) }),
  };
}

function sizeIn(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const size = environment[name] || undefined;
  if (size !== undefined && !/^\d+(\.\d+)? ?([KMGT]i?B)$/i.test(size))
    throw new UsageError(`${name} is ${size}; expected a size such as 4GB`);
  return size;
}
