import { inputsOf, metricsOf } from "../model/experiment-metrics.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { column, isNull, not } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, subquery, table } from "../sql/queries.ts";
import { centredMoments } from "./centred-moments.ts";
import { PER_UNIT } from "./declared-sources.ts";
import type { FollowedExperiment, MomentsRequest } from "./followed-experiment.ts";
import { isSummed, madeOf, winsorizeOf } from "./measured-metric.ts";
import type { MetricMoments } from "./observation.ts";
import { perUnitRows } from "./per-unit-rows.ts";
import { quantileMoments } from "./quantile-moments.ts";
import { cappedAt, type UnitVariable, valueOfColumn } from "./unit-variable.ts";
import { binsOf, isWorthBins } from "./value-bins.ts";
import { findCap } from "./winsor-cap.ts";

/** The moments of all metrics of an experiment, in its order, from a table with one row per unit. */
export async function momentsOfColumns(
  request: MomentsRequest & FollowedExperiment & { readonly layout: PerUnitLayout },
): Promise<readonly MetricMoments[]> {
  const { engine, experiment, enrolled, sources, layout } = request;
  const metrics = metricsOf(experiment);
  const inputs = metrics.flatMap(inputsOf);
  const measured = [...new Set(inputs.flatMap((input) => (input.kind === "column" ? [input.column] : [])))];
  const rows = perUnitRows(experiment, layout, sources.relations.get(PER_UNIT)!, measured);
  const name = `values of ${experiment.key}`;
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: ["variant", ...measured.map((_, index) => `value ${index}`)].map((each) =>
          named(each, column(each)),
        ),
        from: subquery(rows),
        where: isNull(column("reason")),
      }),
    ),
  );
  const from = table(name);
  const exposed = enrolled.units;
  const found: MetricMoments[] = [];
  for (const metric of metrics) {
    const place = (column: string) => `value ${measured.indexOf(column)}`;
    if (metric.kind === "quantile" && metric.input.kind === "column") {
      const value = column(place(metric.input.column));
      const ranks = request.quantileRanks(experiment);
      const where = [not(isNull(value))];
      const of = await quantileMoments({
        engine,
        metric,
        from,
        where,
        value,
        isKeyed: false,
        exposed,
        ranks,
      });
      found.push({ metric: metric.key, exposed, ...of });
      continue;
    }
    if (!isSummed(metric)) throw new Error(`metric ${metric.key} reads no column`);
    const raw = madeOf(metric, (part) => {
      if (part.input.kind !== "column") throw new Error(`metric ${part.key} reads no column`);
      return valueOfColumn(part.kind, place(part.input.column));
    });
    const { cap, variable } = await capped(request, metric, from, raw);
    const [arms] = await centredMoments(engine, exposed.length, { from }, [{ ...variable, exposed }]);
    const bins = isWorthBins(experiment, metric, exposed)
      ? await binsOf(engine, { from, where: [] }, variable, exposed)
      : null;
    found.push({
      metric: metric.key,
      arms: arms!,
      exposed,
      series: [],
      ...(cap ? { cap } : {}),
      ...(bins ? { bins } : {}),
    });
  }
  await engine.run(dropTable(name));
  return found;
}

async function capped(
  { engine, enrolled }: FollowedExperiment & MomentsRequest,
  metric: Parameters<typeof winsorizeOf>[0],
  from: ReturnType<typeof table>,
  variable: UnitVariable,
) {
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
