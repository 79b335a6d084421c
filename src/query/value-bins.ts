import type { Experiment } from "../model/experiment.ts";
import { isBinary, type Metric } from "../model/metric.ts";
import { all, call, column } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import type { Expression, Relation } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Bins, Counts } from "./observation.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** More than these say no more, and are a burden. */
const MOST_BINS = 20_000;
/** Of more units than these, ranks and resampling of a metric that does not decide are not worth what they cost. */
const FEW_UNITS = 200_000;

/** Whether a metric's bins are worth having: the primary's are, others' where they cost little. */
export function isWorthBins(
  { primary, guardrails }: Experiment,
  { key, kind }: Metric,
  exposed: Counts,
): boolean {
  if (isBinary(kind)) return false;
  if (key === primary.metric.key) return true;
  const units = exposed.reduce((sum, each) => sum + each, 0);
  return units <= FEW_UNITS && !guardrails.some(({ metric }) => metric.key === key);
}

/** Units by value. Null where there are too many values. */
export async function binsOf(
  engine: Engine,
  rows: { readonly from: Relation; readonly where: readonly Expression[] },
  variable: UnitVariable,
  exposed: Counts,
): Promise<Bins | null> {
  const { values, reported, silent } = variable;
  const where = reported === null ? rows.where : [...rows.where, reported];
  const names = values.map((_, axis) => `value ${axis}`);
  const columns = values.map((value, axis) => named(names[axis]!, value));
  const most = MOST_BINS * exposed.length;
  const found = await engine.run(
    select({
      columns: [named("variant", column("variant")), ...columns, named("units", call("count"))],
      from: rows.from,
      where: all(where),
      groupBy: ["variant", ...names],
      limit: most + 1,
    }),
  );
  if (found.length > most) return null;
  const bins = new Map<string, { values: readonly number[]; units: number[] }>();
  const add = (at: readonly number[], arm: number, units: number) => {
    const key = at.join();
    const bin = bins.get(key) ?? { values: at, units: exposed.map(() => 0) };
    bin.units[arm]! += units;
    bins.set(key, bin);
  };
  const seen = exposed.map(() => 0);
  for (const row of found) {
    const [arm, units] = [decodeNumber(row, "variant"), decodeNumber(row, "units")];
    add(
      // Of zero's two signs, the one that equals what silence is worth.
      names.map((name) => decodeNumber(row, name) + 0),
      arm,
      units,
    );
    seen[arm]! += units;
  }
  if (silent !== null) {
    exposed.forEach((units, arm) => {
      if (units > seen[arm]!) add(silent, arm, units - seen[arm]!);
    });
  }
  if (bins.size > MOST_BINS) return null;
  const counts = [...bins.values()].sort((left, right) => compare(left.values, right.values));
  return { variables: values.length === 2 ? 2 : 1, counts };
}

function compare(left: readonly number[], right: readonly number[]): number {
  const axis = left.findIndex((value, at) => value !== right[at]);
  return axis < 0 ? 0 : left[axis]! - right[axis]!;
}
