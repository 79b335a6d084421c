import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { inputsOf } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { call, cast, column, isNull, literal, not } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, subquery, table } from "../sql/queries.ts";
import { isBlank, measureOf, textOf } from "./cell-expressions.ts";
import { centredMoments } from "./centred-moments.ts";
import { PER_UNIT } from "./declared-sources.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { reportDuplicates } from "./enrol-per-unit.ts";
import type { PooledMoments } from "./follow-up.ts";
import { isSummed, madeOf } from "./measured-metric.ts";
import type { Sources } from "./prepare-sources.ts";
import { type QuantileRanks, quantileMoments } from "./quantile-moments.ts";
import { scan } from "./source-relation.ts";
import { valueOfColumn } from "./unit-variable.ts";

/**
 * The metrics over all rows of a one-row-per-unit table that have the unit's id, whatever variant they met. Where
 * the table holds several experiments, a unit counts once for each that it is in; otherwise twice is an error.
 * Nothing is pooled where the table has no column for the unit.
 */
export async function momentsOfTable(
  engine: Engine,
  { project, layout, sources }: { project: Project; layout: PerUnitLayout; sources: Sources },
  unit: string,
  metrics: readonly Metric[],
  ranks: QuantileRanks,
): Promise<{ readonly pooled: readonly PooledMoments[]; readonly diagnostics: readonly Diagnostic[] }> {
  const place = { file: project.file, path: ["warehouse", PER_UNIT, "units"] };
  if (!Object.hasOwn(layout.units, unit)) return { pooled: [], diagnostics: [] };
  const id = layout.units[unit]!;
  const relation = sources.relations.get(PER_UNIT)!;
  const inputs = metrics.flatMap(inputsOf);
  const measured = [...new Set(inputs.flatMap((input) => (input.kind === "column" ? [input.column] : [])))];
  const read = select({
    columns: [
      named("unit", textOf(relation, id)),
      named("reason", literal(null)),
      named("variant", cast(literal(0n), "integer")),
      ...measured.map((name, index) => named(`value ${index}`, measureOf(relation, name))),
    ],
    from: scan(relation),
  });
  if (layout.columns.experiment === null) {
    const known = { ...read, where: not(isBlank(textOf(relation, id))) };
    const duplicates = await reportDuplicates(engine, PER_UNIT, known, place);
    if (duplicates.length > 0) return { pooled: [], diagnostics: duplicates };
  }
  const name = `values of ${unit}`;
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: ["variant", ...measured.map((_, index) => `value ${index}`)].map((each) =>
          named(each, column(each)),
        ),
        from: subquery(read),
        where: not(isBlank(column("unit"))),
      }),
    ),
  );
  const [counted] = await engine.run(select({ columns: [named("units", call("count"))], from: table(name) }));
  const units = decodeNumber(counted!, "units");
  const summed = metrics.filter(isSummed);
  const variables = summed.map((metric) => ({
    ...madeOf(metric, (part) => {
      if (part.input.kind !== "column") throw new Error(`metric ${part.key} reads no column`);
      return valueOfColumn(part.kind, `value ${measured.indexOf(part.input.column)}`);
    }),
    exposed: [units],
  }));
  const moments = await centredMoments(engine, 1, { from: table(name) }, variables);
  const pooled: PooledMoments[] = summed.map((metric, index) => ({
    ...{ metric, units },
    moments: moments[index]![0]!,
  }));
  for (const metric of metrics) {
    if (metric.kind !== "quantile" || metric.input.kind !== "column") continue;
    const value = column(`value ${measured.indexOf(metric.input.column)}`);
    const rows = { from: table(name), where: [not(isNull(value))], value, isKeyed: false };
    const { arms, quantile } = await quantileMoments({ engine, metric, ...rows, exposed: [units], ranks });
    pooled.push({ metric, units, moments: arms[0]!, quantile: quantile[0]! });
  }
  await engine.run(dropTable(name));
  return { pooled, diagnostics: [] };
}
