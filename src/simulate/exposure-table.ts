import type { Filter } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import type { Exposure } from "../runtime/exposure.ts";
import { attributeColumns } from "./attribute-columns.ts";
import { type Journey, journeysOf } from "./journey.ts";
import { memberCount, memberExposed } from "./membership.ts";
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
  readonly member: number;
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
    // A world has no plan: which one a variant came from is not known.
    ...optional(columns.specHash, "string", () => null),
    ...unitColumns(project, source.units, ({ world, journey, member }: ExposureFact, unitKey) =>
      relatedId(world, project, unitKey, journey.index, member),
    ),
    ...source.exclude.map(excludeColumn),
    ...attributeColumns<ExposureFact>(project, source.attributes),
  ];
  return tableOf("exposures", filled, () => factsOf(worlds, project));
}

function* factsOf(worlds: readonly World[], project: Project): Iterable<readonly ExposureFact[]> {
  for (const world of worlds) {
    for (const journeys of journeysOf(world, project)) {
      yield journeys.flatMap((journey) => [...loggedRows(world, journey), ...memberRows(world, journey)]);
    }
  }
}

function loggedRows(world: World, journey: Journey): readonly ExposureFact[] {
  const random = randomStream(world.seed, `${journey.id}/log`);
  const bot = happens(random, BOTS);
  return journey.exposures.flatMap((exposure) => {
    const fact = { world, journey, exposure, member: 0, bot };
    return happens(random, DELIVERED_TWICE) ? [fact, fact] : [fact];
  });
}

/** The other members of a randomised unit meet the variant that it met first, some time later. */
function memberRows(world: World, journey: Journey): readonly ExposureFact[] {
  const { memberships, seed, to } = world;
  const [exposure] = journey.exposures;
  if (memberships.size === 0 || exposure === undefined) return [];
  const bot = happens(randomStream(seed, `${journey.id}/log`), BOTS);
  const sizes = [...memberships].map(([unit, sizes]) => memberCount(sizes, seed, journey.id, unit));
  return Array.from({ length: Math.max(...sizes) - 1 }, (_, index) => {
    const timestamp = memberExposed(seed, journey.id, index + 1, exposure.timestamp, to);
    return { world, journey, exposure: { ...exposure, timestamp }, member: index + 1, bot };
  });
}

function optional(
  name: string | null,
  type: Column["type"],
  cell: (fact: ExposureFact) => Cell,
): readonly FilledColumn<ExposureFact>[] {
  return name === null ? [] : [{ name, type, cell }];
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
