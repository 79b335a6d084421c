import type { Project } from "./model/project.ts";
import type { ClickHouseWarehouse } from "./model/warehouse.ts";
import { tableNamed } from "./query/source-relation.ts";
import { EngineFailure } from "./sql/failure.ts";
import { openClickhouse, refusedConnection } from "./warehouse/clickhouse.ts";
import { openCluster } from "./warehouse/clickhouse-cluster.ts";
import type { UnitTable } from "./warehouse/clickhouse-sharding.ts";
import type { Connection } from "./warehouse/connection.ts";

export interface ClickhouseCredentials {
  /** Null: the project's own, or `default`. */
  readonly user: string | null;
  readonly password: string | null;
}

/**
 * Opens a project's ClickHouse. What the server refuses is told by the first query, as what it refuses later is.
 *
 * @param session Unlike that of any other session.
 * @param units Keys of the kinds of units that will be analysed.
 */
export async function openProjectClickhouse(
  { timezone }: Project,
  { clickhouse, layout }: ClickHouseWarehouse,
  credentials: ClickhouseCredentials,
  session: string,
  units: ReadonlySet<string>,
): Promise<Connection> {
  const { cluster, ...server } = clickhouse;
  const user = credentials.user ?? clickhouse.user;
  const options = { ...server, user, password: credentials.password, session, timezone };
  try {
    return cluster === null
      ? await openClickhouse(options)
      : await openCluster({ ...options, cluster, tables: tablesOf(layout, units) });
  } catch (error) {
    if (error instanceof EngineFailure) return refusedConnection(error, timezone);
    throw error;
  }
}

function tablesOf(layout: ClickHouseWarehouse["layout"], units: ReadonlySet<string>): readonly UnitTable[] {
  const sources = layout.kind === "per-unit" ? [layout] : [layout.exposures, ...layout.events];
  return sources.flatMap((source) => {
    const columns = Object.entries(source.units).flatMap(([unit, column]) =>
      units.has(unit) ? [column] : [],
    );
    return source.from.kind === "table"
      ? [{ table: tableNamed(source.from.name), units: [...new Set(columns)] }]
      : [];
  });
}
