import type { ColumnType, TableColumn, TableRow } from "../../../src/warehouse/write-table.ts";
import { type ExposureRow, hasDevices, type LoggedSpec, SOURCE_OF, type World } from "./world.ts";

/** The rows of one source. A `timestamp` cell is whole microseconds since 1970. */
export interface WorldTable {
  readonly source: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** All rows of a world, by the source that holds them. `specHash` is of its plan. */
export function tablesOf(world: World, specHash: string): readonly WorldTable[] {
  const { exposures, events } = world;
  const device = hasDevices(world) ? ([["device", "device", "string"]] as const) : [];
  const written: Readonly<Record<LoggedSpec, string>> = {
    whole: specHash,
    twelve: specHash.slice(0, 12),
    seven: specHash.slice(0, 7),
    eight: specHash.slice(0, 8),
    other: "0".repeat(64),
  };
  const logged = exposures.map((row) => ({ ...row, spec: row.spec && written[row.spec] }));
  return [
    table("exposures", [...EXPOSURE_COLUMNS, ...device], logged),
    ...[...new Set(Object.values(SOURCE_OF))].map((source) =>
      table(
        source,
        [...EVENT_COLUMNS, ...device],
        events.filter(({ event }) => SOURCE_OF[event] === source),
      ),
    ),
  ];
}

type Columns<Row> = readonly (readonly [name: string, field: keyof Row & string, type: ColumnType])[];

function table<Row>(source: string, columns: Columns<Row>, rows: readonly Row[]): WorldTable {
  return {
    source,
    columns: columns.map(([name, , type]) => ({ name, type })),
    rows: rows.map((row) => columns.map(([, field]) => (row[field] ?? null) as TableRow[number])),
  };
}

const EXPOSURE_COLUMNS: Columns<Omit<ExposureRow, "spec"> & { readonly spec: string | null }> = [
  ["user", "user", "string"],
  ["experiment", "experiment", "string"],
  ["iteration", "iteration", "integer"],
  ["variant", "variant", "string"],
  ["time", "at", "timestamp"],
  ["forced", "forced", "boolean"],
  ["bot", "bot", "boolean"],
  ["country", "country", "string"],
  ["spec", "spec", "string"],
];

const EVENT_COLUMNS: Columns<World["events"][number]> = [
  ["user", "user", "string"],
  ["event", "event", "string"],
  ["time", "at", "timestamp"],
  ["amount", "amount", "double"],
  ["kind", "kind", "string"],
  ["refunded", "refunded", "boolean"],
];
