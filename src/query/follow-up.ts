import type { Metric } from "../model/metric.ts";
import { binary, literal } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import type { Entries } from "./entries.ts";
import type { EntryScope } from "./entry-rows.ts";
import { type EventInput, eventInput } from "./event-input.ts";
import type { EventMeasures } from "./event-measure.ts";
import { maturityOf } from "./metric-steps.ts";
import { toMicroseconds } from "./microseconds.ts";
import type { QuantileArm } from "./observation.ts";
import type { QuantileRanks } from "./quantile-moments.ts";

/** A metric over units of one kind, whatever variants they met. */
export interface PooledMoments {
  readonly metric: Metric;
  /** Units whose window has passed, for a mean those without events too. */
  readonly units: number;
  /** Of values that were moved to the cap, where the metric has one. */
  readonly moments: Moments;
  /** Of the values and the same before the units were met, where that was asked for. */
  readonly adjusted?: Moments | null;
  /** Only of a quantile. */
  readonly quantile?: QuantileArm;
  /** Only of a funnel: the units that get to each step. */
  readonly steps?: readonly number[];
}

export interface FollowUp {
  readonly entries: Entries;
  /** Milliseconds after entry, the same of all metrics; null: no end but the cutoff. */
  readonly window: number | null;
  /** Milliseconds: nothing later counts, nor windows that end later. Null: the data are final. */
  readonly cutoff: number | null;
  /** Milliseconds before entry in which a metric is looked at too. */
  readonly before?: ReadonlyMap<Metric, number>;
  /** Of the intervals of quantiles. */
  readonly ranks: QuantileRanks;
}

/** The sources that the measures read, for the units of the scope. */
export function inputsOf(
  { layout, sources, unit }: EntryScope,
  measures: EventMeasures,
): readonly EventInput[] {
  const read = new Set(measures.list().map(({ source }) => source));
  return layout.events
    .filter(({ key }) => read.has(key))
    .map((source) => eventInput(sources, source, source.units[unit]!));
}

/** Whose window has passed by the cutoff, milliseconds; null: everybody's. */
export function passedBy(window: number | null, cutoff: number | null): readonly Expression[] {
  if (cutoff === null) return [];
  return [binary("at-most", maturityOf(window), literal(toMicroseconds(cutoff)))];
}
