import { DAY_MS } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import { isClustered, metricsOf } from "../model/experiment-metrics.ts";
import type { Clusters } from "../model/metric.ts";
import { randomStream } from "./random.ts";
import { drawValue } from "./sampling.ts";

type Sizes = Pick<Clusters, "meanSize" | "sizeVariation">;

/** Kinds of units that are measured inside the randomised one, and how many of them it has. */
export type Memberships = ReadonlyMap<string, Sizes>;

const DEFAULT_SIZES: Sizes = { meanSize: 5, sizeVariation: 0.5 };
const MOST_MEMBERS = 1000;
/** The last member meets the experiment at most so long after the first. */
const JOINED_AFTER = 3 * DAY_MS;

export function membershipsOf(experiment: Experiment): Memberships {
  const sizes = new Map<string, Sizes>();
  for (const metric of metricsOf(experiment)) {
    if (metric.per === null || !isClustered(metric, experiment.unit) || sizes.has(metric.per)) continue;
    const baseline =
      (metric === experiment.primary.metric && experiment.planning.baseline) || metric.baseline;
    sizes.set(metric.per, baseline?.clusters?.[experiment.unit.key] ?? DEFAULT_SIZES);
  }
  return sizes;
}

/** How many members a randomised unit has: at least one, of the mean and the variation that were asked for. */
export function memberCount(
  { meanSize, sizeVariation }: Sizes,
  seed: number,
  id: string,
  unit: string,
): number {
  const random = randomStream(seed, `${id}/${unit}/size`);
  const more = meanSize > 1 ? drawValue(random, meanSize - 1, sizeVariation * meanSize) : 0;
  return Math.min(MOST_MEMBERS, Math.floor(1 + more + random()));
}

/** When a member is first exposed, the randomised unit being so at `first`; before the instant `before`. */
export function memberExposed(
  seed: number,
  id: string,
  member: number,
  first: number,
  before: number,
): number {
  if (member === 0) return first;
  const random = randomStream(seed, `${id}/member/${member}`);
  return Math.max(first, Math.min(before - 1, first + Math.floor(random() ** 2 * JOINED_AFTER)));
}
