import type { Place } from "../diagnostics/place.ts";
import { partsOf } from "../model/experiment-metrics.ts";
import type { EventRows, Filter, MetricPart } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout, EventSource, PerUnitLayout } from "../model/warehouse.ts";
import { useOfScalar } from "./cell-expressions.ts";
import type { ColumnNeed, ColumnUse, DeclaredSource } from "./column-need.ts";
import { type Reading, unitsOf } from "./reading.ts";

/** Key of the one-row-per-unit table among the sources. */
export const PER_UNIT = "perUnit";
/** Key of the exposures among the sources. */
export const EXPOSURES = "exposures";

/** The sources of a project and the columns that these readings need. */
export function declaredSources(
  project: Project,
  layout: EventLayout | PerUnitLayout,
  readings: readonly Reading[],
): readonly DeclaredSource[] {
  return layout.kind === "per-unit"
    ? [perUnitTable(project, layout, readings)]
    : [
        exposures(project, layout, readings),
        ...layout.events.map((source) => events(project, source, readings)),
      ];
}

function exposures(
  project: Project,
  { exposures: { from, units, columns, epoch, attributes, exclude } }: EventLayout,
  readings: readonly Reading[],
): DeclaredSource {
  const place = placeIn(project, ["warehouse", "sources", EXPOSURES]);
  const columnNeeds = Object.entries({ ...columns }).flatMap(([name, column]) =>
    column === null ? [] : [need(column, USES[name as keyof typeof USES], within(place, "columns", name))],
  );
  return {
    source: EXPOSURES,
    place,
    from,
    timestamp: columns.timestamp,
    epoch,
    needs: [
      ...columnNeeds,
      ...unitNeeds(units, readings, place),
      ...attributes.map((name, index) => need(name, "text", within(place, "attributes", index))),
      ...filterNeeds(exclude, within(place, "exclude"), null),
    ],
  };
}

const USES = {
  experiment: "text",
  variant: "text",
  iteration: "number",
  timestamp: "instant",
  forced: "flag",
  event: "text",
  specHash: "text",
} as const;

function events(project: Project, source: EventSource, readings: readonly Reading[]): DeclaredSource {
  const { key, from, units, columns, epoch } = source;
  const place = placeIn(project, ["warehouse", "sources", key]);
  const mine = readings.filter(
    (reading) => reading.everywhere || readRows(reading).some(({ rows }) => isReadFrom(project, rows, key)),
  );
  return {
    source: key,
    place,
    from,
    timestamp: columns.timestamp,
    epoch,
    needs: [
      need(columns.event, "text", within(place, "columns", "event")),
      ...(columns.timestamp === null
        ? []
        : [need(columns.timestamp, "instant", within(place, "columns", "timestamp"))]),
      ...unitNeeds(units, mine, place),
      ...mine
        .flatMap(readRows)
        .filter(({ rows }) => isReadFrom(project, rows, key))
        .flatMap((read) => eventRowsNeeds(read, columns.event)),
    ],
  };
}

function eventRowsNeeds({ rows, place }: ReadRows, eventColumn: string): readonly ColumnNeed[] {
  const { event: key, value, where } = rows;
  const event = { column: eventColumn, key };
  const values: readonly ColumnNeed[] =
    value === null
      ? []
      : [{ column: value, use: "number", place: within(place, "value"), event, absent: "left-out" }];
  return [...values, ...filterNeeds(where, within(place, "where"), event)];
}

function perUnitTable(
  project: Project,
  { from, units, columns, attributes }: PerUnitLayout,
  readings: readonly Reading[],
): DeclaredSource {
  const place = placeIn(project, ["warehouse", PER_UNIT]);
  return {
    source: PER_UNIT,
    place,
    from,
    timestamp: null,
    epoch: null,
    needs: [
      need(columns.variant, "text", within(place, "columns", "variant")),
      ...(columns.experiment === null
        ? []
        : [need(columns.experiment, "text", within(place, "columns", "experiment"))]),
      ...unitNeeds(units, readings, place),
      ...attributes.map((name, index) => need(name, "text", within(place, "attributes", index))),
      ...readings.flatMap(({ metrics }) => metrics.flatMap(partsOf).flatMap(columnNeeds)),
    ],
  };
}

/** A column of a one-row-per-unit table; a quantile and a mean leave units without a value out. */
function columnNeeds(metric: MetricPart): readonly ColumnNeed[] {
  if (metric.kind === "funnel" || metric.input.kind === "event") return [];
  return [
    {
      column: metric.input.column,
      use: "measure",
      place: { file: metric.file, path: ["column"] },
      event: null,
      absent: metric.kind === "mean" || metric.kind === "quantile" ? "fine" : "zero",
    },
  ];
}

/** Rows of an event that a metric reads, and where its file says so. */
interface ReadRows {
  readonly rows: EventRows;
  readonly place: Place;
}

function readRows({ metrics, trigger }: Reading): readonly ReadRows[] {
  const triggers = trigger
    ? [{ rows: trigger.rows, place: { file: trigger.file, path: ["analysis", "trigger"] } }]
    : [];
  const read = metrics.flatMap(partsOf).flatMap((metric): readonly ReadRows[] => {
    const place = { file: metric.file, path: [] };
    if (metric.kind === "funnel")
      return metric.steps.map((rows, index) => ({ rows, place: within(place, "steps", index) }));
    return metric.input.kind === "event" ? [{ rows: metric.input, place }] : [];
  });
  return [...triggers, ...read];
}

function isReadFrom(project: Project, { event: read }: EventRows, source: string): boolean {
  return project.events.some((event) => event.key === read && event.source === source);
}

function unitNeeds(
  units: Readonly<Record<string, string>>,
  readings: readonly Reading[],
  place: Place,
): readonly ColumnNeed[] {
  const keys = new Set(readings.flatMap(unitsOf));
  return Object.entries(units)
    .filter(([unit]) => keys.has(unit))
    .map(([unit, column]) => need(column, "id", within(place, "units", unit)));
}

function filterNeeds(
  filters: readonly Filter[],
  place: Place,
  event: ColumnNeed["event"],
): readonly ColumnNeed[] {
  return filters.flatMap(({ column, values }) =>
    [...new Set(values.map(useOfScalar))].map((use) => ({
      ...need(column, use, within(place, column)),
      event,
    })),
  );
}

function need(column: string, use: ColumnUse, place: Place): ColumnNeed {
  return { column, use, place, event: null, absent: "fine" };
}

function placeIn(project: Project, path: readonly string[]): Place {
  return { file: project.file, path };
}

function within(place: Place, ...steps: readonly (string | number)[]): Place {
  return { ...place, path: [...(place.path ?? []), ...steps] };
}
