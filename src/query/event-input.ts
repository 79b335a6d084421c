import type { EventSource } from "../model/warehouse.ts";
import type { Sources } from "./prepare-sources.ts";
import type { ColumnNumbers } from "./skim-source.ts";
import type { SourceRelation } from "./source-relation.ts";

/** A source of events, as declared and as read. */
export interface EventInput {
  readonly source: EventSource;
  readonly relation: SourceRelation;
  /** Column of the id of the units that are followed. */
  readonly unit: string;
  /** Milliseconds: no row is earlier or later; null: not known. */
  readonly first: number | null;
  readonly last: number | null;
  /** By column. */
  readonly numbers: ReadonlyMap<string, ColumnNumbers>;
}

/** The source's events of units whose ids are in a column. */
export function eventInput(
  { relations, facts, numbers, lastInstant }: Sources,
  source: EventSource,
  unit: string,
): EventInput {
  const first = facts.find((each) => each.source === source.key)?.first ?? null;
  return {
    source,
    relation: relations.get(source.key)!,
    unit,
    first: first === null ? null : Date.parse(first),
    last: lastInstant,
    numbers: numbers.get(source.key) ?? new Map(),
  };
}
