import type { Experiment } from "../model/experiment.ts";
import { isAdjustable, isClustered } from "../model/experiment-metrics.ts";
import type { Baseline, Clusters, Metric } from "../model/metric.ts";
import { designEffect } from "../statistics/design-effect.ts";

/** Randomised units that hold several measured ones. */
export interface ClusterFacts extends Clusters {
  /** Key of the measured unit. */
  readonly per: string;
  /** How many times the measured units that independent ones would be. */
  readonly designEffect: number;
}

/** What earlier values of the same units take off. */
export interface CupedCredit {
  readonly correlation: number;
  /** Share of the units that are needed still: 1 − correlation². */
  readonly remaining: number;
}

/** What an exposed unit brings to a metric, beside one value. */
export interface UnitWorth {
  /** Share of exposed units that enter the metric: only a mean leaves out the units without events. */
  readonly reporting: number;
  /** Absent where the measured unit is the randomised one. */
  readonly clusters?: ClusterFacts;
  /** Absent where nothing is adjusted, or nobody said by how much. */
  readonly cuped?: CupedCredit;
  /** How many independent values an exposed unit is worth, all taken together; above 0. */
  readonly values: number;
}

/** Null where a metric of clusters does not say how large and how alike they are. */
export function unitWorth(
  metric: Metric,
  baseline: Baseline,
  { analysis, unit }: Pick<Experiment, "analysis" | "unit">,
): UnitWorth | null {
  const reporting = metric.kind === "mean" && baseline.kind === "mean" ? baseline.reporting : 1;
  if (isClustered(metric, unit)) {
    const clusters = clustersOf(baseline, unit.key);
    if (clusters === null) return null;
    const facts = { ...clusters, per: metric.per!, designEffect: designEffect(clusters) };
    return { reporting, clusters: facts, values: facts.meanSize / facts.designEffect };
  }
  const adjusts = analysis.cuped !== null && isAdjustable(metric, unit);
  if (!adjusts || !baseline.cuped) return { reporting, values: reporting };
  const { correlation } = baseline.cuped;
  const cuped = { correlation, remaining: 1 - correlation ** 2 };
  return { reporting, cuped, values: reporting / cuped.remaining };
}

function clustersOf({ clusters }: Baseline, unit: string): Clusters | null {
  return clusters && Object.hasOwn(clusters, unit) ? clusters[unit]! : null;
}

/** What a plan's formula says of it; empty where a unit is worth one value. */
export function describeWorth({ clusters, cuped }: UnitWorth, randomised: string): string {
  if (clusters) {
    const { designEffect: effect, meanSize, per } = clusters;
    return `, times ${rounded(effect)} for clusters (design effect), over ${rounded(meanSize)} ${per} per ${randomised}`;
  }
  return cuped ? `, times ${rounded(cuped.remaining)} with CUPED (1 - ${cuped.correlation}^2)` : "";
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
