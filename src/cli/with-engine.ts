import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Project } from "../compile.ts";
import type { Connection } from "../warehouse/connection.ts";
import { foldersOf } from "./data.ts";
import { openProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

/** An engine that is open, and how to say what it is used for. */
export interface OpenEngine {
  readonly engine: Pick<Connection, "run">;
  readonly onStage: (stage: string) => void;
}

/**
 * Opens the engine on these files and closes it after the work. Progress goes to stderr; Ctrl-C stops the query
 * and exits.
 */
export async function withEngine<Result>(
  { timezone }: Project,
  files: ReadonlyMap<string, readonly string[]>,
  terminal: Terminal,
  work: (open: OpenEngine) => Promise<Result>,
): Promise<Result> {
  const { openDuckdb } = await import("../warehouse/duckdb.ts");
  const progress = openProgressLine(terminal);
  const connection = await openDuckdb({
    timezone,
    allowedDirectories: foldersOf(files),
    temporaryDirectory: join(tmpdir(), `fairtrial-${process.pid}`),
  });
  let stage = "opening the engine";
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    connection.interrupt();
  };
  process.once("SIGINT", interrupt);
  try {
    return await work({
      engine: {
        run: (statement) =>
          connection.run(statement, ({ share, rows }) =>
            progress.show({ stage, share, ...(rows ? { detail: `${rows.toLocaleString("en")} rows` } : {}) }),
          ),
      },
      onStage: (next) => {
        stage = next;
        progress.show({ stage });
      },
    });
  } catch (error) {
    progress.clear();
    if (interrupted) process.exit(130);
    throw error;
  } finally {
    progress.clear();
    process.removeListener("SIGINT", interrupt);
    await connection.close();
  }
}
