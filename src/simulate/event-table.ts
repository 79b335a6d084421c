import type { EventDeclaration } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { EventSource } from "../model/warehouse.ts";
import { journeysOf } from "./journey.ts";
import { drawProperties } from "./property.ts";
import { randomStream } from "./random.ts";
import { between, pick } from "./sampling.ts";
import { type Column, type FilledColumn, type SimulatedTable, tableOf } from "./table.ts";
import { unitColumns } from "./unit-column.ts";
import { type EventFact, unitEvents } from "./unit-events.ts";
import { streamEnd, type World } from "./world.ts";

/** Visitors outside all experiments, per unit inside. */
const OUTSIDE = 0.02;

export function eventTable(project: Project, source: EventSource, worlds: readonly World[]): SimulatedTable {
  const declarations = project.events.filter((event) => event.source === source.key);
  const { columns, units } = source;
  const { timestamp } = columns;
  const filled: readonly FilledColumn<EventFact>[] = [
    { name: columns.event, type: "string", cell: ({ declaration }) => declaration.key },
    ...(timestamp === null
      ? []
      : [{ name: timestamp, type: "timestamp", cell: ({ at }: EventFact) => at } as const]),
    ...unitColumns(project, units, ({ declaration, idOf }: EventFact, unitKey) =>
      declaration.units.includes(unitKey) ? idOf(unitKey) : null,
    ),
    ...propertyColumns(declarations),
  ];
  return tableOf(source.key, filled, () => factsOf(project, worlds, declarations));
}

function* factsOf(
  project: Project,
  worlds: readonly World[],
  declarations: readonly EventDeclaration[],
): Iterable<readonly EventFact[]> {
  const byKey = new Map(declarations.map((declaration) => [declaration.key, declaration]));
  for (const world of worlds) {
    for (const journeys of journeysOf(world, project)) {
      yield journeys.flatMap((journey) => [...unitEvents(project, world, journey, byKey)]);
    }
  }
  yield [...outsideEvents(worlds, declarations)];
}

function propertyColumns(declarations: readonly EventDeclaration[]): readonly FilledColumn<EventFact>[] {
  const types = new Map<string, Column["type"]>();
  for (const { properties } of declarations) {
    for (const { key, type } of properties) {
      const own = type.kind === "number" ? "double" : type.kind === "boolean" ? "boolean" : "string";
      types.set(key, (types.get(key) ?? own) === own ? own : "string");
    }
  }
  return [...types].map(([name, type]) => ({
    name,
    type,
    cell: ({ properties }) => {
      const value = properties.get(name) ?? null;
      return type === "string" && value !== null ? String(value) : value;
    },
  }));
}

/** Visitors that no experiment knows, to the end of the stream: what makes every window mature. */
function* outsideEvents(
  worlds: readonly World[],
  declarations: readonly EventDeclaration[],
): Iterable<EventFact> {
  if (declarations.length === 0) return;
  const { seed } = worlds[0]!;
  const random = randomStream(seed, `outside/${declarations[0]!.source}`);
  const from = Math.min(...worlds.map((world) => world.from));
  const end = streamEnd(worlds);
  const inside = worlds.reduce((total, { units }) => total + units, 0);
  const count = 20 + Math.ceil(inside * OUTSIDE);
  for (let index = 0; index < count; index++) {
    const declaration = pick(random, declarations);
    const at = index === count - 1 ? end : Math.floor(between(random, from, end));
    const number = String(index).padStart(6, "0");
    const idOf = (unitKey: string) => `visitor-${unitKey}-${seed}-${number}`;
    yield { declaration, at, idOf, properties: drawProperties(random, declaration) };
  }
}
