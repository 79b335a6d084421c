import { EngineFailure, Interrupted } from "../sql/failure.ts";
import type { Row } from "../sql/result.ts";
import type { Statement } from "../sql/tree.ts";
import { type ClickhouseOptions, connectionOf, placeOfTemporaryTables } from "./clickhouse.ts";
import { findAddresses, identityOf, type ShardAddress } from "./clickhouse-addresses.ts";
import { type ClickhouseSession, openClickhouseSession } from "./clickhouse-session.ts";
import { findSharding, type Sharding, type UnitTable } from "./clickhouse-sharding.ts";
import type { Connection, QueryProgress } from "./connection.ts";
import { mergeShards, shardQuery } from "./shards.ts";

export interface ClusterOptions extends ClickhouseOptions {
  readonly cluster: string;
  /** All that will be read. */
  readonly tables: readonly UnitTable[];
}

/**
 * A cluster, met at the server of `url`. Where every unit is on one shard and the shards can be reached, each
 * statement runs on all of them side by side and their answers are merged; otherwise the server of `url` collects
 * rows and joins them itself. Either way an answer is that of all shards, or an error.
 */
export async function openCluster(options: ClusterOptions): Promise<Connection> {
  const { cluster, tables, timezone } = options;
  const first = await openClickhouseSession(options);
  try {
    const { count, addresses } = await findAddresses(first, cluster);
    const sharding = await findSharding(first, cluster, tables);
    const work = typeof addresses === "string" ? addresses : await openShards(options, sharding, addresses);
    if (typeof work !== "string") {
      await first.close();
      return clusterOf(work);
    }
    const temporaryTables = await placeOfTemporaryTables(first);
    const connection = connectionOf(first, { timezone, temporaryTables });
    return { ...connection, shards: { count, joinedAt: "initiator", reason: work } };
  } catch (error) {
    await first.close();
    throw error;
  }
}

/** A connection to each shard's own tables, or why there are none. */
async function openShards(
  options: ClusterOptions,
  sharding: Sharding,
  addresses: readonly ShardAddress[],
): Promise<readonly Connection[] | string> {
  if (sharding.kind === "initiator") return sharding.reason;
  const sessions: ClickhouseSession[] = [];
  const connections: Connection[] = [];
  const giveUp = async () => {
    await Promise.all(sessions.map((session) => session.close()));
  };
  try {
    for (const [index, { url, identity }] of addresses.entries()) {
      const session = await openClickhouseSession({
        ...options,
        url,
        session: `${options.session}-${index}`,
      });
      sessions.push(session);
      if ((await identityOf(session)) !== identity) {
        await giveUp();
        return `${url} is not the server that shard ${index + 1} is`;
      }
      const temporaryTables = await placeOfTemporaryTables(session);
      const { timezone } = options;
      connections.push(connectionOf(session, { timezone, temporaryTables, tableOf: sharding.localOf }));
    }
    return connections;
  } catch (error) {
    await giveUp();
    if (error instanceof EngineFailure) return `not every shard can be asked by itself: ${error.message}`;
    throw error;
  }
}

/** The shards as one engine. */
function clusterOf(shards: readonly Connection[]): Connection {
  const [first] = shards;
  return {
    dialect: "clickhouse",
    shards: { count: shards.length, joinedAt: "shards", reason: null },
    async run(statement, onProgress) {
      if (statement.kind === "describe") return first!.run(statement, onProgress);
      const asked = perShard(statement);
      const answers = await allOrNone(shards, asked, onProgress);
      return statement.kind === "select" || statement.kind === "union-all"
        ? mergeShards(statement, answers)
        : [];
    },
    show: (statement) => first!.show(perShard(statement)),
    explain: (statement) => first!.explain(perShard(statement)),
    interrupt() {
      for (const shard of shards) shard.interrupt();
    },
    async close() {
      await Promise.all(shards.map((shard) => shard.close()));
    },
  };
}

function perShard(statement: Statement): Statement {
  return statement.kind === "select" || statement.kind === "union-all" ? shardQuery(statement) : statement;
}

/** When one shard fails, the others are stopped: what they say is of no use any more. */
async function allOrNone(
  shards: readonly Connection[],
  statement: Statement,
  onProgress: ((progress: QueryProgress) => void) | undefined,
): Promise<readonly (readonly Row[])[]> {
  const progress: QueryProgress[] = shards.map(() => ({ share: null, rows: null }));
  const failures: unknown[] = [];
  const answers = await Promise.all(
    shards.map(async (shard, index) => {
      const tell = (each: QueryProgress) => {
        progress[index] = each;
        onProgress?.(sumOf(progress));
      };
      try {
        return await shard.run(statement, onProgress && tell);
      } catch (error) {
        const isFirst = failures.push(located(error, index, shards.length)) === 1;
        if (isFirst) for (const other of shards) if (other !== shard) other.interrupt();
        return [];
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  return answers;
}

function located(error: unknown, index: number, count: number): unknown {
  if (!(error instanceof EngineFailure)) return error instanceof Interrupted ? new Interrupted() : error;
  const message = `shard ${index + 1} of ${count}: ${error.message}`;
  return new EngineFailure(message, { cause: error.cause });
}

function sumOf(progress: readonly QueryProgress[]): QueryProgress {
  const shares = progress.flatMap(({ share }) => (share === null ? [] : [share]));
  const rows = progress.flatMap((each) => (each.rows === null ? [] : [each.rows]));
  return {
    share: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / progress.length,
    rows: rows.length === 0 ? null : rows.reduce((sum, each) => sum + each, 0),
  };
}
