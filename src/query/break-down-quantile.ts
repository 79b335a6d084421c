import { all, binary, column, literal } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, table } from "../sql/queries.ts";
import type { Breakdown } from "./observation.ts";
import { type QuantileRequest, quantileMoments } from "./quantile-moments.ts";
import { brokenDown, type Split, type Splits } from "./trait-splits.ts";

/** A quantile by each attribute that units had at their first exposure. */
export async function breakDownQuantile(
  request: Omit<QuantileRequest, "exposed">,
  splits: Splits,
): Promise<readonly Breakdown[]> {
  const breakdowns: Breakdown[] = [];
  for (const split of splits.by) {
    const groups = [];
    for (const place of split.exposed.keys())
      groups.push(await quantileOfGroup(request, splits, split, place));
    breakdowns.push(brokenDown(split, groups));
  }
  return breakdowns;
}

/** A group's values are kept by themselves: each is then read several times, and the rows of all groups once for each. */
async function quantileOfGroup(
  request: Omit<QuantileRequest, "exposed">,
  { rowsOf }: Splits,
  { groupOf, exposed }: Split,
  place: number,
): ReturnType<typeof quantileMoments> {
  const { engine, metric, from, where, value, isKeyed } = request;
  const name = `a group of ${metric.key}`;
  const kept = isKeyed ? ["key", "variant"] : ["variant"];
  const isOfGroup = binary("equal", groupOf, literal(BigInt(place)));
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: [...kept.map((each) => named(each, column(each))), named("value", value)],
        from: rowsOf(from),
        where: all([...where, isOfGroup]),
      }),
    ),
  );
  const ofGroup = { from: table(name), where: [], value: column("value"), exposed: exposed[place]! };
  const found = await quantileMoments({ ...request, ...ofGroup });
  await engine.run(dropTable(name));
  return found;
}
