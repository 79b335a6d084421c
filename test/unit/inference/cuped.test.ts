import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment, LookMethod } from "../../../src/model/experiment.ts";
import type { MetricMoments } from "../../../src/query/observation.ts";
import { combineAll, type Moments, momentsOf } from "../../../src/statistics/moments.ts";
import { drawRows } from "./park-miller.ts";
import { experimentOf, metricOf, observationOf, planOf } from "./trial-fixture.ts";

type Row = readonly number[];

/** (value, value before exposure) of each unit. */
const world = (seed: number, units: number, shift: number): readonly Row[] =>
  drawRows(seed, units, (next) => {
    const before = 3 * next() + next() ** 4 * 10;
    return [0.8 * before + 2 * next() + shift, before];
  });
const [A, B] = [world(7, 300, 0), world(11, 280, 0.25)];
const DAYS_14 = 14 * 86_400_000;

function estimateOne(
  rows: readonly (readonly Row[])[],
  change: Partial<Experiment> = {},
  more: {
    readonly method?: LookMethod;
    readonly found?: Partial<MetricMoments>;
    readonly cuped?: number | null;
  } = {},
) {
  const { method = "fixed", cuped = DAYS_14 } = more;
  const base = experimentOf({
    primary: { metric: metricOf("revenue", "sum"), goal: "better", margin: null },
    mde: { kind: "relative", value: 0.05 },
    ...change,
  });
  const experiment = { ...base, analysis: { ...base.analysis, cuped, method } };
  const variables = rows[0]![0]!.length;
  const covariates = rows.map((arm) => momentsOf(arm, variables));
  const outcomes = variables / 2;
  const arms = covariates.map((moments) => outcomeOf(moments, outcomes));
  const { key } = experiment.primary.metric;
  const observation = observationOf({ [key]: arms }, { horizon: { reached: true, day: null, by: "end" } });
  const metrics = observation.metrics.map((found) => ({
    ...found,
    covariates: { arms: covariates },
    ...more.found,
  }));
  const [estimates] = estimate({
    experiment,
    plan: planOf(experiment, 300),
    observation: { ...observation, metrics },
  });
  return estimates!;
}

function outcomeOf(moments: Moments, variables: number): Moments {
  const unit = (i: number) => moments.means.map((_, j) => Number(i === j));
  return combineAll(
    moments,
    Array.from({ length: variables }, (_, i) => unit(i)),
  );
}

/** Expected values: the same rows in Python; θ by numpy's cov of the union, scipy's t, roots of Fieller's polynomial. */
describe("values before exposure taken out", () => {
  const estimates = estimateOne([A, B]);
  const comparison = estimates.comparisons[0]!;

  test("decide, with what was saved and the unadjusted numbers beside them", () => {
    expect(estimates.method).toBe("CUPED; Welch t; Fieller interval");
    expect(comparison.absolute.estimate).toBeCloseTo(0.29885207049590834, 12);
    expect(comparison.absolute.lower).toBeCloseTo(0.20763113152607987, 11);
    expect(comparison.absolute.upper).toBeCloseTo(0.3900730094657368, 11);
    expect(comparison.statistic).toBeCloseTo(6.434582941401653, 10);
    expect(comparison.degreesOfFreedom).toBeCloseTo(577.8578911693223, 7);
    expect(comparison.pValue! / 2.600920031625177e-10).toBeCloseTo(1, 9);
    expect(comparison.cuped).toMatchObject({ applied: true, reason: null });
    expect(comparison.cuped!.theta[0]).toBeCloseTo(0.8090802969302306, 12);
    expect(comparison.cuped!.varianceReduction).toBeCloseTo(0.9453230515397479, 12);
    expect(comparison.cuped!.unadjusted!.absolute.estimate).toBeCloseTo(0.31963507834658644, 12);
    expect(comparison.cuped!.unadjusted!.statistic).toBeCloseTo(1.609239571300078, 10);
    expect(comparison.cuped!.unadjusted!.pValue).toBeCloseTo(0.10812059943635804, 12);
    expect(comparison.skewness).toBeCloseTo(-0.002539061427837827, 10);
  });

  test("lifts are of the unadjusted control, which the adjusted difference still depends on", () => {
    expect(comparison.relative.estimate).toBeCloseTo(0.07708806922202338, 12);
    expect(comparison.relative.lower).toBeCloseTo(0.052434157598520395, 11);
    expect(comparison.relative.upper).toBeCloseTo(0.10324253362820952, 11);
    const plain = estimateOne([A, B], {}, { cuped: null });
    expect(estimates.variants).toEqual(plain.variants);
    expect(plain.comparisons[0]!.cuped).toBeNull();
  });

  test("not worse by a relative margin: the contrast with that base, and its bound", () => {
    const margin = { kind: "relative", value: 0.1 } as const;
    const primary = { metric: metricOf("revenue", "sum"), goal: "not-worse", margin } as const;
    const { nonInferiority } = estimateOne([A, B], { primary }).comparisons[0]!;
    expect(nonInferiority!.statistic).toBeCloseTo(15.260139611886084, 9);
    expect(nonInferiority!.pValue! / 1.2405388769099432e-44).toBeCloseTo(1, 7);
    expect(nonInferiority!.bound).toBeCloseTo(0.05632296691565326, 10);
  });

  test("of a conversion: as a mean", () => {
    const binary = (arm: readonly Row[]) => arm.map(([y, x]) => [Number(y! > 2.2), x!]);
    const metric = metricOf("orders");
    const { comparisons, variants } = estimateOne([binary(A), binary(B)], {
      primary: { metric, goal: "better", margin: null },
    });
    expect(variants.map(({ sum }) => sum)).toEqual([220, 232]);
    expect(comparisons[0]!.absolute.estimate).toBeCloseTo(0.09340516406502442, 12);
    expect(comparisons[0]!.pValue).toBeCloseTo(0.0017827669323146904, 12);
  });

  test("of a ratio: both linearised", () => {
    const ratios = (seed: number, units: number, shift: number) =>
      drawRows(seed, units, (next) => {
        const parts = 1 + Math.floor(3 * next());
        const own = next();
        const before = 1 + Math.floor(3 * next());
        return [parts * (own + 0.5 * next() + shift), parts, before * (own + 0.3 * next()), before];
      });
    const primary = { metric: metricOf("value", "ratio"), goal: "better", margin: null } as const;
    const { comparisons } = estimateOne([ratios(17, 320, 0), ratios(19, 310, 0.05)], { primary });
    expect(comparisons[0]!.cuped!.theta[0]).toBeCloseTo(0.8097472423743368, 11);
    expect(comparisons[0]!.absolute.estimate).toBeCloseTo(0.04402758870661394, 12);
    expect(comparisons[0]!.degreesOfFreedom).toBeCloseTo(619.4443781885352, 6);
    expect(comparisons[0]!.pValue).toBeCloseTo(0.020915901446077047, 11);
  });
});

describe("why it is not applied", () => {
  const reasonOf = (...asked: Parameters<typeof estimateOne>) =>
    estimateOne(...asked).comparisons[0]!.cuped!.reason;

  test.each([
    ["too-few-units", [A.slice(0, 59), B], {}, {}],
    ["no-variance", [A.map(([y]) => [y!, 3]), B.map(([y]) => [y!, 3])], {}, {}],
    ["no-covariate", [A, B], {}, { found: { covariates: undefined } }],
    [
      "not-for-kind",
      [A, B],
      { primary: { metric: metricOf("average", "mean"), goal: "better", margin: null } },
      {},
    ],
  ] as const)("%s", (reason, rows, change, more) => {
    const found = reasonOf(rows as never, change as never, more as never);
    expect(found).toBe(reason);
  });

  test("60 units an arm are enough, and unadjusted numbers are those without it", () => {
    expect(reasonOf([A.slice(0, 60), B])).toBeNull();
    const [few, plain] = [
      estimateOne([A.slice(0, 59), B]).comparisons[0]!,
      estimateOne([A.slice(0, 59), B], {}, { cuped: null }).comparisons[0]!,
    ];
    expect({ ...few, cuped: null }).toEqual(plain);
  });
});

describe("looks", () => {
  const days = [120, 200, 280];
  const series = (withCovariates: boolean) =>
    days.map((units, index) => {
      const covariates = [A, B].map((arm) => momentsOf(arm.slice(0, units), 2));
      return {
        day: `2026-11-${String(8 + 7 * index).padStart(2, "0")}`,
        isOver: true,
        arms: covariates.map((moments) => outcomeOf(moments, 1)),
        exposed: [units, units],
        ...(withCovariates && { covariates: { arms: covariates } }),
      };
    });

  test.each(["sequential", "group-sequential"] as const)(
    "of a %s design are at adjusted values",
    (method) => {
      const adjusted = estimateOne([A, B], {}, { method, found: { series: series(true) } });
      const plain = estimateOne([A, B], {}, { method, cuped: null, found: { series: series(true) } });
      const [own, raw] = [adjusted.comparisons[0]!, plain.comparisons[0]!];
      expect(own.look!.number).toBe(raw.look!.number);
      const [a, b] = [A.slice(0, 280), B.slice(0, 280)];
      const union = [...a, ...b];
      const mean = (rows: readonly Row[], i: number) =>
        rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;
      const [y, x] = [mean(union, 0), mean(union, 1)];
      const cross = union.reduce((sum, row) => sum + (row[0]! - y) * (row[1]! - x), 0);
      const theta = cross / union.reduce((sum, row) => sum + (row[1]! - x) ** 2, 0);
      const difference = mean(b, 0) - mean(a, 0) - theta * (mean(b, 1) - mean(a, 1));
      expect(own.absolute.estimate).toBeCloseTo(difference, 11);
      expect(own.pValue!).toBeLessThan(0.01 * raw.pValue!);
      expect(own.cuped!.unadjusted!.pValue).toBe(raw.pValue);
      expect(own.absolute.upper! - own.absolute.lower!).toBeLessThan(
        0.4 * (raw.absolute.upper! - raw.absolute.lower!),
      );
      expect(adjusted.method).toMatch(/^CUPED; /);
    },
  );

  test("without what was before by day, none is adjusted, and that is said", () => {
    const found = { series: series(false) };
    const own = estimateOne([A, B], {}, { method: "sequential", found }).comparisons[0]!;
    expect(own.cuped!.reason).toBe("not-at-looks");
    const plain = estimateOne([A, B], {}, { method: "sequential", cuped: null, found }).comparisons[0]!;
    expect({ ...own, cuped: null }).toEqual(plain);
  });
});
