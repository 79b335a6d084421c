import jstat from "jstat";
import type { Experiment } from "../model/experiment.ts";
import { isClustered } from "../model/experiment-metrics.ts";
import type { CountMetric, MeanMetric, SumMetric } from "../model/metric.ts";
import { isRead } from "./activity.ts";
import { type Behaviours, type Doings, sharesOfPaths } from "./behaviour.ts";
import { type Level, VALUE_SPREAD } from "./level.ts";
import { randomStream } from "./random.ts";
import { drawValue } from "./sampling.ts";

type Winsorized = CountMetric | SumMetric | MeanMetric;

/** What the value of a unit that acts can be: so likely, that many rows, or their total or average, times a level. */
interface Outcome {
  readonly weight: number;
  readonly factor: number;
}

interface Arm {
  readonly share: number;
  readonly rate: number;
  readonly outcomes: readonly Outcome[];
}

/** Totals of noise per number of rows. */
const DRAWS = 200;
const LEAST_WEIGHT = 1e-12;

/**
 * The expected value of a winsorized metric per variant, in order: exact but for the noise of a unit's values around
 * its level, which is drawn. Null where units do more than one thing that counts, or levels can be negative.
 */
export function cappedMeans(
  experiment: Experiment,
  metric: Winsorized,
  doings: Doings,
  behaviours: readonly Behaviours[],
): readonly number[] | null {
  const places = doings.activities.flatMap((activity, index) =>
    isRead(activity, metric.input) ? [index] : [],
  );
  const activity = doings.activities[places[0] ?? -1];
  const isPlain = behaviours.every(
    ({ reaches }) =>
      sharesOfPaths(metric, doings.paths, reaches)?.every((shares) => shares.length === 0) ?? false,
  );
  if (activity === undefined || places.length > 1 || !isPlain || isClustered(metric, experiment.unit))
    return null;
  const property = (metric.input.kind === "event" ? metric.input.value : metric.input.column) ?? "";
  const level: Level | undefined =
    metric.kind === "count" ? { mean: 1, standardDeviation: 0 } : activity.levels.get(property);
  if (level === undefined || !(level.mean > 0)) return null;
  const total = experiment.variants.reduce((sum, { share }) => sum + share, 0);
  const arms = behaviours.map(({ activities }, index): Arm => {
    const { rate, perActor, factors } = activities[places[0]!]!;
    const scale = metric.kind === "count" ? 1 : (factors.get(property) ?? 1);
    return {
      share: experiment.variants[index]!.share / total,
      rate: metric.kind === "mean" ? 1 : rate,
      outcomes: outcomesOf(metric.kind, perActor).map((each) => ({ ...each, factor: each.factor * scale })),
    };
  });
  const cap =
    metric.winsorize!.kind === "absolute"
      ? metric.winsorize!.cap
      : capAt(arms, level, metric.winsorize!.value);
  return arms.map(
    ({ rate, outcomes }) =>
      rate * outcomes.reduce((sum, { weight, factor }) => sum + weight * cappedLevel(level, factor, cap), 0),
  );
}

/** One more than Poisson many rows. */
function outcomesOf(kind: Winsorized["kind"], perActor: number): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const random = randomStream(0, "capped");
  let weight = Math.exp(1 - perActor);
  for (let rows = 1; rows <= perActor || weight > LEAST_WEIGHT; rows++) {
    if (kind === "count") outcomes.push({ weight, factor: rows });
    else {
      const totals = Array.from({ length: DRAWS }, () => {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += drawValue(random, 1, VALUE_SPREAD);
        return sum;
      });
      const mean = totals.reduce((sum, each) => sum + each, 0) / DRAWS;
      const scale = kind === "sum" ? rows / mean : 1 / mean;
      outcomes.push(...totals.map((each) => ({ weight: weight / DRAWS, factor: each * scale })));
    }
    weight *= (perActor - 1) / rows;
  }
  return outcomes;
}

/** The value that a share `quantile` of the units of all variants, silent ones at 0, does not exceed. */
function capAt(arms: readonly Arm[], level: Level, quantile: number): number {
  const below = (value: number) =>
    arms.reduce((sum, { share, rate, outcomes }) => {
      const above = outcomes.reduce(
        (part, { weight, factor }) => part + weight * aboveShare(level, factor, value),
        0,
      );
      return sum + share * (1 - rate * above);
    }, 0);
  let [low, high] = [0, level.mean];
  while (below(high) < quantile) high *= 2;
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (below(middle) < quantile) low = middle;
    else high = middle;
  }
  return high;
}

/** E[min(factor·L, cap)] of a lognormal level L. */
function cappedLevel(level: Level, factor: number, cap: number): number {
  const { mean, standardDeviation } = level;
  if (standardDeviation === 0 || factor <= 0) return Math.min(factor * mean, cap);
  const { center, width } = logarithm(level);
  const place = (Math.log(cap / factor) - center) / width;
  return factor * mean * jstat.normal.cdf(place - width, 0, 1) + cap * (1 - jstat.normal.cdf(place, 0, 1));
}

function aboveShare(level: Level, factor: number, value: number): number {
  if (level.standardDeviation === 0 || factor <= 0) return factor * level.mean > value ? 1 : 0;
  const { center, width } = logarithm(level);
  return value > 0 ? 1 - jstat.normal.cdf((Math.log(value / factor) - center) / width, 0, 1) : 1;
}

function logarithm({ mean, standardDeviation }: Level): { readonly center: number; readonly width: number } {
  const variance = Math.log1p((standardDeviation / mean) ** 2);
  return { center: Math.log(mean) - variance / 2, width: Math.sqrt(variance) };
}
