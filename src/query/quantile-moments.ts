import type { QuantileMetric } from "../model/metric.ts";
import {
  aggregateWhere,
  all,
  binary,
  call,
  cast,
  choose,
  column,
  literal,
  parameter,
} from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, table } from "../sql/queries.ts";
import type { Expression, Relation } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import { centredMoments } from "./centred-moments.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Counts, QuantileArm } from "./observation.ts";
import { type Extent, extentOf, orderStatistics, type Ranked } from "./order-statistic.ts";
import { between, quantilePlace } from "./type-seven.ts";

/** The ranks, from 1, of the order statistics that bound a quantile of so many values. */
export type QuantileRanks = (
  values: number,
  quantile: number,
  inflation: number,
) => { readonly lower: number; readonly upper: number; readonly inside: boolean };

export interface QuantileRequest {
  readonly engine: Engine;
  readonly metric: QuantileMetric;
  /** A table of values with `variant`, and `key` where a unit can have several. */
  readonly from: Relation;
  readonly where: readonly Expression[];
  readonly value: Expression;
  readonly isKeyed: boolean;
  readonly exposed: Counts;
  readonly ranks: QuantileRanks;
}

/** The quantile of each arm's values, and the moments of (values at or below it, values) per unit. */
export async function quantileMoments(request: QuantileRequest): Promise<{
  readonly arms: readonly Moments[];
  readonly quantile: readonly QuantileArm[];
}> {
  const { engine, metric, exposed, ranks } = request;
  const found = [];
  for (const arm of exposed.keys()) found.push(await quantileOfArm(request, arm));
  const { arms, units } = await momentsOfShares(
    request,
    found.map(({ value }) => value),
  );
  const quantile: QuantileArm[] = [];
  for (const [arm, { ranked, extent, value }] of found.entries()) {
    const inflation = inflationOf(arms[arm]!, metric.quantile);
    const common = { events: extent.count, units: units[arm]!, value, inflation };
    if (value === null) {
      quantile.push({ ...common, lower: null, upper: null, inside: false });
      continue;
    }
    const { lower, upper, inside } = ranks(extent.count, metric.quantile, inflation ?? 1);
    const bounds = await orderStatistics(engine, ranked, extent, [lower - 1, upper - 1]);
    quantile.push({ ...common, lower: bounds[0]!, upper: bounds[1]!, inside });
  }
  return { arms, quantile };
}

interface ArmQuantile {
  readonly ranked: Ranked;
  readonly extent: Extent;
  readonly value: number | null;
}

async function quantileOfArm(
  { engine, metric, from, where, value }: QuantileRequest,
  arm: number,
): Promise<ArmQuantile> {
  const isOfArm = binary("equal", column("variant"), literal(BigInt(arm)));
  const ranked = { from, where: [...where, isOfArm], value };
  const extent = await extentOf(engine, ranked);
  if (extent.count === 0) return { ranked, extent, value: null };
  const { places, fraction } = quantilePlace(extent.count, metric.quantile);
  const [low, high] = await orderStatistics(engine, ranked, extent, places);
  return { ranked, extent, value: between(low!, high!, fraction) };
}

async function momentsOfShares(
  { engine, metric, from, where, value, isKeyed, exposed }: QuantileRequest,
  quantiles: readonly (number | null)[],
): Promise<{ readonly arms: readonly Moments[]; readonly units: Counts }> {
  const ofArm = choose(
    quantiles.map((quantile, arm) => [
      binary("equal", column("variant"), literal(BigInt(arm))),
      parameter(quantile ?? 0),
    ]),
    parameter(0),
  );
  const isBelow = binary("at-most", value, ofArm);
  const name = `shares of ${metric.key}`;
  const one = cast(literal(1n), "double");
  const columns = isKeyed
    ? [
        named("key", column("key")),
        named("variant", column("variant")),
        named("below", cast(aggregateWhere(isBelow, "count"), "double")),
        named("values", cast(call("count"), "double")),
      ]
    : [
        named("variant", column("variant")),
        named("below", choose([[isBelow, one]], cast(literal(0n), "double"))),
        named("values", one),
      ];
  await engine.run(
    createTemporaryTable(
      name,
      select({ columns, from, where: all(where), groupBy: isKeyed ? ["key", "variant"] : [] }),
    ),
  );
  const variable = {
    reported: null,
    values: [column("below"), column("values")],
    isBinary: false,
    areWhole: [true, true],
    silent: [0, 0],
    exposed,
  };
  const [moments] = await centredMoments(engine, exposed.length, { from: table(name) }, [variable]);
  const reporters = await engine.run(
    select({
      columns: [named("variant", column("variant")), named("units", call("count"))],
      from: table(name),
      groupBy: ["variant"],
    }),
  );
  await engine.run(dropTable(name));
  const units = new Map(reporters.map((row) => [decodeNumber(row, "variant"), decodeNumber(row, "units")]));
  return { arms: moments!, units: exposed.map((_, arm) => units.get(arm) ?? 0) };
}

/**
 * How much larger the variance of the share of values at or below the quantile is than that of independent values, as
 * statistics/quantile-interval.ts defines it, from the moments of (values below, values).
 */
function inflationOf({ units, means, second }: Moments, q: number): number | null {
  const [below, values] = [means[0] ?? 0, means[1] ?? 0];
  if (units < 2 || !(values > 0)) return null;
  const share = below / values;
  const squares = second[0]! - 2 * share * second[1]! + share ** 2 * second[2]!;
  return ((units / (units - 1)) * Math.max(0, squares)) / (units * values * q * (1 - q));
}
