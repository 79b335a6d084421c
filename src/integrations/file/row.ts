import type { Exposure, TrackedEvent } from "../../runtime/index.ts";

/** The columns of `warehouse.sources.exposures`; null leaves one out. */
export interface ExposureColumns {
  readonly timestamp: string;
  readonly experiment: string;
  readonly iteration: string | null;
  readonly variant: string;
  readonly forced: string | null;
}

/** The columns of another source of `warehouse.sources`. */
export interface EventColumns {
  readonly timestamp: string;
  readonly event: string;
}

/** Column names of ids by the keys of their units. */
export interface UnitColumns {
  readonly [unit: string]: string;
}

export interface Row {
  readonly [column: string]: unknown;
}

/** One row per exposure: every unit and attribute has its column, null where it is not known. */
export function exposureRow(
  { actingUnits, attributes, experiment, forced, iteration, timestamp, unitId, unitType, variant }: Exposure,
  columns: ExposureColumns,
  units: UnitColumns,
  attributeColumns: readonly string[],
): Row {
  return rowOf([
    ...attributeColumns.map((name) => [name, null] as const),
    ...Object.entries(attributes),
    ...idsOf({ ...actingUnits, [unitType]: unitId }, units),
    [columns.timestamp, new Date(timestamp).toISOString()],
    [columns.experiment, experiment],
    [columns.iteration, iteration],
    [columns.variant, variant],
    [columns.forced, forced],
  ]);
}

/** One row per event: a column for every unit and property. */
export function eventRow(
  { event, properties, timestamp, units: ids }: TrackedEvent,
  columns: EventColumns,
  units: UnitColumns,
): Row {
  return rowOf([
    ...Object.entries(properties),
    ...idsOf(ids, units),
    [columns.timestamp, new Date(timestamp).toISOString()],
    [columns.event, event],
  ]);
}

/** Later cells win: nothing that a context or a property is called may take the place of what was assigned. */
function rowOf(cells: readonly (readonly [column: string | null, value: unknown])[]): Row {
  return Object.fromEntries(cells.filter(([column]) => column !== null));
}

function idsOf(
  ids: Readonly<Record<string, string>>,
  units: UnitColumns,
): readonly (readonly [string, string | null])[] {
  const own = new Map(Object.entries(ids));
  return Object.entries(units).map(([unit, column]) => [column, own.get(unit) ?? null]);
}
