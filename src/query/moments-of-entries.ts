import type { Metric } from "../model/metric.ts";
import { dropTable, table } from "../sql/queries.ts";
import { centredMoments } from "./centred-moments.ts";
import type { Engine } from "./engine.ts";
import { countPassed } from "./entries.ts";
import type { EntryScope } from "./entry-rows.ts";
import { eventMeasures } from "./event-measure.ts";
import { createEventValues } from "./event-values.ts";
import { type FollowUp, inputsOf, type PooledMoments, passedBy } from "./follow-up.ts";
import { keptMoments } from "./kept-moments.ts";
import { covariateOf, isSummed, outcomeOf, type SummedMetric, winsorizeOf } from "./measured-metric.ts";
import { beside, cappedAt, type UnitVariable } from "./unit-variable.ts";
import { findCap } from "./winsor-cap.ts";

/** What the units did after they were met, by the definition that an analysis has: t₀ ≤ t ≤ t₀ + window. */
export async function momentsOfEntries(
  engine: Engine,
  scope: EntryScope,
  metrics: readonly Metric[],
  followUp: FollowUp,
): Promise<readonly PooledMoments[]> {
  const { entries, window, cutoff } = followUp;
  const units = await countPassed(engine, entries, cutoff, window);
  const summed = metrics.filter(isSummed);
  const kept = metrics.filter((metric) => !isSummed(metric));
  return [
    ...(await summedMoments(engine, scope, summed, followUp, units)),
    ...(await keptMoments(engine, scope, kept, followUp, units)),
  ];
}

async function summedMoments(
  engine: Engine,
  scope: EntryScope,
  metrics: readonly SummedMetric[],
  { entries, window, cutoff, before = new Map() }: FollowUp,
  units: number,
): Promise<readonly PooledMoments[]> {
  if (metrics.length === 0) return [];
  const measures = eventMeasures(scope.project);
  const user = { owner: 0, settled: window ?? 0 };
  const outcomes = metrics.map((metric) => ({
    metric,
    variable: outcomeOf(metric, measures, user),
    covariate: covariateOf(metric, { analysis: { cuped: before.get(metric) ?? null } }, measures, user),
  }));
  const earliest = scope.sources.timed ? entries.earliest : null;
  const name = `values of ${entries.table}`;
  const population = { owner: 0, table: entries.table, earliest, cutoff };
  await engine.run(createEventValues(name, inputsOf(scope, measures), measures.list(), [population]));
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
