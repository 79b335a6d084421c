import type { ClickHouseClient } from "@clickhouse/client";
import { EngineFailure, Interrupted } from "../sql/failure.ts";
import type { Row } from "../sql/result.ts";
import type { ParameterValue } from "../sql/tree.ts";
import { clickhouseFailure, isLocked } from "./clickhouse-failure.ts";
import { type CompactResult, decodeRows } from "./clickhouse-rows.ts";
import { clickhouseSettings } from "./clickhouse-settings.ts";
import type { QueryProgress } from "./connection.ts";

export interface ClickhouseServer {
  /** Http or https, without user and password. */
  readonly url: string;
  /** Of tables that name none; null: the user's own. */
  readonly database: string | null;
  /** Null: `default`. */
  readonly user: string | null;
  readonly password: string | null;
  /** Of one query. */
  readonly timeoutSeconds: number;
  /** Unlike that of any other session of the server. */
  readonly session: string;
}

/** One server's session, which keeps temporary tables. Its queries wait for one another. */
export interface ClickhouseSession {
  readonly url: string;
  query(
    text: string,
    parameters?: Readonly<Record<string, ParameterValue>>,
    onProgress?: (progress: QueryProgress) => void,
  ): Promise<readonly Row[]>;
  /** For a statement without rows. */
  command(
    text: string,
    parameters?: Readonly<Record<string, ParameterValue>>,
    onProgress?: (progress: QueryProgress) => void,
  ): Promise<void>;
  /** Stops the running query, and those that wait for it: they reject with an `Interrupted`. */
  interrupt(): void;
  close(): Promise<void>;
}

/** How long a session may be idle; every query starts it anew. */
const SESSION_SECONDS = 900;
const PROGRESS_INTERVAL_MS = 500;
/** The client waits longer than the server works, so that the server's own words come through. */
const GRACE_MS = 30_000;

export async function openClickhouseSession(server: ClickhouseServer): Promise<ClickhouseSession> {
  const { createClient, ClickHouseLogLevel } = await loadClient();
  const settings = clickhouseSettings(server.timeoutSeconds);
  const connect = (sessionId: string | null): ClickHouseClient =>
    createClient({
      url: server.url,
      username: server.user ?? "default",
      password: server.password ?? "",
      ...(server.database !== null && { database: server.database }),
      ...(sessionId !== null && { session_id: sessionId, max_open_connections: 1 }),
      application: "fairtrial",
      request_timeout: server.timeoutSeconds * 1000 + GRACE_MS,
      use_multipart_params_auto: true,
      log: { level: ClickHouseLogLevel.OFF },
    });
  const client = connect(server.session);
  // Beside the session, which is locked while it runs a query.
  const observer = connect(null);
  let running: { readonly id: string; readonly abort: AbortController } | null = null;
  let count = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let interruptions = 0;

  async function run<Result>(
    ask: (common: AskedQuery) => Promise<Result>,
    parameters: Readonly<Record<string, ParameterValue>>,
    onProgress: ((progress: QueryProgress) => void) | undefined,
  ): Promise<Result> {
    const asked = interruptions;
    const turn = queue.then(async () => {
      if (interruptions > asked) throw new Interrupted();
      const id = `${server.session}-${++count}`;
      const abort = new AbortController();
      running = { id, abort };
      const stopPolling = onProgress ? pollProgress(observer, id, onProgress) : () => {};
      try {
        return await whenUnlocked(() =>
          ask({
            query_id: id,
            query_params: { ...parameters },
            abort_signal: abort.signal,
            clickhouse_settings: {
              ...settings,
              session_timeout: SESSION_SECONDS,
              // Where the session is lost, so are its tables: that is not the same as that they never were.
              session_check: count > 1 ? 1 : 0,
            },
          }),
        );
      } catch (error) {
        throw interruptions > asked ? new Interrupted() : clickhouseFailure(error, server);
      } finally {
        stopPolling();
        running = null;
      }
    });
    queue = turn.catch(() => {});
    return turn;
  }

  return {
    url: server.url,
    query: (query, parameters = {}, onProgress) =>
      run(
        async (common) => {
          const result = await client.query({ query, format: "JSONCompact", ...common });
          return decodeRows((await result.json()) as unknown as CompactResult);
        },
        parameters,
        onProgress,
      ),
    command: (query, parameters = {}, onProgress) =>
      run(
        async (common) => {
          await client.command({ query, ...common });
        },
        parameters,
        onProgress,
      ),
    interrupt() {
      interruptions++;
      if (running === null) return;
      const { id, abort } = running;
      // Read-only users may kill nothing, but then the server notices that nobody waits for the answer.
      void observer
        .command({ query: "kill query where query_id = {id:String} async", query_params: { id } })
        .catch(() => {})
        .finally(() => abort.abort());
    },
    async close() {
      await queue;
      await Promise.all([client.close(), observer.close()]);
    },
  };
}

interface AskedQuery {
  readonly query_id: string;
  readonly query_params: Record<string, unknown>;
  readonly abort_signal: AbortSignal;
  readonly clickhouse_settings: Record<string, string | number>;
}

async function loadClient() {
  try {
    return await import("@clickhouse/client");
  } catch (error) {
    throw new EngineFailure("ClickHouse needs a package that is not there: npm install @clickhouse/client", {
      cause: error,
    });
  }
}

/** A session is locked by its last query, which may have been stopped and not be over. */
async function whenUnlocked<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === UNLOCK_TRIES || !isLocked(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, UNLOCK_PAUSE_MS));
    }
  }
}

const UNLOCK_TRIES = 30;
const UNLOCK_PAUSE_MS = 100;

/** What the server says of the query while it runs; users who may not know are told nothing. */
function pollProgress(
  observer: ClickHouseClient,
  id: string,
  onProgress: (progress: QueryProgress) => void,
): () => void {
  let isAsking = false;
  const timer = setInterval(async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const result = await observer.query({
        query:
          "select toFloat64(read_rows), toFloat64(total_rows_approx) from system.processes where query_id = {id:String}",
        query_params: { id },
        format: "JSONCompact",
      });
      const [row] = ((await result.json()) as { data: [number, number][] }).data;
      if (row) onProgress({ share: row[1] > 0 ? Math.min(1, row[0] / row[1]) : null, rows: row[0] });
    } catch {
      clearInterval(timer);
    } finally {
      isAsking = false;
    }
  }, PROGRESS_INTERVAL_MS);
  return () => clearInterval(timer);
}
