import { column } from "../sql/expressions.ts";
import type { Engine } from "./engine.ts";
import type { FollowedExperiment } from "./followed-experiment.ts";
import { groupedMoments } from "./grouped-moments.ts";
import type { MeasuredMetric } from "./measured-metric.ts";
import type { Steps } from "./metric-steps.ts";
import type { Breakdown } from "./observation.ts";
import { countTraits, groupsOf, type Traits, traitName, withTraits } from "./unit-traits.ts";

/** Metrics of one table and window, by each attribute that units had at their first exposure; in the metrics' order. */
export async function breakDown(
  engine: Engine,
  { experiment, enrolled }: FollowedExperiment,
  measured: readonly Pick<MeasuredMetric, "metric" | "from" | "where" | "variable">[],
  { isMature }: Steps,
  traits: Traits,
): Promise<readonly (readonly Breakdown[])[]> {
  const arms = experiment.variants.length;
  const { from, where } = measured[0]!;
  const isOfUnits = measured.every(({ metric }) => metric.per === null);
  const breakdowns: Breakdown[][] = measured.map(() => []);
  for (const [index, trait] of traits.attributes.entries()) {
    const exposed = await countTraits(engine, enrolled.table!, traits, index, arms, isMature);
    const grouping = {
      ...{ from: withTraits(from, traits), where: [...where, ...(isOfUnits ? isMature : [])], arms },
      ...{ groups: groupsOf(trait), groupOf: column(traitName(index)), isCumulative: false },
    };
    const moments = await groupedMoments(
      engine,
      grouping,
      measured.map(({ variable }) => ({ ...variable, exposed })),
    );
    for (const [place, ofMetric] of moments.entries()) {
      breakdowns[place]!.push({
        attribute: trait.attribute,
        values: ofMetric.map((ofValue, group) => ({
          value: trait.values[group] ?? null,
          other: group >= trait.values.length,
          arms: ofValue,
          exposed: exposed[group]!,
        })),
      });
    }
  }
  return breakdowns;
}
