import { quoteClickhouseIdentifier as quote } from "../sql/clickhouse-quote.ts";
import type { NamedTable } from "../sql/tree.ts";
import type { ClickhouseSession } from "./clickhouse-session.ts";

/** A table of the cluster, and the column by which its units are told apart. */
export interface UnitTable {
  readonly table: NamedTable;
  /** Columns of the ids of all kinds of units that are analysed. */
  readonly units: readonly string[];
}

/** The table that each shard holds of each of the cluster's tables, or why the shards cannot work by themselves. */
export type Sharding =
  | { readonly kind: "by-unit"; readonly localOf: (table: NamedTable) => NamedTable }
  | { readonly kind: "initiator"; readonly reason: string };

/**
 * Whether all rows of a unit, of all tables, are on one shard: the tables are `Distributed` over the cluster by the
 * same function of the unit's id, and of a sample of the units none is found on two.
 */
export async function findSharding(
  session: ClickhouseSession,
  cluster: string,
  tables: readonly UnitTable[],
): Promise<Sharding> {
  const locals = new Map<string, NamedTable>();
  let common: string | null = null;
  for (const { table, units } of tables) {
    const [unit, ...others] = units;
    if (unit === undefined || others.length > 0)
      return initiator(`${nameOf(table)} is read by several units`);
    const engine = await engineOf(session, table);
    const found = distributed(engine);
    if (found === null || found.cluster !== cluster) {
      return initiator(`${nameOf(table)} is not distributed over ${cluster}`);
    }
    locals.set(nameOf(table), found.table);
    if (unit === undefined) continue;
    const key = found.key === null ? null : functionOf(found.key, unit);
    if (key === null) return initiator(`${nameOf(table)} is not sharded by ${unit}`);
    common ??= key;
    if (key !== common) return initiator(`${nameOf(table)} is sharded otherwise than the other tables`);
  }
  const spread = await countSpread(session, tables);
  if (spread > 0) return initiator(`${spread} of a sample of units have rows on several shards`);
  return {
    kind: "by-unit",
    localOf(table) {
      const local = locals.get(nameOf(table));
      if (!local) throw new Error(`the shards were not asked about ${nameOf(table)}`);
      return local;
    },
  };
}

function initiator(reason: string): Sharding {
  return { kind: "initiator", reason };
}

/** Empty of a table that is not there: the analysis will say so. */
async function engineOf(session: ClickhouseSession, { database, name }: NamedTable): Promise<string> {
  const rows = await session.query(
    `select engine_full from system.tables where name = {name:String} and database = ${
      database === null ? "currentDatabase()" : "{database:String}"
    }`,
    { name, ...(database !== null && { database }) },
  );
  return String(rows[0]?.engine_full ?? "");
}

interface Distributed {
  readonly cluster: string;
  readonly table: NamedTable;
  /** The expression that says which shard a row goes to. */
  readonly key: string | null;
}

/** Reads `Distributed('cluster', 'database', 'table', key, 'policy')`; null for other engines. */
export function distributed(engine: string): Distributed | null {
  const [, list] = /^Distributed\((.*?)\)(?: SETTINGS .*)?$/s.exec(engine) ?? [];
  if (list === undefined) return null;
  const [cluster, database, table, key] = splitArguments(list);
  const texts = [cluster, database, table].map((part) => part && unquoted(part));
  const [clusterName, databaseName, tableName] = texts;
  if (!clusterName || databaseName === undefined || databaseName === null || !tableName) return null;
  return {
    cluster: clusterName,
    table: { kind: "named-table", database: databaseName || null, name: tableName },
    key: key ?? null,
  };
}

/** At the commas that no text and no parenthesis holds. */
function splitArguments(list: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const [token] of list.matchAll(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|./gs)) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (token === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim());
}

/** The content of a quoted text; null of anything else. */
function unquoted(part: string): string | null {
  const [, content] = /^'((?:[^'\\]|\\.)*)'$/s.exec(part) ?? [];
  return content === undefined ? null : content.replace(/\\(.)/gs, "$1");
}

/** The key with the unit's column left open; null where it depends on something else, or on nothing. */
export function functionOf(key: string, unit: string): string | null {
  let asksUnit = false;
  let asksElse = false;
  const open = key.replace(
    /'(?:[^'\\]|\\.)*'|`((?:[^`\\]|\\.)*)`|([A-Za-z_][A-Za-z0-9_]*)(?!\w)(?!\s*\()/gs,
    (token: string, quoted?: string, bare?: string) => {
      const name = quoted?.replace(/\\(.)/gs, "$1") ?? bare;
      if (name === undefined) return token;
      if (name === unit) asksUnit = true;
      else asksElse = true;
      return "{unit}";
    },
  );
  return asksUnit && !asksElse ? open : null;
}

/** Of about so many rows, the units are looked at. */
const SAMPLED_ROWS = 500_000;

/** How many units of a sample have rows on more than one shard, in one table or several. */
async function countSpread(session: ClickhouseSession, tables: readonly UnitTable[]): Promise<number> {
  const counts = tables.map(({ table }) => `(select count() from ${textOf(table)})`).join(" + ");
  const [counted] = await session.query(`select toFloat64(${counts}) as rows`);
  const share = Math.max(1, Math.floor(Number(counted?.rows ?? 0) / SAMPLED_ROWS));
  const rows = tables.flatMap(({ table, units: [unit] }) => {
    if (unit === undefined) return [];
    const cell = `source.${quote(unit)}`;
    const id = `toString(${cell})`;
    const isSampled = `${cell} is not null and cityHash64(assumeNotNull(${id})) % ${share} = 0`;
    return [
      `select ${id} as unit, source._shard_num as shard from ${textOf(table)} as source where ${isSampled}`,
    ];
  });
  if (rows.length === 0) return 0;
  const shards = `select unit, uniqExact(shard) as shards from (${rows.join(" union all ")}) group by unit`;
  const [found] = await session.query(`select countIf(shards > 1) as spread from (${shards})`);
  return Number(found?.spread ?? 0);
}

function textOf({ database, name }: NamedTable): string {
  return database === null ? quote(name) : `${quote(database)}.${quote(name)}`;
}

function nameOf({ database, name }: NamedTable): string {
  return database === null ? name : `${database}.${name}`;
}
