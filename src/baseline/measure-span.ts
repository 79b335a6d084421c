import { DAY_MS, parseInstant } from "../model/calendar.ts";
import type { Entry } from "../model/entry.ts";
import { eventsOf } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import type { DataSpan } from "../plan/look-back.ts";
import type { Engine } from "../query/engine.ts";
import { type EntryScope, entryRows, entrySources } from "../query/entry-rows.ts";
import { entrySpan } from "../query/entry-span.ts";

/** A source that ends this long before another is no longer written. */
export const RECENT_MS = 28 * DAY_MS;

/** From when to when an entry brings units in; null without such rows, or timestamps. Each is looked up once. */
export type FindSpan = (scope: EntryScope, entry: Entry) => Promise<DataSpan | null>;

export function spanFinder(engine: Engine): FindSpan {
  const known = new Map<string, Promise<DataSpan | null>>();
  return (scope, entry) => {
    const key = JSON.stringify([scope.unit, entry]);
    const span = known.get(key) ?? findSpan(engine, scope, entry);
    known.set(key, span);
    return span;
  };
}

/**
 * Of any row, the span of the sources: all that are still written, up to where the first of them ends. Of exposures,
 * that of the unit's own, whoever an experiment is for: they end with the last experiment. Of an event, from where
 * it begins to where its source ends: a day without it is a day without it.
 */
async function findSpan(engine: Engine, scope: EntryScope, entry: Entry): Promise<DataSpan | null> {
  if (!scope.sources.timed) return null;
  const ofSources = joined(sourceSpans(scope, entrySources(scope, entry)));
  if (ofSources === null || entry.kind === "any-row") return ofSources;
  const whole: Entry = entry.kind === "exposures" ? { ...entry, audience: null } : entry;
  const rows = entryRows(scope, whole, { from: null, to: null });
  const span = rows && (await entrySpan(engine, rows));
  return span && entry.kind === "event" ? { ...span, last: ofSources.last } : span;
}

/**
 * Until when the data tell what units did: milliseconds of the last row of that source of the metric that ends
 * first, because what is missing would count as nothing done. Null where one has no rows.
 */
export function readUntil(scope: EntryScope, metric: Metric): number | null {
  const read = sourceSpans(scope, metricSources(scope, metric));
  return read.includes(null) ? null : Math.min(...read.map((span) => span!.last));
}

/** Since when they tell it: milliseconds of the first row of that source of the metric that begins last. */
export function readSince(scope: EntryScope, metric: Metric): number | null {
  const read = sourceSpans(scope, metricSources(scope, metric));
  return read.includes(null) ? null : Math.max(...read.map((span) => span!.first));
}

function metricSources({ project }: EntryScope, metric: Metric): readonly string[] {
  const events = eventsOf(metric);
  return [...new Set(project.events.filter(({ key }) => events.includes(key)).map(({ source }) => source))];
}

function sourceSpans({ sources }: EntryScope, keys: readonly string[]): readonly (DataSpan | null)[] {
  return keys.map((key) => {
    const facts = sources.facts.find(({ source }) => source === key);
    if (!facts || facts.first === null || facts.last === null) return null;
    return { first: parseInstant(facts.first), last: parseInstant(facts.last) };
  });
}

function joined(spans: readonly (DataSpan | null)[]): DataSpan | null {
  const known = spans.filter((span) => span !== null);
  if (known.length === 0) return null;
  const latest = Math.max(...known.map(({ last }) => last));
  return {
    first: Math.min(...known.map(({ first }) => first)),
    last: Math.min(...known.map(({ last }) => last).filter((last) => last >= latest - RECENT_MS)),
  };
}
