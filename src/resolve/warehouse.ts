import type { Attribute, Unit } from "../model/population.ts";
import type {
  EpochUnit,
  EventSource,
  ExposureSource,
  PerUnitLayout,
  SourceOrigin,
  Warehouse,
} from "../model/warehouse.ts";
import type {
  EventSourceDocument,
  ExposureSourceDocument,
  FromDocument,
  ProjectDocument,
  TimestampDocument,
  UnitColumnsDocument,
} from "../syntax/generated/documents.ts";
import { leavesProject } from "./data-pattern.ts";
import { resolveFilters } from "./filter.ts";
import { type Findings, refuse } from "./findings.ts";
import { find, type Names } from "./names.ts";

interface WarehouseScope {
  readonly units: Names<Unit>;
  readonly attributes: Names<Attribute>;
}

type WarehouseDocument = NonNullable<ProjectDocument["warehouse"]>;

/** Where analysis reads its data. Names of units and attributes that do not exist are reported and left out. */
export function resolveWarehouse(
  findings: Findings,
  document: WarehouseDocument | undefined,
  scope: WarehouseScope,
): Warehouse | null {
  const layout = document && resolveLayout(findings, document, scope);
  if (!layout) return null;
  const { engine, clickhouse } = document;
  const other = engine === "duckdb" ? "clickhouse" : "database";
  if (document[other] !== undefined)
    return refuse(
      findings,
      "warehouse/other-engine",
      ["warehouse", other],
      { key: other, engine },
      { part: "key" },
    );
  if (engine === "duckdb") return { engine, database: resolveDatabase(findings, document.database), layout };
  if (clickhouse === undefined) return refuse(findings, "warehouse/no-server", ["warehouse", "engine"], {});
  const { url, database = null, cluster = null, user = null, timeoutSeconds = 600 } = clickhouse;
  return { engine, clickhouse: { url, database, cluster, user, timeoutSeconds }, layout };
}

function resolveDatabase(findings: Findings, database: string | undefined): string | null {
  if (database === undefined) return null;
  if (!leavesProject(database)) return database;
  return refuse(findings, "warehouse/outside-project", ["warehouse", "database"], { pattern: database });
}

function resolveLayout(
  findings: Findings,
  document: WarehouseDocument,
  scope: WarehouseScope,
): Warehouse["layout"] | null {
  if (document.perUnit) return resolvePerUnit(findings, document.perUnit, scope);
  if (!document.sources) return null;
  const { exposures, ...events } = document.sources;
  return {
    kind: "events",
    exposures: resolveExposures(findings, exposures, scope),
    events: Object.entries(events as { readonly [key: string]: EventSourceDocument }).map(([key, source]) =>
      resolveEventSource(findings, key, source, scope),
    ),
  };
}

function resolvePerUnit(
  findings: Findings,
  { from, units, columns, attributes = [] }: NonNullable<WarehouseDocument["perUnit"]>,
  scope: WarehouseScope,
): PerUnitLayout {
  const path = ["warehouse", "perUnit"];
  return {
    kind: "per-unit",
    from: resolveOrigin(findings, from, path),
    units: unitColumns(findings, units, path, scope),
    columns: { variant: columns.variant, experiment: columns.experiment ?? null },
    attributes: knownAttributes(findings, attributes, path, scope),
  };
}

function resolveExposures(
  findings: Findings,
  { from, units, columns, attributes = [], exclude, testUnits = {} }: ExposureSourceDocument,
  scope: WarehouseScope,
): ExposureSource {
  const path = ["warehouse", "sources", "exposures"];
  return {
    from: resolveOrigin(findings, from, path),
    units: unitColumns(findings, units, path, scope),
    columns: {
      experiment: columns.experiment,
      variant: columns.variant,
      iteration: columns.iteration ?? null,
      timestamp: columnOf(columns.timestamp),
      forced: columns.forced ?? null,
      specHash: columns.specHash ?? null,
    },
    epoch: epochOf(columns.timestamp),
    attributes: knownAttributes(findings, attributes, path, scope),
    exclude: resolveFilters(exclude),
    testUnits: Object.fromEntries(
      Object.entries(testUnits).filter(([unit]) =>
        find(findings, scope.units, unit, "unit/unknown", [...path, "testUnits", unit], "key"),
      ),
    ),
  };
}

function resolveEventSource(
  findings: Findings,
  key: string,
  { from, units, columns }: EventSourceDocument,
  scope: WarehouseScope,
): EventSource {
  const path = ["warehouse", "sources", key];
  return {
    key,
    from: resolveOrigin(findings, from, path),
    units: unitColumns(findings, units, path, scope),
    columns: { event: columns.event, timestamp: columnOf(columns.timestamp) },
    epoch: epochOf(columns.timestamp),
  };
}

function columnOf(timestamp: TimestampDocument | undefined): string | null {
  return typeof timestamp === "object" ? timestamp.column : (timestamp ?? null);
}

function epochOf(timestamp: TimestampDocument | undefined): EpochUnit | null {
  return typeof timestamp === "object" ? timestamp.unit : null;
}

function unitColumns(
  findings: Findings,
  document: UnitColumnsDocument,
  path: readonly string[],
  { units }: WarehouseScope,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(document).filter(([unit]) =>
      find(findings, units, unit, "unit/unknown", [...path, "units", unit], "key"),
    ),
  );
}

function knownAttributes(
  findings: Findings,
  document: readonly string[],
  path: readonly string[],
  { attributes }: WarehouseScope,
): readonly string[] {
  return document.filter((attribute, index) =>
    find(findings, attributes, attribute, "attribute/unknown", [...path, "attributes", index]),
  );
}

function resolveOrigin(findings: Findings, document: FromDocument, path: readonly string[]): SourceOrigin {
  if (typeof document === "object" && !Array.isArray(document))
    return { kind: "table", name: document.table };
  const all = Array.isArray(document) ? [...document] : [document];
  const patterns = all.filter((pattern, index) => {
    if (!leavesProject(pattern)) return true;
    const place = [...path, "from", ...(Array.isArray(document) ? [index] : [])];
    refuse(findings, "warehouse/outside-project", place, { pattern });
    return false;
  });
  return { kind: "files", patterns };
}
