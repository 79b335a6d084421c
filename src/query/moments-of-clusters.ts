import { column } from "../sql/expressions.ts";
import { dropTable, table } from "../sql/queries.ts";
import type { Moments } from "../statistics/moments.ts";
import { breakDown } from "./break-down.ts";
import { centredMoments } from "./centred-moments.ts";
import type { ExperimentTables, TablesRequest } from "./experiment-tables.ts";
import type { MeasuredMetric } from "./measured-metric.ts";
import { createArrivingMembers, createClusters } from "./members.ts";
import { seriesOf } from "./metric-series.ts";
import type { Steps } from "./metric-steps.ts";
import type { Counts, MetricMoments } from "./observation.ts";
import type { Splits } from "./trait-splits.ts";

/**
 * A metric that is measured on the members of the experiment's units, whose totals are then what varies. A unit that
 * has come in gains members later, so every day of its series is summed anew.
 */
export async function momentsOfClusters(
  { engine, project }: TablesRequest,
  { members }: ExperimentTables,
  { metric, from, where, variable }: MeasuredMetric,
  steps: Steps,
  splits: Splits | null,
): Promise<MetricMoments> {
  if (from.kind !== "table") throw new Error("values are in no table");
  const values = { table: from.name, where, variable };
  const arriving = await createArrivingMembers(
    engine,
    `arriving members of ${metric.key}`,
    members.get(metric.per!)!,
    values,
    steps,
  );
  const name = `clusters of ${metric.key}`;
  const rows = { from: table(name), where: [] };
  const series: (readonly Moments[])[] = [];
  const last = steps.exposed.length - 1;
  let breakdowns: MetricMoments["breakdowns"];
  for (const [step, exposed] of steps.exposed.entries()) {
    await engine.run(createClusters(name, arriving, step));
    const [arms] = await centredMoments(engine, exposed.length, rows, [{ ...TOTALS, exposed }]);
    series.push(arms!);
    if (splits && step === last)
      [breakdowns] = await breakDown(engine, [{ ...rows, variable: TOTALS }], splits);
    await engine.run(dropTable(name));
  }
  await engine.run(dropTable(arriving.table));
  const arms = series[last]!;
  return {
    ...{ metric: metric.key, arms, exposed: steps.exposed[last]! },
    series: seriesOf(project.timezone, series, null, steps),
    clusters: membersOf(arms),
    ...(breakdowns ? { breakdowns } : {}),
  };
}

const TOTALS = {
  reported: null,
  values: [column("total"), column("members")],
  isBinary: false,
  silent: [0, 0],
};

function membersOf(arms: readonly Moments[]): Counts {
  return arms.map(({ units, means }) => Math.round(units * (means[1] ?? 0)));
}
