import { DAY_MS } from "../model/calendar.ts";
import type { EventDeclaration, Scalar } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { EventSource } from "../model/warehouse.ts";
import { drawRows } from "./action.ts";
import type { Activity } from "./activity.ts";
import { type Journey, journeysOf } from "./journey.ts";
import { drawProperties } from "./property.ts";
import { randomStream } from "./random.ts";
import { relatedId } from "./related-unit.ts";
import { between, happens, pick } from "./sampling.ts";
import { type Column, type FilledColumn, type SimulatedTable, tableOf } from "./table.ts";
import { unitColumns } from "./unit-column.ts";
import { streamEnd, type World } from "./world.ts";

interface EventFact {
  readonly declaration: EventDeclaration;
  readonly at: number;
  /** The id that the row carries of a unit of its event. */
  readonly idOf: (unitKey: string) => string | null;
  readonly properties: ReadonlyMap<string, Scalar>;
}

/** Of an activity's actors: who acts before exposure too, and again after every window. Neither may count. */
const BEFORE = 0.5;
const AFTER = 0.3;
const BEFORE_WITHIN = 7 * DAY_MS;
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

function* unitEvents(
  project: Project,
  world: World,
  journey: Journey,
  declarations: ReadonlyMap<string, EventDeclaration>,
): Iterable<EventFact> {
  const { experiment, seed } = world;
  const behaviours = world.behaviours.get(journey.variant)!;
  const exposed = journey.exposures[0]?.timestamp;
  const start = exposed ?? journey.arrival;
  const idOf = (member: number) => (unitKey: string) =>
    relatedId(world, project, unitKey, journey.index, member);
  if (experiment.exposure.kind === "event" && exposed !== undefined) {
    const declaration = declarations.get(experiment.exposure.event);
    const random = randomStream(seed, `${journey.id}/exposure`);
    if (declaration !== undefined) {
      yield {
        declaration,
        at: exposed - 1000,
        idOf: idOf(0),
        properties: drawProperties(random, declaration),
      };
    }
  }
  for (const [index, activity] of world.activities.entries()) {
    const declaration = activity.source.kind === "event" ? declarations.get(activity.source.name) : undefined;
    if (declaration === undefined) continue;
    const random = randomStream(seed, `${journey.id}/${activity.key}`);
    for (const values of drawRows(random, activity, behaviours[index]!)) {
      const at = start + 1 + Math.floor(random() ** 2 * (activity.within - 2));
      const properties = drawProperties(random, declaration, activity.where, values);
      yield { declaration, at, idOf: idOf(Math.floor(random() * 3)), properties };
    }
    for (const at of uncountedInstants(world, activity, journey, start)) {
      const noise = randomStream(seed, `${journey.id}/${activity.key}/${at}`);
      yield { declaration, at, idOf: idOf(0), properties: drawProperties(noise, declaration) };
    }
  }
}

/** Before the unit arrived, and after the last window that could count the event. */
function uncountedInstants(
  { activities, seed }: World,
  { rate, key, source }: Activity,
  { id, arrival }: Journey,
  start: number,
): readonly number[] {
  const random = randomStream(seed, `${id}/${key}/uncounted`);
  const instants: number[] = [];
  if (happens(random, rate * BEFORE)) instants.push(arrival - 2000 - Math.floor(random() * BEFORE_WITHIN));
  const windows = activities
    .filter((other) => other.source.name === source.name)
    .flatMap(({ readers }) => readers.map(({ metric }) => metric.window ?? Number.POSITIVE_INFINITY));
  const closed = start + Math.max(...windows);
  if (Number.isFinite(closed) && happens(random, rate * AFTER)) {
    instants.push(closed + 1 + Math.floor(random() * (DAY_MS - 2)));
  }
  return instants;
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
