import type { Metric } from "../model/metric.ts";
import { column } from "../sql/expressions.ts";
import { dropTable } from "../sql/queries.ts";
import type { Moments } from "../statistics/moments.ts";
import { centredMoments } from "./centred-moments.ts";
import type { Engine } from "./engine.ts";
import { countPassed, type Entries } from "./entries.ts";
import type { EntryScope } from "./entry-rows.ts";
import { eventMeasures } from "./event-measure.ts";
import { createEventValues, type EventInput, sumName } from "./event-values.ts";
import { unitVariable, valueOfEvents } from "./unit-variable.ts";

/** A metric over units of one kind, whatever variants they met. */
export interface PooledMoments {
  readonly metric: Metric;
  /** Units whose window has passed, for a mean those without events too. */
  readonly units: number;
  readonly moments: Moments;
}

export interface FollowUp {
  readonly entries: Entries;
  /** Milliseconds after entry, the same of all metrics; null: no end but the cutoff. */
  readonly window: number | null;
  /** Milliseconds: nothing later counts, nor windows that end later. Null: the data are final. */
  readonly cutoff: number | null;
}

/** What the units did after they were met, by the definition that an analysis has: t₀ ≤ t ≤ t₀ + window. */
export async function momentsOfEntries(
  engine: Engine,
  { project, layout, sources, unit }: EntryScope,
  metrics: readonly Metric[],
  { entries, window, cutoff }: FollowUp,
): Promise<readonly PooledMoments[]> {
  const { measures, measureOf } = eventMeasures(project, metrics);
  const inputs = layout.events
    .filter(({ key }) => measures.some(({ source }) => source === key))
    .map(
      (source): EventInput => ({
        source,
        relation: sources.relations.get(source.key)!,
        unit: source.units[unit]!,
      }),
    );
  const earliest = sources.timed ? entries.earliest : null;
  const name = `values of ${entries.table}`;
  await engine.run(createEventValues(name, inputs, measures, { units: entries.table, earliest, cutoff }));
  const units = await countPassed(engine, entries, cutoff, window);
  const variables = metrics.map((metric) => ({
    ...unitVariable(metric, (part) =>
      valueOfEvents(part, (sum) => column(sumName(measureOf(metric, part), sum))),
    ),
    exposed: [units],
  }));
  const moments = await centredMoments(engine, 1, name, variables);
  await engine.run(dropTable(name));
  return metrics.map((metric, index) => ({ metric, units, moments: moments[index]![0]! }));
}
