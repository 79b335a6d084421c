import { call, column } from "../sql/expressions.ts";
import { EngineFailure } from "../sql/failure.ts";
import { files, named, select } from "../sql/queries.ts";
import type { FileFormat } from "../sql/tree.ts";
import type { Engine } from "./engine.ts";

/**
 * Of CSV and TSV: which line is wrong, and how. The engine that finds out a file's columns only says that its lines
 * do not agree; one that is told how many there are stops at the first line with others. Otherwise the problem as it was.
 */
export async function explainLine(
  engine: Engine,
  format: FileFormat,
  paths: readonly string[],
  problem: string,
): Promise<string> {
  if ((format !== "csv" && format !== "tsv") || paths.length !== 1) return problem;
  const header = await failureAt(engine, format, paths, MOST_FIELDS);
  const fields = header?.at?.fields ?? 0;
  const failure = fields > 0 ? await failureAt(engine, format, paths, fields) : header;
  return failure?.at ? failure.message : problem;
}

/** More than a header has: asked for so many, the engine stops at the first line and says how many there are. */
const MOST_FIELDS = 1000;

/** The failure of reading each line as so many fields. */
async function failureAt(
  engine: Engine,
  format: FileFormat,
  paths: readonly string[],
  fields: number,
): Promise<EngineFailure | null> {
  const columns = Array.from({ length: fields }, (_, index) => `field ${index}`);
  const from = files({ format, paths, columns, sample: "none" });
  const counts = columns.map((name) => named(name, call("count", column(name))));
  try {
    await engine.run(select({ columns: counts, from }));
    return null;
  } catch (error) {
    if (error instanceof EngineFailure) return error;
    throw error;
  }
}
