import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import { type Moments, momentsOf } from "../../../src/statistics/moments.ts";
import { checkout, experimentOf, meanMoments, metricOf, observationOf, planOf } from "./trial-fixture.ts";

const revenue = [meanMoments(4.31, 22.8, 5000), meanMoments(4.4, 23.5, 5200)];
const loadTime = [meanMoments(1.2, 2.1, 3000), meanMoments(1.22, 2.3, 2500)];

function estimatesOf(change: Partial<Experiment>, arms: Record<string, readonly Moments[]>) {
  const experiment = experimentOf(change);
  return estimate({ experiment, plan: planOf(experiment, 6000), observation: observationOf(arms) });
}

function primaryOf(
  change: Partial<Experiment>,
  arms: readonly Moments[],
  kind: "sum" | "mean" | "ratio" = "sum",
) {
  const primary = { metric: metricOf("revenue", kind), goal: "better", margin: null } as const;
  return estimatesOf({ primary, ...change }, { revenue: arms })[0]!;
}

/** Expected values: scipy's t and normal distributions, and the roots of Fieller's quadratic by numpy. */
describe("means", () => {
  const mde = { kind: "relative", value: 0.1 } as const;
  const { method, comparisons } = primaryOf({ mde }, revenue);
  const comparison = comparisons[0]!;

  test("Welch's test and Fieller's interval", () => {
    expect(method).toBe("Welch t; Fieller interval");
    expect(comparison.statistic).toBeCloseTo(0.19631669171, 9);
    expect(comparison.degreesOfFreedom).toBeCloseTo(10_197.17691, 4);
    expect(comparison.pValue).toBeCloseTo(0.84436620956, 10);
    expect(comparison.absolute.lower).toBeCloseTo(-0.80863830281, 9);
    expect(comparison.absolute.upper).toBeCloseTo(0.98863830281, 9);
    expect(comparison.relative.lower).toBeCloseTo(-0.17082835, 8);
    expect(comparison.relative.upper).toBeCloseTo(0.25746533, 8);
  });

  test("power, units, beliefs, equivalence", () => {
    expect(comparison.power).toBeCloseTo(0.03889569, 7);
    expect(comparison.powerAtMde).toBeCloseTo(0.1539057, 7);
    expect(comparison.unitsNeeded).toBe(1_038_853);
    expect(comparison.probabilityToBeatControl).toBeCloseTo(0.57781885, 8);
    expect(comparison.expectedLoss).toBeCloseTo(0.14140535, 8);
    expect(comparison.equivalence).toMatchObject({ mde, level: 0.9, established: false });
    expect(comparison.equivalence!.lower).toBeCloseTo(-0.14225497, 8);
    expect(comparison.equivalence!.upper).toBeCloseTo(0.21541702, 8);
  });

  test("an arm's interval is Student's", () => {
    const [first] = primaryOf({}, [meanMoments(10, 2, 16), meanMoments(11, 2, 16)]).variants;
    expect(first!.sum).toBe(160);
    expect(first!.standardDeviation).toBeCloseTo(2, 12);
    // t(0.975, 15) = 2.131449546
    expect(first!.interval!.upper).toBeCloseTo(10 + 2.131449546 / 2, 8);
  });
});

describe("means not worse than a margin", () => {
  const guarded = (
    better: "higher" | "lower",
    margin: Experiment["guardrails"][number]["margin"],
    arms: readonly Moments[],
  ) =>
    estimatesOf(
      { guardrails: [{ metric: metricOf("guard", "sum", better), margin }] },
      { ...checkout, guard: arms },
    )[1]!.comparisons[0]!.nonInferiority!;

  /** Expected values: scipy's t with Satterthwaite's degrees of freedom of the contrast; brentq for the bound. */
  test("a relative margin tests the contrast with the margin's weight", () => {
    const higher = guarded("higher", { kind: "relative", value: 0.25 }, revenue);
    expect(higher.statistic).toBeCloseTo(2.876943197, 9);
    expect(higher.pValue).toBeCloseTo(0.00201220851, 10);
    expect(higher.bound).toBeCloseTo(-0.14225524933, 9);
    expect(higher.established).toBe(true);
    const lower = guarded("lower", { kind: "relative", value: 0.1 }, loadTime);
    expect(lower.statistic).toBeCloseTo(1.6023706986, 9);
    expect(lower.pValue).toBeCloseTo(0.05456646599, 10);
    expect(lower.bound).toBeCloseTo(-0.10230620976, 9);
    expect(lower.established).toBe(false);
  });

  /** Expected values: `nonInferiorityMeans` of the reference cases. */
  test("an absolute margin shifts the difference", () => {
    const arms = [meanMoments(10, 2, 200), meanMoments(10.1, Math.sqrt(4.2), 210)];
    const test = guarded("higher", { kind: "absolute", value: 0.5 }, arms);
    expect(test.statistic).toBeCloseTo(3, 10);
    expect(test.pValue).toBeCloseTo(0.0014327229348, 12);
    expect(test.bound).toBeCloseTo(-0.22971983131, 10);
    const mirrored = guarded("lower", { kind: "absolute", value: 0.5 }, [
      meanMoments(-10, 2, 200),
      meanMoments(-10.1, Math.sqrt(4.2), 210),
    ]);
    expect(mirrored.bound).toBeCloseTo(test.bound!, 12);
    expect(mirrored.pValue).toBeCloseTo(test.pValue!, 12);
  });

  test("a relative margin of a control at or below 0 cannot be tested", () => {
    const test = guarded("higher", { kind: "relative", value: 0.1 }, [
      meanMoments(-1, 2, 200),
      meanMoments(1, 2, 200),
    ]);
    expect(test).toMatchObject({ statistic: null, pValue: null, bound: null, established: false });
  });
});

describe("ratios", () => {
  const A = [
    [0, 1],
    [2, 4],
    [1, 3],
    [1, 7],
    [2, 8],
    [2, 7],
    [0, 2],
    [2, 5],
    [0, 4],
    [0, 4],
    [1, 2],
    [0, 6],
    [4, 9],
    [0, 3],
    [1, 3],
    [1, 3],
    [4, 8],
    [1, 5],
    [2, 4],
    [1, 3],
  ];

  /** Expected values: `ratioDelta` of the reference cases, arm A. */
  test("an arm is Σ numerator over Σ denominator, with the delta method's spread", () => {
    const { method, variants } = primaryOf({}, [momentsOf(A, 2), momentsOf(A, 2)], "ratio");
    expect(method).toBe("delta-method ratio, Welch t; Fieller interval");
    expect(variants[0]!.sum).toBeCloseTo(25, 10);
    expect(variants[0]!.mean).toBeCloseTo(0.27472527472527475, 12);
    expect(variants[0]!.standardDeviation! ** 2 / 20).toBeCloseTo(0.001925729744203036, 12);
  });

  test("a denominator that is not positive is refused with a note", () => {
    const none = momentsOf(
      A.map(([numerator]) => [numerator!, 0]),
      2,
    );
    const { variants, comparisons } = primaryOf({}, [none, momentsOf(A, 2)], "ratio");
    expect(variants[0]).toMatchObject({ units: 20, mean: null, standardDeviation: null, interval: null });
    expect(comparisons[0]).toMatchObject({
      pValue: null,
      absolute: { estimate: null, lower: null, upper: null },
    });
    expect(comparisons[0]!.notes).toEqual(["denominator-not-positive"]);
  });
});

describe("means over those who have a value", () => {
  const experiment = experimentOf({
    primary: { metric: metricOf("load", "mean"), goal: "better", margin: null },
  });
  const observed = observationOf({ load: [meanMoments(10, 2, 4000), meanMoments(10, 2, 4100)] });
  const [load] = estimate({
    experiment,
    plan: planOf(experiment, 6000),
    observation: { metrics: [{ ...observed.metrics[0]!, exposed: [5000, 5000] }] },
  });

  test("say beside them whether the arms report alike", () => {
    const { reporting, notes } = load!.comparisons[0]!;
    expect(reporting).toMatchObject({ control: 0.8, variant: 0.82 });
    expect(reporting!.statistic).toBeCloseTo(2.54906371, 8);
    expect(reporting!.pValue).toBeCloseTo(0.01080126, 8);
    expect(notes).toContain("reporting-differs");
  });

  test("count those who have one", () => {
    expect(load!.variants.map(({ units }) => units)).toEqual([4000, 4100]);
  });
});

describe("what does not exist is null, with a note", () => {
  const compared = (...arms: readonly Moments[]) => primaryOf({}, arms).comparisons[0]!;
  const fine = meanMoments(10, 2, 100);

  test("an empty arm", () => {
    const comparison = compared(meanMoments(0, 0, 0), fine);
    expect(comparison).toMatchObject({ statistic: null, pValue: null, absolute: { estimate: null } });
    expect(comparison.notes).toEqual(["no-units"]);
  });

  test("one unit: the mean only", () => {
    const { variants, comparisons } = primaryOf({}, [fine, meanMoments(12, 0, 1)]);
    expect(variants[1]).toMatchObject({ mean: 12, sum: 12, standardDeviation: null, interval: null });
    expect(comparisons[0]).toMatchObject({
      pValue: null,
      absolute: { estimate: 2, lower: null, upper: null },
    });
    expect(comparisons[0]!.notes).toEqual(["one-unit"]);
  });

  test("no variance in both arms: the estimate only; in one: Welch as usual", () => {
    const both = compared(meanMoments(10, 0, 50), meanMoments(11, 0, 50));
    expect(both).toMatchObject({
      pValue: null,
      absolute: { estimate: 1, lower: null, upper: null },
      power: null,
    });
    expect(both).toMatchObject({ unitsNeeded: null, probabilityToBeatControl: null, skewness: null });
    expect(both.notes).toEqual(["no-variance"]);
    const one = compared(meanMoments(10, 0, 50), meanMoments(11, 2, 50));
    expect(one.degreesOfFreedom).toBeCloseTo(49, 9);
    expect(one.pValue).toBeLessThan(0.01);
  });

  test("a control at 0 has no lift, an uncertain one no bounds", () => {
    expect(compared(meanMoments(0, 2, 50), fine).notes).toEqual(["relative-undefined"]);
    const open = compared(meanMoments(0.1, 2, 50), fine);
    expect(open.relative).toMatchObject({ lower: null, upper: null });
    expect(open.notes).toEqual(["unbounded"]);
  });

  test("values beyond doubles", () => {
    const huge = compared(meanMoments(1e200, 1e200, 50), fine);
    expect(huge.notes).toContain("overflow");
    expect(huge.pValue).toBeNull();
  });
});

describe("skewness of the difference", () => {
  const skewedBy = (third: number) => {
    const arm = { ...meanMoments(10, 2, 100), third: [third] };
    return primaryOf({}, [meanMoments(10, 2, 100), arm]).comparisons[0]!;
  };
  // γ = (M3/n)/n² / (2·4/100)^1.5
  const third = (gamma: number) => gamma * 100 ** 3 * 0.08 ** 1.5;

  test("warns beyond .06 and bars beyond .3, in either direction", () => {
    expect(skewedBy(third(0.05)).skewness).toBeCloseTo(0.05, 10);
    expect(skewedBy(third(0.05)).notes).toEqual([]);
    expect(skewedBy(third(0.07)).notes).toEqual(["skewed"]);
    expect(skewedBy(third(-0.31)).notes).toEqual(["severely-skewed"]);
  });
});

describe("data that no double holds", () => {
  const broken = (moments: Moments, worth: number): Moments => ({
    ...moments,
    means: moments.means.map(() => worth),
    second: moments.second.map(() => worth),
    third: moments.third.map(() => worth),
  });
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308];

  test.each(
    numbers.flatMap((worth) => (["sum", "mean", "ratio"] as const).map((kind) => [worth, kind] as const)),
  )("%s in a %s: no test, no NaN, and nothing thrown", (worth, kind) => {
    const plain =
      kind === "ratio"
        ? momentsOf(
            [
              [1, 2],
              [3, 4],
              [2, 5],
            ],
            2,
          )
        : revenue[0]!;
    const arms = [plain, broken(plain, worth)];
    const [comparison] = primaryOf({}, arms, kind).comparisons;
    expect(comparison!.pValue === null || Number.isFinite(comparison!.pValue)).toBe(true);
    const found = JSON.stringify(comparison, (_, value) => (Number.isNaN(value) ? "NaN" : value));
    expect(found).not.toContain('"NaN"');
  });
});
