import type { Filter } from "../model/metric.ts";
import type { Attribute } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import type { Exposure } from "../runtime/exposure.ts";
import { type Journey, journeysOf } from "./journey.ts";
import { randomStream } from "./random.ts";
import { relatedId } from "./related-unit.ts";
import { happens } from "./sampling.ts";
import { type Cell, type Column, type FilledColumn, type SimulatedTable, tableOf } from "./table.ts";
import { unitColumns } from "./unit-column.ts";
import type { World } from "./world.ts";

interface ExposureFact {
  readonly world: World;
  readonly journey: Journey;
  readonly exposure: Exposure;
  readonly bot: boolean;
}

const BOTS = 0.005;
/** Rows that a log delivers twice. */
const DELIVERED_TWICE = 0.01;

export function exposureTable(
  project: Project,
  { exposures: source }: EventLayout,
  worlds: readonly World[],
): SimulatedTable {
  const { columns } = source;
  const filled: readonly FilledColumn<ExposureFact>[] = [
    ...optional(columns.timestamp, "timestamp", ({ exposure }) => exposure.timestamp),
    ...optional(columns.experiment, "string", ({ exposure }) => exposure.experiment),
    ...optional(columns.iteration, "integer", ({ exposure }) => exposure.iteration),
    ...optional(columns.variant, "string", ({ exposure }) => exposure.variant),
    ...optional(columns.forced, "boolean", ({ exposure }) => exposure.forced),
    ...unitColumns(project, source.units, ({ world, journey }: ExposureFact, unitKey) =>
      relatedId(world, project, unitKey, journey.index, 0),
    ),
    ...source.exclude.map(excludeColumn),
    ...source.attributes.map((key) =>
      attributeColumn(
        project.attributes.find((one) => one.key === key),
        key,
      ),
    ),
  ];
  return tableOf("exposures", filled, () => factsOf(worlds, project));
}

function* factsOf(worlds: readonly World[], project: Project): Iterable<readonly ExposureFact[]> {
  for (const world of worlds) {
    for (const journeys of journeysOf(world, project)) {
      yield journeys.flatMap((journey) => loggedRows(world, journey));
    }
  }
}

function loggedRows(world: World, journey: Journey): readonly ExposureFact[] {
  const random = randomStream(world.seed, `${journey.id}/log`);
  const bot = happens(random, BOTS);
  return journey.exposures.flatMap((exposure) => {
    const fact = { world, journey, exposure, bot };
    return happens(random, DELIVERED_TWICE) ? [fact, fact] : [fact];
  });
}

function optional(
  name: string | null,
  type: Column["type"],
  cell: (fact: ExposureFact) => Cell,
): readonly FilledColumn<ExposureFact>[] {
  return name === null ? [] : [{ name, type, cell }];
}

function attributeColumn(attribute: Attribute | undefined, name: string): FilledColumn<ExposureFact> {
  return {
    name,
    type: attribute?.type === "number" ? "double" : attribute?.type === "boolean" ? "boolean" : "string",
    cell: ({ journey }) => {
      const value = journey.context[name] ?? null;
      return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
    },
  };
}

/** Bots have the value that leaves a row out, everybody else another one. */
function excludeColumn({ column, values }: Filter): FilledColumn<ExposureFact> {
  const [value] = values;
  if (typeof value === "boolean") {
    return { name: column, type: "boolean", cell: ({ bot }) => (values.length > 1 ? null : bot === value) };
  }
  if (typeof value === "number") {
    const other = Math.max(...values.map(Number)) + 1;
    return { name: column, type: "double", cell: ({ bot }) => (bot ? value : other) };
  }
  return { name: column, type: "string", cell: ({ bot }) => (bot ? (value ?? null) : null) };
}
