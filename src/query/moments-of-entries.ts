import type { Metric } from "../model/metric.ts";
import { binary, literal } from "../sql/expressions.ts";
import { dropTable, table } from "../sql/queries.ts";
import type { Expression } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import { centredMoments } from "./centred-moments.ts";
import type { Engine } from "./engine.ts";
import { countPassed, type Entries } from "./entries.ts";
import type { EntryScope } from "./entry-rows.ts";
import { type EventInput, eventInput } from "./event-input.ts";
import { type EventMeasures, eventMeasures } from "./event-measure.ts";
import { createEventValues } from "./event-values.ts";
import { covariateOf, isSummed, outcomeOf, winsorizeOf } from "./measured-metric.ts";
import { maturityOf } from "./metric-steps.ts";
import { toMicroseconds } from "./microseconds.ts";
import { beside, cappedAt, type UnitVariable } from "./unit-variable.ts";
import { findCap } from "./winsor-cap.ts";

/** A metric over units of one kind, whatever variants they met. */
export interface PooledMoments {
  readonly metric: Metric;
  /** Units whose window has passed, for a mean those without events too. */
  readonly units: number;
  /** Of values that were moved to the cap, where the metric has one. */
  readonly moments: Moments;
  /** Of the values and the same before the units were met, where that was asked for. */
  readonly adjusted?: Moments | null;
}

export interface FollowUp {
  readonly entries: Entries;
  /** Milliseconds after entry, the same of all metrics; null: no end but the cutoff. */
  readonly window: number | null;
  /** Milliseconds: nothing later counts, nor windows that end later. Null: the data are final. */
  readonly cutoff: number | null;
  /** Milliseconds before entry in which a metric is looked at too. */
  readonly before?: ReadonlyMap<Metric, number>;
}

/** What the units did after they were met, by the definition that an analysis has: t₀ ≤ t ≤ t₀ + window. */
export async function momentsOfEntries(
  engine: Engine,
  scope: EntryScope,
  metrics: readonly Metric[],
  { entries, window, cutoff, before = new Map() }: FollowUp,
): Promise<readonly PooledMoments[]> {
  const measures = eventMeasures(scope.project);
  const user = { owner: 0, settled: window ?? 0 };
  const outcomes = metrics.filter(isSummed).map((metric) => ({
    metric,
    variable: outcomeOf(metric, measures, user),
    covariate: covariateOf(metric, { analysis: { cuped: before.get(metric) ?? null } }, measures, user),
  }));
  const earliest = scope.sources.timed ? entries.earliest : null;
  const name = `values of ${entries.table}`;
  const population = { owner: 0, table: entries.table, earliest, cutoff };
  await engine.run(createEventValues(name, inputsOf(scope, measures), measures.list(), [population]));
  const units = await countPassed(engine, entries, cutoff, window);
  const rows = { from: table(name), where: passedBy(window, earliest === null ? null : cutoff) };
  const pooled: PooledMoments[] = [];
  const capped = [];
  for (const { metric, variable, covariate } of outcomes) {
    const limited = (each: UnitVariable) => withCap(engine, metric, each, { ...rows, units });
    const value = await limited(variable);
    capped.push({ metric, value, both: covariate && beside(value, await limited(covariate)) });
  }
  const wanted = capped.flatMap(({ value, both }) => (both ? [value, both] : [value]));
  const variables = wanted.map((variable) => ({ ...variable, exposed: [units] }));
  const moments = (await centredMoments(engine, 1, rows, variables)).map(([arm]) => arm!);
  for (const { metric, value, both } of capped) {
    const adjusted = both ? moments[wanted.indexOf(both)]! : null;
    pooled.push({ metric, units, moments: moments[wanted.indexOf(value)]!, adjusted });
  }
  await engine.run(dropTable(name));
  return pooled;
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

/** Planning reckons with the values that an analysis does: those of a winsorized metric are capped. */
async function withCap(
  engine: Engine,
  metric: Metric,
  variable: UnitVariable,
  { from, where, units }: Pick<Parameters<typeof findCap>[1], "from" | "where"> & { readonly units: number },
): Promise<UnitVariable> {
  const winsorize = winsorizeOf(metric);
  if (winsorize === null) return variable;
  const reported = variable.reported === null ? [] : [variable.reported];
  const silent = (rows: readonly number[]) => rows.map((count) => (variable.silent ? units - count : 0));
  const values = { from, where: [...where, ...reported], value: variable.values[0]!, arms: 1, silent };
  const { value } = await findCap(engine, values, winsorize);
  return value === null ? variable : cappedAt(variable, value);
}
