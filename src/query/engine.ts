import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "../diagnostics/place.ts";
import { EngineFailure } from "../sql/failure.ts";
import type { Row } from "../sql/result.ts";
import type { Statement } from "../sql/tree.ts";
import type { ShardFacts } from "./observation.ts";

/** What runs statements: a warehouse connection, or one wrapped with progress. */
export interface Engine {
  run(statement: Statement): Promise<readonly Row[]>;
  /** Only of a cluster. */
  readonly shards?: ShardFacts;
}

/** The rows, or the engine's words about why there are none. An interruption goes through. */
export async function tryRun(
  engine: Engine,
  statement: Statement,
): Promise<{ readonly rows: readonly Row[] } | { readonly problem: string }> {
  try {
    return { rows: await engine.run(statement) };
  } catch (error) {
    if (error instanceof EngineFailure) return { problem: error.message };
    throw error;
  }
}

/** Whether the engine failed for want of memory or disk, and not for what it read. */
export function isWant(problem: string): boolean {
  return /out of memory|failed to (?:offload|allocate|pin)|max_temp_directory_size|no space left|temp_directory/i.test(
    problem,
  );
}

/** What the work gives, or the engine's failure in it as a diagnostic: too little memory, a file damaged inside. */
export async function reportFailure<Result>(
  place: Place,
  work: () => Promise<Result>,
): Promise<Result | { readonly failure: Diagnostic }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const { at, message: problem } = error;
    return {
      failure: at
        ? diagnose("data/unreadable-file", place, { file: at.file, problem })
        : diagnose("data/engine-failure", place, { problem }),
    };
  }
}
