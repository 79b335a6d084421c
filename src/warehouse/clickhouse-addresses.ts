import { quoteClickhouseText as quoteText } from "../sql/clickhouse-quote.ts";
import { EngineFailure } from "../sql/failure.ts";
import { isRefusal } from "./clickhouse-failure.ts";
import type { ClickhouseSession } from "./clickhouse-session.ts";

/** A shard's server, as the cluster knows it. */
export interface ShardAddress {
  /** Its HTTP address. */
  readonly url: string;
  /** What only this server says of itself. */
  readonly identity: string;
}

const IDENTITY = "concat(toString(serverUUID()), ' ', hostName(), ' ', toString(tcpPort()))";

/**
 * One server of each shard, in the order of the shards, or why their addresses cannot be found out. Every shard is
 * asked for its port: one that is down is a failure.
 */
export async function findAddresses(
  session: ClickhouseSession,
  cluster: string,
): Promise<{ readonly count: number; readonly addresses: readonly ShardAddress[] | string }> {
  const hosts = await session.query(
    "select toInt64(shard_num) as shard, min(host_name) as host, count() as replicas from system.clusters where cluster = {cluster:String} group by shard order by shard",
    { cluster },
  );
  if (hosts.length === 0) {
    const known = await session.query(
      "select distinct cluster from system.clusters order by cluster limit 20",
    );
    const names = known.map((row) => String(row.cluster)).join(", ") || "none";
    throw new EngineFailure(`no cluster is called ${cluster} (ClickHouse at ${session.url} knows: ${names})`);
  }
  const { protocol, pathname } = new URL(session.url);
  const port = protocol === "https:" ? "https_port" : "http_port";
  const found = await tryQuery(
    session,
    `select toInt64(shardNum()) as shard, getServerPort('${port}') as port, ${IDENTITY} as identity from cluster(${quoteText(cluster)}, system.one)`,
  );
  if (typeof found === "string") return { count: hosts.length, addresses: found };
  const shards = new Map(found.map((row) => [Number(row.shard), row]));
  if (shards.size < hosts.length) {
    throw new EngineFailure(
      `${shards.size} of ${hosts.length} shards of ${cluster} answered (ClickHouse at ${session.url}); nothing partial is used`,
    );
  }
  const addresses = hosts.map(({ shard, host }) => {
    const server = shards.get(Number(shard))!;
    const name = String(host).includes(":") ? `[${host}]` : String(host);
    return { url: `${protocol}//${name}:${server.port}${pathname}`, identity: String(server.identity) };
  });
  return { count: hosts.length, addresses };
}

/** What the server of a session says of itself. */
export async function identityOf(session: ClickhouseSession): Promise<string> {
  const [row] = await session.query(`select ${IDENTITY} as identity`);
  return String(row!.identity);
}

async function tryQuery(session: ClickhouseSession, text: string) {
  try {
    return await session.query(text);
  } catch (error) {
    if (error instanceof EngineFailure && isRefusal(error.cause)) return error.message;
    throw error;
  }
}
