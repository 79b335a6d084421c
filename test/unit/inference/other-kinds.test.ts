import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Metric } from "../../../src/model/metric.ts";
import type { MetricMoments, QuantileArm } from "../../../src/query/observation.ts";
import { momentsOf } from "../../../src/statistics/moments.ts";
import { drawRows } from "./park-miller.ts";
import { experimentOf, meanMoments, metricOf, observationOf, planOf, rateMoments } from "./trial-fixture.ts";

function estimateOne(
  metric: Metric,
  found: Partial<MetricMoments> & Pick<MetricMoments, "arms">,
  margin?: number,
  change: Partial<Experiment> = {},
) {
  const experiment = experimentOf({
    primary:
      margin === undefined
        ? { metric, goal: "better", margin: null }
        : { metric, goal: "not-worse", margin: { kind: "relative", value: margin } },
    ...change,
  });
  const observation = observationOf({ [metric.key]: found.arms });
  const metrics = observation.metrics.map((moments) => ({ ...moments, ...found }));
  return estimate({
    experiment,
    plan: planOf(experiment, 100),
    observation: { ...observation, metrics },
  })[0]!;
}

describe("quantile", () => {
  const metric: Metric = {
    ...metricOf("load-time"),
    kind: "quantile",
    quantile: 0.9,
    better: "lower",
    input: { kind: "event", event: "page-loaded", value: "seconds", where: [] },
  };
  const arm = (value: number, lower: number, upper: number): QuantileArm => ({
    ...{ events: 4000, units: 900, value, inflation: 1.4, lower, upper, inside: true },
  });
  const moments = [rateMoments(1, 2), rateMoments(1, 2)];
  const arms = [arm(10, 9.2, 11), arm(9.1, 8.5, 9.9)];

  /** Expected values: scipy's norm, numpy's roots of Fieller's polynomial. */
  test("differences are normal, with the width of the order statistics as their error", () => {
    const { comparisons, variants } = estimateOne(metric, { arms: moments, quantile: arms });
    expect(variants[0]).toMatchObject({
      units: 900,
      mean: 10,
      sum: null,
      interval: { lower: 9.2, upper: 11 },
    });
    const [found] = comparisons;
    expect(found!.statistic).toBeCloseTo(-1.5471019171744318, 11);
    expect(found!.pValue).toBeCloseTo(0.12183867172635239, 12);
    expect(found!.absolute.lower).toBeCloseTo(-2.0401754250991386, 11);
    expect(found!.absolute.upper).toBeCloseTo(0.24017542509913814, 11);
    expect(found!.relative.lower).toBeCloseTo(-0.19100137652318325, 10);
    expect(found!.relative.upper).toBeCloseTo(0.025863761844284093, 10);
    expect(found!.degreesOfFreedom).toBeNull();
  });

  test("not worse by a margin", () => {
    const { nonInferiority } = estimateOne(metric, { arms: moments, quantile: arms }, 0.05).comparisons[0]!;
    expect(nonInferiority!.statistic).toBeCloseTo(2.3332491236648747, 11);
    expect(nonInferiority!.pValue).toBeCloseTo(0.009817536982181402, 12);
    expect(nonInferiority!.established).toBe(true);
    expect(nonInferiority!.bound).toBeGreaterThan(-0.05);
  });

  test("too few values for the ranks: a quantile, and nothing to compare it by", () => {
    const few = [{ ...arms[0]!, inside: false }, arms[1]!];
    const { comparisons, variants } = estimateOne(metric, { arms: moments, quantile: few });
    expect(variants[0]).toMatchObject({ mean: 10, interval: null });
    expect(comparisons[0]).toMatchObject({ pValue: null, notes: ["few-events"] });
    expect(comparisons[0]!.absolute).toEqual({ estimate: 9.1 - 10, lower: null, upper: null });
  });

  /** Expected values: scipy's norm and chi2. */
  test("by an attribute: each value's own quantiles, and one test that effects differ", () => {
    const other = [arm(14, 12.5, 15.9), arm(17, 15.2, 18.8)];
    const group = (value: string, quantile: readonly QuantileArm[]) => ({
      ...{ value, other: false, arms: moments, exposed: [900, 900], quantile },
    });
    const values = [group("phone", arms), group("desktop", other)];
    const { breakdowns } = estimateOne(metric, {
      ...{ arms: moments, quantile: arms },
      breakdowns: [{ attribute: "device", values }],
    });
    const [device] = breakdowns;
    expect(device!.values.map(({ means }) => means)).toEqual([
      { control: 10, "one-page": 9.1 },
      { control: 14, "one-page": 17 },
    ]);
    const [phone, desktop] = device!.values.map(({ comparisons }) => comparisons[0]!);
    expect(phone!.pValue).toBeCloseTo(0.12183867172635239, 12);
    expect(desktop!.pValue).toBeCloseTo(0.017555322448520545, 12);
    expect(desktop!.adjustedPValue).toBeCloseTo(0.03511064489704109, 12);
    expect(device!.interactions[0]!.statistic).toBeCloseTo(7.863874651784341, 10);
    expect(device!.interactions[0]!.pValue).toBeCloseTo(0.0050432204249081245, 12);
  });
});

describe("measured on members of what was randomised", () => {
  const metric: Metric = { ...metricOf("active"), per: "user" };
  const clusters = (seed: number, count: number, shift: number) =>
    drawRows(seed, count, (next) => {
      const members = 1 + Math.floor(12 * next());
      const rate = 0.15 + 0.2 * next() + shift;
      const active = Array.from({ length: members }, () => Number(next() < rate));
      return [active.reduce((sum, one) => sum + one, 0), members];
    });
  const [a, b] = [clusters(23, 60, 0), clusters(29, 55, 0.06)];

  /** Expected values: the delta method's linearised values in numpy, scipy's t. */
  test("a ratio whose units are the randomised ones", () => {
    const found = { arms: [momentsOf(a, 2), momentsOf(b, 2)], clusters: [422, 344] };
    const estimates = estimateOne(metric, found);
    expect(estimates.variants).toMatchObject([
      { units: 60, members: 422, sum: 98 },
      { units: 55, members: 344 },
    ]);
    expect(estimates.variants[1]!.sum).toBeCloseTo(111, 10);
    expect(estimates.variants[0]!.mean).toBeCloseTo(0.23222748815165878, 12);
    const [comparison] = estimates.comparisons;
    expect(comparison!.statistic).toBeCloseTo(2.9476842832730927, 10);
    expect(comparison!.degreesOfFreedom).toBeCloseTo(109.54482630470153, 8);
    expect(comparison!.pValue).toBeCloseTo(0.00391328390849969, 12);
    expect(comparison!.notes).not.toContain("few-clusters");
    expect(estimates.clusters).toEqual([422, 344]);
  });

  /** A unit that has come in gains members later: no sequence holds of its totals, so the looks of a design are not for it. */
  test("days are shown with fixed intervals, and only the last of them is tested", () => {
    const day = (name: string, units: number) => ({
      ...{ day: name, isOver: true, exposed: [units, units] },
      arms: [momentsOf(a.slice(0, units), 2), momentsOf(b.slice(0, units), 2)],
    });
    const arms = [momentsOf(a, 2), momentsOf(b, 2)];
    const series = [day("2026-11-20", 30), day("2026-11-21", 50), { ...day("2026-11-22", 60), arms }];
    const { analysis } = experimentOf();
    for (const method of ["sequential", "group-sequential"] as const) {
      const change = { analysis: { ...analysis, method } };
      const found = estimateOne(metric, { arms, series, clusters: [422, 344] }, undefined, change);
      const [comparison] = found.comparisons;
      expect(comparison!.pValue).toBeCloseTo(0.00391328390849969, 12);
      expect(comparison).toMatchObject({ look: null, notes: ["single-look"] });
      expect(comparison!.harm!.shown).toBe(false);
      const points = found.series.map(({ comparisons }) => comparisons[0]!);
      expect(points).toMatchObject(series.map(() => ({ sequence: null, repeated: null })));
      expect(points.at(-1)!.absolute).toEqual(comparison!.absolute);
      expect(points.every(({ absolute }) => absolute.lower! < absolute.upper!)).toBe(true);
    }
  });

  test("fewer than 40 clusters are doubted", () => {
    const found = { arms: [momentsOf(a.slice(0, 39), 2), momentsOf(b, 2)] };
    expect(estimateOne(metric, found).comparisons[0]!.notes).toContain("few-clusters");
  });
});

test("a cap that was not applied is said with the comparison, one that was stands with the metric", () => {
  const arms = [meanMoments(3, 1, 100), meanMoments(3.1, 1, 100)];
  const metric = metricOf("revenue", "sum");
  const capped = estimateOne(metric, { arms, cap: { value: 40, capped: [3, 5] } });
  expect(capped.winsorized).toEqual({ cap: 40, capped: [3, 5] });
  expect(capped.comparisons[0]!.notes).toEqual([]);
  const not = estimateOne(metric, { arms, cap: { value: null, capped: [0, 0] } });
  expect(not.comparisons[0]!.notes).toEqual(["cap-not-applied"]);
});
