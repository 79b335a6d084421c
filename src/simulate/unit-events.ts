import { DAY_MS } from "../model/calendar.ts";
import type { EventDeclaration, Scalar } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { drawRow, drawRows } from "./action.ts";
import type { Activity } from "./activity.ts";
import type { Behaviour } from "./behaviour.ts";
import { drawRate } from "./clustered-rate.ts";
import { orderedMetrics } from "./event-group.ts";
import type { Journey } from "./journey.ts";
import { memberCount, memberExposed } from "./membership.ts";
import type { Path } from "./path.ts";
import { drawProperties } from "./property.ts";
import { type Random, randomStream } from "./random.ts";
import { relatedId } from "./related-unit.ts";
import { happens } from "./sampling.ts";
import { triggeredAt } from "./trigger.ts";
import type { World } from "./world.ts";

export interface EventFact {
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

/** One unit in one world, among the events that are declared. */
interface Acting {
  readonly world: World;
  readonly journey: Journey;
  readonly declarations: ReadonlyMap<string, EventDeclaration>;
  /** From when on it is followed. */
  readonly start: number;
  readonly idOf: (member: number | null) => EventFact["idOf"];
}

/** All that a unit does, in no order of time. */
export function* unitEvents(
  project: Project,
  world: World,
  journey: Journey,
  declarations: ReadonlyMap<string, EventDeclaration>,
): Iterable<EventFact> {
  const { experiment, seed, doings } = world;
  const { trigger } = experiment.analysis;
  const exposed = journey.exposures[0]?.timestamp;
  const triggered = trigger === null || exposed === undefined ? null : triggeredAt(seed, journey.id, exposed);
  const acting: Acting = {
    world,
    journey,
    declarations,
    start: triggered ?? exposed ?? journey.arrival,
    idOf: (member) => (unitKey) => relatedId(world, project, unitKey, journey.index, member),
  };
  if (exposed !== undefined) yield* exposureEvent(acting, exposed);
  if (triggered !== null) yield* triggerEvent(acting);
  // Whoever has no trigger has no such event at all.
  const isMissing = (name: string) => name === trigger?.event && exposed !== undefined && triggered === null;
  const behaviours = world.behaviours.get(journey.variant)!;
  for (const [index, activity] of doings.activities.entries()) {
    const declaration = activity.source.kind === "event" ? declarations.get(activity.source.name) : undefined;
    if (declaration === undefined || isMissing(activity.source.name)) continue;
    const behaviour = behaviours.activities[index]!;
    if (activity.group.per !== null) yield* memberEvents(acting, activity, behaviour, declaration);
    else {
      const random = randomStream(seed, `${journey.id}/${activity.key}`);
      yield* activityEvents(acting, random, activity, behaviour, declaration);
      yield* uncountedEvents(acting, activity, acting.start, declaration);
    }
    yield* earlierEvents(acting, index, declaration);
  }
  for (const [index, path] of doings.paths.entries()) {
    if (path.steps.every(({ name }) => !isMissing(name)))
      yield* pathEvents(acting, path, behaviours.reaches[index]!, behaviours.activities);
  }
}

function* exposureEvent(
  { world: { experiment, seed }, journey, declarations, idOf }: Acting,
  exposed: number,
): Iterable<EventFact> {
  if (experiment.exposure.kind !== "event") return;
  const declaration = declarations.get(experiment.exposure.event);
  const random = randomStream(seed, `${journey.id}/exposure`);
  if (declaration === undefined) return;
  yield {
    declaration,
    at: exposed - 1000,
    idOf: idOf(0),
    properties: drawProperties(random, declaration),
  };
}

function* triggerEvent({ world, journey, declarations, start, idOf }: Acting): Iterable<EventFact> {
  const { event, where } = world.experiment.analysis.trigger!;
  const declaration = declarations.get(event);
  if (declaration === undefined) return;
  const random = randomStream(world.seed, `${journey.id}/trigger/row`);
  const wanted = new Map(where.map(({ column, values }) => [column, values]));
  yield { declaration, at: start, idOf: idOf(null), properties: drawProperties(random, declaration, wanted) };
}

function* activityEvents(
  { world, start, idOf }: Acting,
  random: Random,
  activity: Activity,
  behaviour: Behaviour,
  declaration: EventDeclaration,
): Iterable<EventFact> {
  const { from, within, where } = activity;
  for (const values of drawRows(random, activity, behaviour)) {
    const at = start + 1 + from + Math.floor(random() ** 2 * (within - from - 2));
    const properties = drawProperties(random, declaration, where, values);
    const member = Math.floor(random() * 3);
    yield { declaration, at, idOf: idOf(world.memberships.size > 0 ? null : member), properties };
  }
}

/** Each member on its own, from its own exposure on, with the rate of their randomised unit. */
function* memberEvents(
  acting: Acting,
  activity: Activity,
  behaviour: Behaviour,
  declaration: EventDeclaration,
): Iterable<EventFact> {
  const { world, journey, idOf } = acting;
  const { seed, memberships, to } = world;
  const unit = activity.group.per!;
  const place = `${journey.id}/${activity.key}`;
  const rate = drawRate(randomStream(seed, `${place}/rate`), behaviour.rate, activity.likeness);
  const first = journey.exposures[0]?.timestamp ?? journey.arrival;
  let last = acting.start;
  for (let member = 0; member < memberCount(memberships.get(unit)!, seed, journey.id, unit); member++) {
    const start = Math.max(acting.start, memberExposed(seed, journey.id, member, first, to));
    const own: Acting = { ...acting, start };
    const random = randomStream(seed, `${place}/${member}`);
    for (const fact of activityEvents(own, random, activity, { ...behaviour, rate }, declaration))
      yield { ...fact, idOf: idOf(member) };
    last = Math.max(last, start);
  }
  yield* uncountedEvents(acting, activity, last, declaration);
}

/** Before the unit arrived, and after the last window that could count the event. */
function* uncountedEvents(
  { world, journey: { id, arrival }, idOf }: Acting,
  activity: Activity,
  start: number,
  declaration: EventDeclaration,
): Iterable<EventFact> {
  const { seed, experiment, doings } = world;
  const { rate, key, source, correlation } = activity;
  const random = randomStream(seed, `${id}/${key}/uncounted`);
  const instants: number[] = [];
  if (happens(random, rate * BEFORE) && correlation === null)
    instants.push(arrival - 2000 - Math.floor(random() * BEFORE_WITHIN));
  const windows = [
    ...doings.activities
      .filter((other) => other.source.name === source.name)
      .flatMap(({ readers }) => readers.map(({ metric }) => metric.window ?? Number.POSITIVE_INFINITY)),
    ...orderedMetrics(experiment).map(({ window }) => window),
  ];
  const closed = start + Math.max(...windows);
  if (Number.isFinite(closed) && happens(random, rate * AFTER)) {
    instants.push(closed + 1 + Math.floor(random() * (DAY_MS - 2)));
  }
  for (const at of instants) {
    const noise = randomStream(seed, `${id}/${key}/${at}`);
    yield { declaration, at, idOf: idOf(0), properties: drawProperties(noise, declaration) };
  }
}

/**
 * What CUPED reads. A share of the units, as large as the correlation, did before exposure just what they would do after
 * it under the control; the others did something of the same kind that tells nothing.
 */
function* earlierEvents(
  { world, journey, start, idOf }: Acting,
  index: number,
  declaration: EventDeclaration,
): Iterable<EventFact> {
  const { seed, experiment, doings } = world;
  const activity = doings.activities[index]!;
  const period = experiment.analysis.cuped;
  if (activity.correlation === null || period === null) return;
  const place = `${journey.id}/${activity.key}`;
  const random = randomStream(seed, `${place}/earlier`);
  const isSame = happens(random, activity.correlation);
  const control = world.behaviours.get(experiment.control)!.activities[index]!;
  for (const values of drawRows(isSame ? randomStream(seed, place) : random, activity, control)) {
    const at = start - 1 - Math.floor(random() * (period - 2));
    const properties = drawProperties(random, declaration, activity.where, values);
    yield { declaration, at, idOf: idOf(world.memberships.size > 0 ? null : 0), properties };
  }
}

/** One number decides how far a unit gets: who gets to a step gets there in every world that lets more through. */
function* pathEvents(
  { world: { seed, doings, memberships }, journey, declarations, start, idOf }: Acting,
  { key, steps, from, to }: Path,
  reach: readonly number[],
  behaviours: readonly Behaviour[],
): Iterable<EventFact> {
  const random = randomStream(seed, `${journey.id}/${key}`);
  const place = random();
  const instants = steps
    .map(() => random() * (to - from - steps.length))
    .sort((a, b) => a - b)
    .map((age, step) => start + from + Math.floor(age) + step);
  for (const [step, group] of steps.entries()) {
    if (place >= reach[step]!) return;
    const declaration = declarations.get(group.name);
    if (declaration === undefined) continue;
    const own = randomStream(seed, `${journey.id}/${key}/${step}`);
    const index = doings.activities.findIndex((activity) => activity.group === group);
    const values = index < 0 ? undefined : drawRow(own, doings.activities[index]!, behaviours[index]!);
    const properties = drawProperties(own, declaration, group.where, values);
    yield { declaration, at: instants[step]!, idOf: idOf(memberships.size > 0 ? null : 0), properties };
  }
}
