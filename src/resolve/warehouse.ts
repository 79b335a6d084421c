import type { Attribute, Unit } from "../model/population.ts";
import type { EventSource, ExposureSource, PerUnitLayout, Warehouse } from "../model/warehouse.ts";
import type {
  EventSourceDocument,
  ExposureSourceDocument,
  FilesDocument,
  ProjectDocument,
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
  if (document?.perUnit) {
    const layout = resolvePerUnit(findings, document.perUnit, scope);
    return { engine: document.engine, layout };
  }
  if (!document?.sources) return null;
  const { exposures, ...events } = document.sources;
  return {
    engine: document.engine,
    layout: {
      kind: "events",
      exposures: resolveExposures(findings, exposures, scope),
      events: Object.entries(events as { readonly [key: string]: EventSourceDocument }).map(([key, source]) =>
        resolveEventSource(findings, key, source, scope),
      ),
    },
  };
}

function resolvePerUnit(
  findings: Findings,
  { from, units, columns }: NonNullable<WarehouseDocument["perUnit"]>,
  scope: WarehouseScope,
): PerUnitLayout {
  return {
    kind: "per-unit",
    from: patterns(findings, from, ["warehouse", "perUnit"]),
    units: unitColumns(findings, units, ["warehouse", "perUnit"], scope),
    columns: { variant: columns.variant, experiment: columns.experiment ?? null },
  };
}

function resolveExposures(
  findings: Findings,
  { from, units, columns, attributes = [], exclude }: ExposureSourceDocument,
  scope: WarehouseScope,
): ExposureSource {
  const path = ["warehouse", "sources", "exposures"];
  return {
    from: patterns(findings, from, path),
    units: unitColumns(findings, units, path, scope),
    columns: {
      experiment: columns.experiment,
      variant: columns.variant,
      iteration: columns.iteration ?? null,
      timestamp: columns.timestamp ?? null,
      forced: columns.forced ?? null,
    },
    attributes: attributes.filter((attribute, index) =>
      find(findings, scope.attributes, attribute, "attribute/unknown", [...path, "attributes", index]),
    ),
    exclude: resolveFilters(exclude),
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
    from: patterns(findings, from, path),
    units: unitColumns(findings, units, path, scope),
    columns: { event: columns.event, timestamp: columns.timestamp ?? null },
  };
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

function patterns(findings: Findings, document: FilesDocument, path: readonly string[]): readonly string[] {
  const all = Array.isArray(document) ? [...document] : [document];
  return all.filter((pattern, index) => {
    if (!leavesProject(pattern)) return true;
    const place = [...path, "from", ...(Array.isArray(document) ? [index] : [])];
    refuse(findings, "warehouse/outside-project", place, { pattern });
    return false;
  });
}
