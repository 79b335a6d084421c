import type { Experiment } from "../model/experiment.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { column, isNull } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, subquery, table } from "../sql/queries.ts";
import { measureOf, textOf } from "./cell-expressions.ts";
import { PER_UNIT } from "./declared-sources.ts";
import type { Engine } from "./engine.ts";
import { perUnitRows } from "./per-unit-rows.ts";
import type { Sources } from "./prepare-sources.ts";
import { type Splits, splitByColumns } from "./trait-splits.ts";
import { readTraits, traitColumns, traitName } from "./unit-traits.ts";
import { wholeText } from "./whole-text.ts";

/**
 * Keeps the experiment's units of a one-row-per-unit table in a temporary one, a row each: `variant`, `value 0`,
 * `value 1`, … of the `measured` columns, and what tells its breakdowns' values apart.
 */
export async function createUnitTable(
  request: {
    readonly engine: Engine;
    readonly experiment: Experiment;
    readonly sources: Sources;
    readonly layout: PerUnitLayout;
  },
  measured: readonly string[],
): Promise<{ readonly name: string; readonly splits: Splits | null }> {
  const { engine, experiment, sources, layout } = request;
  const { breakdowns } = experiment.analysis;
  const relation = sources.relations.get(PER_UNIT)!;
  const values = measured.map((each, index) => named(`value ${index}`, measureOf(relation, each)));
  const texts = breakdowns.map((each, index) => named(traitName(index), wholeText(textOf(relation, each))));
  const rows = perUnitRows(experiment, layout, relation, [...values, ...texts]);
  const kept = ["variant", ...values.map(({ name }) => name)].map((each) => named(each, column(each)));
  const attributes = texts.map(({ name }) => named(name, column(name)));
  const read = select({
    columns: [...kept, ...attributes],
    from: subquery(rows),
    where: isNull(column("reason")),
  });
  const name = `values of ${experiment.key}`;
  if (breakdowns.length === 0) {
    await engine.run(createTemporaryTable(name, read));
    return { name, splits: null };
  }
  const raw = `attributes of ${experiment.key}`;
  await engine.run(createTemporaryTable(raw, read));
  const traits = await readTraits(engine, raw, breakdowns);
  await engine.run(
    createTemporaryTable(name, select({ columns: [...kept, ...traitColumns(traits)], from: table(raw) })),
  );
  await engine.run(dropTable(raw));
  return { name, splits: await splitByColumns(engine, experiment, name, traits) };
}
