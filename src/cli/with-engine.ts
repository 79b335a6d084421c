import type { Project } from "../compile.ts";
import type { Connection } from "../warehouse/connection.ts";
import type { LoadedProject } from "./load-project.ts";
import { openWarehouse, unitsOf } from "./open-warehouse.ts";
import { openProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

/** An engine that is open, and how to say what it is used for. */
export interface OpenEngine {
  readonly engine: Pick<Connection, "run" | "show" | "explain" | "dialect" | "shards">;
  readonly onStage: (stage: string) => void;
}

/** What a shell says of a process that a signal ended. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Opens the engine on these files and closes it after the work. Progress goes to stderr; Ctrl-C stops the query,
 * closes the engine and ends the process: a second one does not wait for the query.
 */
export async function withEngine<Result>(
  { root, project }: Pick<LoadedProject, "root" | "project">,
  files: ReadonlyMap<string, readonly string[]>,
  terminal: Terminal,
  work: (open: OpenEngine) => Promise<Result>,
  experiments: Project["experiments"] = project.experiments,
): Promise<Result> {
  const progress = openProgressLine(terminal);
  const { connection, close, abandon } = await openWarehouse(root, project, files, unitsOf(experiments));
  let stage = "opening the engine";
  let interruption: keyof typeof ENDED_BY | null = null;
  const interrupt = (signal: NodeJS.Signals) => {
    const again = interruption !== null;
    interruption = signal as keyof typeof ENDED_BY;
    progress.clear();
    connection.interrupt();
    if (!again) return;
    abandon();
    process.exit(ENDED_BY[interruption]);
  };
  const signals = Object.keys(ENDED_BY) as (keyof typeof ENDED_BY)[];
  for (const signal of signals) process.on(signal, interrupt);
  const stopIfInterrupted = () => {
    if (interruption !== null) throw new Stopped();
  };
  try {
    const result = await work({
      engine: {
        dialect: connection.dialect,
        ...(connection.shards && { shards: connection.shards }),
        run: async (statement) => {
          stopIfInterrupted();
          const rows = await connection.run(statement, ({ share, rows: read }) => {
            if (interruption !== null) connection.interrupt();
            progress.show({
              stage,
              share,
              ...(read ? { detail: `${read.toLocaleString("en")} rows` } : {}),
            });
          });
          stopIfInterrupted();
          return rows;
        },
        show: connection.show,
        explain: connection.explain,
      },
      onStage: (next) => {
        stage = next;
        progress.show({ stage });
      },
    });
    stopIfInterrupted();
    return result;
  } finally {
    progress.clear();
    for (const signal of signals) process.removeListener(signal, interrupt);
    await close();
    if (interruption !== null) process.exit(ENDED_BY[interruption]);
  }
}

/** The work was stopped by a signal between two queries. */
class Stopped extends Error {
  override readonly name = "Stopped";
}
