import { inputsOf, metricsOf } from "../model/experiment-metrics.ts";
import type { QuantileMetric } from "../model/metric.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { column, isNull, not } from "../sql/expressions.ts";
import { dropTable, table } from "../sql/queries.ts";
import { breakDown } from "./break-down.ts";
import { breakDownQuantile } from "./break-down-quantile.ts";
import { centredMoments } from "./centred-moments.ts";
import type { FollowedExperiment, MomentsRequest } from "./followed-experiment.ts";
import type { HealthFacts } from "./health/facts.ts";
import { isSummed, madeOf, type SummedMetric, winsorizeOf } from "./measured-metric.ts";
import type { Cap, MetricMoments } from "./observation.ts";
import { quantileMoments } from "./quantile-moments.ts";
import { type Splits, unitsOfSplits } from "./trait-splits.ts";
import { createUnitTable } from "./unit-table.ts";
import { cappedAt, type UnitVariable, valueOfColumn } from "./unit-variable.ts";
import { binsOf, isWorthBins } from "./value-bins.ts";
import { findCap } from "./winsor-cap.ts";

type Request = MomentsRequest & FollowedExperiment;

/** The moments of all metrics of an experiment, in its order, from a table with one row per unit. */
export async function momentsOfColumns(request: Request & { readonly layout: PerUnitLayout }): Promise<{
  readonly metrics: readonly MetricMoments[];
  readonly health: Pick<HealthFacts, "byBreakdown">;
}> {
  const { engine, experiment } = request;
  const metrics = metricsOf(experiment);
  const inputs = metrics.flatMap(inputsOf);
  const measured = [...new Set(inputs.flatMap((input) => (input.kind === "column" ? [input.column] : [])))];
  const { name, splits } = await createUnitTable(request, measured);
  const units: UnitTable = { name, splits, columnOf: (each) => `value ${measured.indexOf(each)}` };
  const found: MetricMoments[] = [];
  for (const metric of metrics) {
    if (metric.kind === "quantile") found.push(await quantileOfColumn(request, units, metric));
    else if (isSummed(metric)) found.push(await momentsOfColumn(request, units, metric));
    else throw new Error(`metric ${metric.key} reads no column`);
  }
  await engine.run(dropTable(name));
  return { metrics: found, health: splits ? { byBreakdown: unitsOfSplits(splits) } : {} };
}

interface UnitTable {
  readonly name: string;
  readonly splits: Splits | null;
  /** Name of the column that holds what one of the source's columns has. */
  readonly columnOf: (column: string) => string;
}

async function quantileOfColumn(
  { engine, enrolled, experiment, quantileRanks }: Request,
  { name, splits, columnOf }: UnitTable,
  metric: QuantileMetric,
): Promise<MetricMoments> {
  if (metric.input.kind !== "column") throw new Error(`metric ${metric.key} reads no column`);
  const value = column(columnOf(metric.input.column));
  const rows = { from: table(name), where: [not(isNull(value))], value, isKeyed: false };
  const request = { engine, metric, ...rows, ranks: quantileRanks(experiment) };
  const exposed = enrolled.units;
  return {
    ...{ metric: metric.key, exposed },
    ...(await quantileMoments({ ...request, exposed })),
    ...(splits ? { breakdowns: await breakDownQuantile(request, splits) } : {}),
  };
}

async function momentsOfColumn(
  request: Request,
  { name, splits, columnOf }: UnitTable,
  metric: SummedMetric,
): Promise<MetricMoments> {
  const { engine, enrolled, experiment } = request;
  const exposed = enrolled.units;
  const rows = { from: table(name), where: [] };
  const raw = madeOf(metric, (part) => {
    if (part.input.kind !== "column") throw new Error(`metric ${part.key} reads no column`);
    return valueOfColumn(part.kind, columnOf(part.input.column));
  });
  const { cap, variable } = await capped(request, metric, rows.from, raw);
  const [arms] = await centredMoments(engine, exposed.length, rows, [{ ...variable, exposed }]);
  const bins = isWorthBins(experiment, metric, exposed)
    ? await binsOf(engine, rows, variable, exposed)
    : null;
  const [breakdowns] = splits ? await breakDown(engine, [{ ...rows, variable }], splits) : [];
  return {
    metric: metric.key,
    arms: arms!,
    exposed,
    series: [],
    ...(cap ? { cap } : {}),
    ...(bins ? { bins } : {}),
    ...(breakdowns ? { breakdowns } : {}),
  };
}

async function capped(
  { engine, enrolled }: Request,
  metric: SummedMetric,
  from: ReturnType<typeof table>,
  variable: UnitVariable,
): Promise<{ readonly cap: Cap | null; readonly variable: UnitVariable }> {
  const winsorize = winsorizeOf(metric);
  if (winsorize === null) return { cap: null, variable };
  const cap = await findCap(
    engine,
    {
      from,
      where: variable.reported === null ? [] : [variable.reported],
      value: variable.values[0]!,
      arms: enrolled.units.length,
      silent: (rows) =>
        rows.map((count, arm) => (variable.silent === null ? 0 : enrolled.units[arm]! - count)),
    },
    winsorize,
  );
  return { cap, variable: cap.value === null ? variable : cappedAt(variable, cap.value) };
}
