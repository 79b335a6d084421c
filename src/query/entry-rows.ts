import type { Entry } from "../model/entry.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout, EventSource } from "../model/warehouse.ts";
import { all, any, binary, call, column, literal, not, oneOf, parameter } from "../sql/expressions.ts";
import { named, select, subquery, unionAll } from "../sql/queries.ts";
import type { Expression, Query } from "../sql/tree.ts";
import { type AskedCondition, attributeCondition } from "./attribute-condition.ts";
import { flagOf, isBetween, isBlank, microsecondsOf, passes, textOf } from "./cell-expressions.ts";
import { EXPOSURES } from "./declared-sources.ts";
import type { Sources } from "./prepare-sources.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

export interface EntryScope {
  readonly project: Project;
  readonly layout: EventLayout;
  readonly sources: Sources;
  /** Key of the unit. */
  readonly unit: string;
  /** Key of another unit that rows must name beside it: they then have the columns `member` and `reason`, which is NULL. */
  readonly member?: string;
}

/** Microseconds since 1970, both included; null: no bound. */
export interface Bounds {
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** Keys of the sources whose rows can bring the unit in: those that have a column for its id. */
export function entrySources(
  { project, layout, unit, member = unit }: EntryScope,
  entry: Entry,
): readonly string[] {
  const has = ({ units }: Pick<EventSource, "units">) =>
    Object.hasOwn(units, unit) && Object.hasOwn(units, member);
  const events = layout.events.filter(has).map(({ key }) => key);
  const exposures = has(layout.exposures) ? [EXPOSURES] : [];
  if (entry.kind === "exposures") return exposures;
  if (entry.kind === "any-row") return [...exposures, ...events];
  const source = project.events.find(({ key }) => key === entry.event)?.source;
  return events.filter((key) => key === source);
}

/** The first attribute that keeps an entry's audience from being asked of the exposures; null where none does. */
export function unknownAttribute(scope: EntryScope, entry: Entry): string | null {
  const asked = audienceOf(scope, entry);
  return asked?.kind === "unknown" ? asked.attribute : null;
}

/**
 * The rows that bring units in: `unit` and `at` (microseconds, 0 without timestamps). Exposures to experiments on
 * another unit, forced or excluded ones are none, nor rows without an id. Null where no source has such rows, or the audience cannot be
 * asked of the data.
 */
export function entryRows(scope: EntryScope, entry: Entry, bounds: Bounds): Query | null {
  const queries = entrySources(scope, entry).map((key) =>
    key === EXPOSURES
      ? exposedUnits(scope, entry, bounds)
      : eventUnits(scope, scope.layout.events.find((source) => source.key === key)!, entry, bounds),
  );
  const known = queries.filter((query) => query !== null);
  return known.length === 0 ? null : unionAll(known);
}

/** A row of an experiment on another unit may carry the id too, as that of who acted: it says nothing of exposure. */
function exposedUnits(scope: EntryScope, entry: Entry, bounds: Bounds): Query | null {
  const { project, layout, sources, unit } = scope;
  const { exposures } = layout;
  const relation = sources.relations.get(EXPOSURES)!;
  const { experiment, timestamp, forced } = exposures.columns;
  const own = project.experiments.filter((each) => each.unit.key === unit).map(({ key }) => parameter(key));
  const conditions: Expression[] = [
    oneOf(textOf(relation, experiment), own),
    not(any(exposures.exclude.map((filter) => passes(relation, filter)))),
    ...(forced === null ? [] : [not(call("coalesce", flagOf(relation, forced), literal(false)))]),
  ];
  const asked = audienceOf(scope, entry);
  if (asked?.kind === "unknown") return null;
  if (asked) conditions.push(asked.expression);
  return unitsIn(scope, relation, { units: exposures.units, timestamp, conditions, bounds });
}

function audienceOf({ project, layout, sources }: EntryScope, entry: Entry): AskedCondition | null {
  if (entry.kind !== "exposures" || entry.audience === null) return null;
  const logged = project.attributes.filter(({ key }) => layout.exposures.attributes.includes(key));
  return attributeCondition(entry.audience, sources.relations.get(EXPOSURES)!, logged);
}

function eventUnits(scope: EntryScope, source: EventSource, entry: Entry, bounds: Bounds): Query {
  const { sources } = scope;
  const relation = sources.relations.get(source.key)!;
  const { event, timestamp } = source.columns;
  const isWanted =
    entry.kind === "event" ? [binary("equal", textOf(relation, event), parameter(entry.event))] : [];
  return unitsIn(scope, relation, { units: source.units, timestamp, conditions: isWanted, bounds });
}

interface Wanted {
  readonly units: Readonly<Record<string, string>>;
  readonly timestamp: string | null;
  readonly conditions: readonly Expression[];
  readonly bounds: Bounds;
}

function unitsIn(
  { unit, member }: EntryScope,
  relation: SourceRelation,
  { units, timestamp, conditions, bounds: { from, to } }: Wanted,
): Query {
  const rows = select({
    columns: [
      named("unit", textOf(relation, units[unit]!)),
      named("at", timestamp === null ? literal(0n) : microsecondsOf(relation, timestamp)),
      ...(member === undefined
        ? []
        : [named("member", textOf(relation, units[member]!)), named("reason", literal(null))]),
    ],
    from: scan(relation),
    where: all([...conditions, ...(timestamp === null ? [] : [isBetween(relation, timestamp, from, to)])]),
  });
  const kept = ["unit", "at", ...(member === undefined ? [] : ["member", "reason"])];
  return select({
    columns: kept.map((each) => named(each, column(each))),
    from: subquery(rows),
    where: not(isBlank(column("unit"))),
  });
}
