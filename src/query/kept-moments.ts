import type { FunnelMetric, QuantileMetric } from "../model/metric.ts";
import { column, isNull, not } from "../sql/expressions.ts";
import { dropTable, table } from "../sql/queries.ts";
import { centredMoments } from "./centred-moments.ts";
import type { Engine } from "./engine.ts";
import type { EntryScope } from "./entry-rows.ts";
import { hitName, numberName } from "./event-hits.ts";
import { eventMeasures, windowSpan } from "./event-measure.ts";
import { createEventRows } from "./event-values.ts";
import { type FollowUp, inputsOf, type PooledMoments, passedBy } from "./follow-up.ts";
import { ARRIVED, createArrivals } from "./funnel-arrivals.ts";
import { quantileMoments } from "./quantile-moments.ts";

/** Metrics whose events have to be kept one by one, over `units` whose window has passed. */
export async function keptMoments(
  engine: Engine,
  scope: EntryScope,
  metrics: readonly (FunnelMetric | QuantileMetric)[],
  { entries, window, cutoff, ranks }: FollowUp,
  units: number,
): Promise<readonly PooledMoments[]> {
  if (metrics.length === 0) return [];
  const measures = eventMeasures(scope.project);
  const user = { owner: 0, settled: window ?? 0 };
  const ids = metrics.map((metric) =>
    (metric.kind === "funnel" ? metric.steps : [metric.input]).map((input) => {
      if (input.kind !== "event") throw new Error(`metric ${metric.key} reads no events`);
      return measures.need(input, windowSpan(window), [], user);
    }),
  );
  const rows = `events of ${entries.table}`;
  const earliest = scope.sources.timed ? entries.earliest : null;
  const population = { owner: 0, table: entries.table, earliest, cutoff };
  await engine.run(createEventRows(rows, inputsOf(scope, measures), measures.list(), [population]));
  const isPassed = passedBy(window, earliest === null ? null : cutoff);
  const pooled: PooledMoments[] = [];
  for (const [index, metric] of metrics.entries()) {
    const mine = ids[index]!.map((id) => measures.list().find((measure) => measure.id === id)!);
    const hits = mine.map(hitName);
    if (metric.kind === "funnel") {
      pooled.push(await momentsOfFunnel(engine, metric, { rows, where: isPassed, hits }, units));
      continue;
    }
    const value = column(numberName(mine[0]!, measures.list()));
    const where = [column(hits[0]!), not(isNull(value)), ...isPassed];
    const request = { engine, metric, from: table(rows), where, value, isKeyed: true, ranks };
    const { arms, quantile } = await quantileMoments({ ...request, exposed: [units] });
    pooled.push({ metric, units, moments: arms[0]!, quantile: quantile[0]! });
  }
  await engine.run(dropTable(rows));
  return pooled;
}

/** The units that arrive, and how many get to each step. */
async function momentsOfFunnel(
  engine: Engine,
  metric: FunnelMetric,
  kept: Parameters<typeof createArrivals>[2],
  units: number,
): Promise<PooledMoments> {
  const name = `arrivals of ${metric.key}`;
  const steps: number[] = [];
  let last: PooledMoments["moments"] | undefined;
  for (const step of metric.steps.keys()) {
    await engine.run(createArrivals(name, { ...metric, steps: metric.steps.slice(0, step + 1) }, kept));
    const [arms] = await centredMoments(engine, 1, { from: table(name) }, [{ ...ARRIVED, exposed: [units] }]);
    await engine.run(dropTable(name));
    last = arms![0]!;
    steps.push(Math.round(units * (last.means[0] ?? 0)));
  }
  return { metric, units, moments: last!, steps };
}
