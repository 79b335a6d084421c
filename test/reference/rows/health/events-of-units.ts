import type { ExposedUnit } from "../first-exposures.ts";
import {
  type EventName,
  eventsByUnit,
  type MetricSpec,
  type Selection,
  SOURCE_OF,
  type World,
} from "../world.ts";
import { countRepeated } from "./repeated-rows.ts";

/** By source, of the events that the primary metric reads: rows of exposed units, and units on each side of their first exposure. */
export function eventsOfUnits(world: World, units: readonly ExposedUnit[], asOf: number) {
  const read = new Set(eventsRead(world.metrics[0]!));
  return sourcesOf(read).map((source) => {
    const wanted = world.events.filter(
      ({ event, at }) => SOURCE_OF[event] === source && read.has(event) && at <= asOf,
    );
    const rowsOfUnit = eventsByUnit(wanted);
    const followed = units.map((unit) => ({ unit, rows: rowsOfUnit.get(unit.id) ?? [] }));
    const count = (is: (each: (typeof followed)[number]) => boolean) =>
      world.variants.map(
        (_, index) => followed.filter((each) => each.unit.variant === index && is(each)).length,
      );
    return {
      source,
      since: null,
      units: count(() => true),
      ...countRepeated(
        followed.flatMap(({ rows }) => rows),
        ({ user, at, event }) => [user, at, event],
      ),
      before: count(({ unit, rows }) => rows.some(({ at }) => at < unit.first)),
      joined: count(({ unit, rows }) => rows.some(({ at }) => at >= unit.first)),
    };
  });
}

/** Sources that any metric reads. */
export function sourcesRead({ metrics }: World): readonly string[] {
  return sourcesOf(new Set(metrics.flatMap(eventsRead)));
}

function sourcesOf(events: ReadonlySet<EventName>): readonly string[] {
  const sources = new Set([...events].map((event) => SOURCE_OF[event]));
  return [...new Set(Object.values(SOURCE_OF))].filter((source) => sources.has(source));
}

function eventsRead({ body }: MetricSpec): readonly EventName[] {
  const selections: readonly Selection[] =
    body.kind === "ratio"
      ? [body.numerator.on, body.denominator.on]
      : body.kind === "funnel"
        ? body.steps
        : [body.on];
  return selections.map(({ event }) => event);
}
