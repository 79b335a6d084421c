import type { Engine } from "./engine.ts";
import { groupedMoments } from "./grouped-moments.ts";
import type { MeasuredMetric } from "./measured-metric.ts";
import type { Breakdown } from "./observation.ts";
import { brokenDown, type Splits } from "./trait-splits.ts";

/** Variables of one table, by each attribute that units had at their first exposure; in the variables' order. */
export async function breakDown(
  engine: Engine,
  measured: readonly Pick<MeasuredMetric, "from" | "where" | "variable">[],
  splits: Splits,
): Promise<readonly (readonly Breakdown[])[]> {
  const { from, where } = measured[0]!;
  const rows = splits.rowsOf(from);
  const breakdowns: Breakdown[][] = measured.map(() => []);
  for (const split of splits.by) {
    const { exposed, groupOf } = split;
    const arms = exposed[0]?.length ?? 0;
    const grouping = { from: rows, where, arms, groups: exposed.length, groupOf, isCumulative: false };
    const counted = measured.map(({ variable }) => ({ ...variable, exposed }));
    const moments = await groupedMoments(engine, grouping, counted);
    for (const [place, groups] of moments.entries()) {
      breakdowns[place]!.push(
        brokenDown(
          split,
          groups.map((arms) => ({ arms })),
        ),
      );
    }
  }
  return breakdowns;
}
