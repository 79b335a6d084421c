import type { Row } from "../sql/result.ts";
import type { Statement } from "../sql/tree.ts";

export type { Cell, Row } from "../sql/result.ts";

/** What is going on in a long query. */
export interface QueryProgress {
  /** 0 to 1; null while unknown. */
  readonly share: number | null;
  readonly rows: number | null;
}

/** The port to an engine. A session's temporary tables last until `close`. */
export interface Connection {
  readonly dialect: "duckdb";
  /** Rejects with an `EngineFailure` that says what the engine did not like. */
  run(statement: Statement, onProgress?: (progress: QueryProgress) => void): Promise<readonly Row[]>;
  /** Stops the running query; its `run` rejects with an `Interrupted`. */
  interrupt(): void;
  close(): Promise<void>;
}
