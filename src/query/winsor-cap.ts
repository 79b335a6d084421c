import type { Winsorize } from "../model/metric.ts";
import { aggregateWhere, all, binary, call, column, parameter } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Cap, Counts } from "./observation.ts";
import { type Extent, extentOf, orderStatistics, type Ranked } from "./order-statistic.ts";
import { between, quantilePlace } from "./type-seven.ts";
import { isAbove } from "./unit-variable.ts";

/** The values of a metric, over all arms. */
export interface CappedValues extends Ranked {
  /** Units without a row, whose value is 0, per variant. */
  readonly silent: (rows: Counts) => Counts;
  readonly arms: number;
}

/**
 * The cap of a metric, over all arms together, units that report nothing included as zeros: a type-7 quantile, or
 * what was said. One that is not above the least value is none.
 */
export async function findCap(engine: Engine, values: CappedValues, winsorize: Winsorize): Promise<Cap> {
  const { from, where, value, arms } = values;
  const extent = await extentOf(engine, values);
  const perArm = await countPerArm(engine, values, null);
  const silent = values.silent(perArm);
  const silentUnits = silent.reduce((sum, each) => sum + each, 0);
  const none = { value: null, capped: Array.from({ length: arms }, () => 0) };
  if (extent.count + silentUnits === 0) return none;
  const least = silentUnits > 0 ? Math.min(0, extent.count > 0 ? extent.least : 0) : extent.least;
  const cap =
    winsorize.kind === "absolute"
      ? winsorize.cap
      : await quantileWithZeros(engine, { from, where, value }, extent, silentUnits, winsorize.value);
  if (!(cap > least)) return none;
  const above = await countPerArm(engine, values, cap);
  return { value: cap, capped: above.map((count, arm) => count + (cap < 0 ? silent[arm]! : 0)) };
}

async function quantileWithZeros(
  engine: Engine,
  ranked: Ranked,
  extent: Extent,
  zeros: number,
  q: number,
): Promise<number> {
  const { places, fraction } = quantilePlace(extent.count + zeros, q);
  const negative = extent.count > 0 && extent.least < 0 ? await countNegative(engine, ranked) : 0;
  const isZero = (place: number) => place >= negative && place < negative + zeros;
  const reported = places.filter((place) => !isZero(place)).map((place) => moved(place, negative, zeros));
  const found = await orderStatistics(engine, ranked, extent, reported);
  const at = (place: number) => (isZero(place) ? 0 : found[reported.indexOf(moved(place, negative, zeros))]!);
  return between(at(places[0]), at(places[1]), fraction);
}

/** The place among the values that have a row. */
function moved(place: number, negative: number, zeros: number): number {
  return place < negative ? place : place - zeros;
}

async function countNegative(engine: Engine, { from, where, value }: Ranked): Promise<number> {
  const [row] = await engine.run(
    select({
      columns: [named("count", aggregateWhere(binary("less", value, parameter(0)), "count"))],
      from,
      where: all(where),
    }),
  );
  return decodeNumber(row!, "count");
}

/** Rows per arm, or those above a value. */
async function countPerArm(
  engine: Engine,
  { from, where, value, arms }: CappedValues,
  above: number | null,
): Promise<Counts> {
  const rows = await engine.run(
    select({
      columns: [named("variant", column("variant")), named("units", call("count"))],
      from,
      where: all(above === null ? where : [...where, isAbove(value, above)]),
      groupBy: ["variant"],
    }),
  );
  const found = new Map(rows.map((row) => [decodeNumber(row, "variant"), decodeNumber(row, "units")]));
  return Array.from({ length: arms }, (_, arm) => found.get(arm) ?? 0);
}
