import type { Row } from "../sql/result.ts";
import type { Statement } from "../sql/tree.ts";

export type { Cell, Row } from "../sql/result.ts";

/** What is going on in a long query. */
export interface QueryProgress {
  /** 0 to 1; null while unknown. */
  readonly share: number | null;
  readonly rows: number | null;
}

/** How a cluster's shards are put to work. */
export interface Shards {
  readonly count: number;
  /** Each shard joins its own units' rows, or one server joins all. */
  readonly joinedAt: "shards" | "initiator";
  /** Why the shards do not join by themselves; null where they do. */
  readonly reason: string | null;
}

/** The port to an engine. A session's temporary tables last until `close`. */
export interface Connection {
  readonly dialect: "duckdb" | "clickhouse";
  /** Only of a cluster. */
  readonly shards?: Shards;
  /** Rejects with an `EngineFailure` that says what the engine did not like. */
  run(statement: Statement, onProgress?: (progress: QueryProgress) => void): Promise<readonly Row[]>;
  /** The statement as a person could run it: its parameters in their places, each after its name in a comment. */
  show(statement: Statement): string;
  /** How the engine would go about a statement, in its own words. Nothing is run. */
  explain(statement: Statement): Promise<string>;
  /** Stops the running query; its `run` rejects with an `Interrupted`. */
  interrupt(): void;
  close(): Promise<void>;
}
