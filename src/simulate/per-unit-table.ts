import type { Project } from "../model/project.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { drawRows, type RowValues } from "./action.ts";
import type { Activity } from "./activity.ts";
import { attributeColumns } from "./attribute-columns.ts";
import { type Journey, journeysOf } from "./journey.ts";
import { randomStream } from "./random.ts";
import { relatedId } from "./related-unit.ts";
import { type Cell, type Column, type FilledColumn, type SimulatedTable, tableOf } from "./table.ts";
import { unitColumns } from "./unit-column.ts";
import type { World } from "./world.ts";

interface UnitFact {
  readonly world: World;
  readonly journey: Journey;
  /** By the column that they fill. */
  readonly rows: ReadonlyMap<string, readonly RowValues[]>;
}

/** One row per unit that was exposed, and not forced. */
export function perUnitTable(
  project: Project,
  { units, columns, attributes }: PerUnitLayout,
  worlds: readonly World[],
): SimulatedTable {
  const filled: FilledColumn<UnitFact>[] = [
    { name: columns.variant, type: "string", cell: ({ journey }) => journey.variant },
  ];
  if (columns.experiment !== null) {
    filled.push({ name: columns.experiment, type: "string", cell: ({ world }) => world.experiment.key });
  }
  filled.push(
    ...unitColumns(project, units, ({ world, journey }: UnitFact, unitKey) =>
      relatedId(world, project, unitKey, journey.index, 0),
    ),
    ...attributeColumns<UnitFact>(project, attributes),
  );
  const activities = worlds.flatMap((world) => columnActivities(world));
  for (const name of new Set(activities.map(({ source }) => source.name))) {
    const same = activities.filter(({ source }) => source.name === name);
    const type = columnType(same);
    filled.push({ name, type, cell: ({ rows }) => summarise(rows.get(name) ?? null, name, type, same) });
  }
  return tableOf("perUnit", filled, () => factsOf(worlds, project));
}

function* factsOf(worlds: readonly World[], project: Project): Iterable<readonly UnitFact[]> {
  for (const world of worlds) {
    for (const journeys of journeysOf(world, project)) {
      yield journeys
        .filter(({ exposures }) => exposures.length > 0 && exposures.every(({ forced }) => !forced))
        .map((journey) => ({ world, journey, rows: rowsOf(world, journey) }));
    }
  }
}

function rowsOf(world: World, journey: Journey): UnitFact["rows"] {
  const behaviours = world.behaviours.get(journey.variant)!.activities;
  return new Map(
    world.doings.activities.flatMap((activity, index) => {
      if (activity.source.kind !== "column") return [];
      const random = randomStream(world.seed, `${journey.id}/${activity.key}`);
      return [[activity.source.name, drawRows(random, activity, behaviours[index]!)] as const];
    }),
  );
}

function columnActivities({ doings }: World): readonly Activity[] {
  return doings.activities.filter(({ source }) => source.kind === "column");
}

function columnType(activities: readonly Activity[]): Column["type"] {
  if (["sum", "mean", "quantile"].some((kind) => reads(activities, kind))) return "double";
  return reads(activities, "count") ? "integer" : "boolean";
}

/** What a unit's rows come to in one column; null where its experiment does not measure it. */
function summarise(
  rows: readonly RowValues[] | null,
  name: string,
  type: Column["type"],
  activities: readonly Activity[],
): Cell {
  if (rows === null) return null;
  if (type === "boolean") return rows.length > 0;
  if (type === "integer") return rows.length;
  const total = rows.reduce((sum, values) => sum + (values.get(name) ?? 1), 0);
  if (!reads(activities, "mean") && !reads(activities, "quantile")) return total;
  return rows.length > 0 ? total / rows.length : null;
}

function reads(activities: readonly Activity[], kind: string): boolean {
  return activities.some(({ readers }) => readers.some(({ metric }) => metric.kind === kind));
}
