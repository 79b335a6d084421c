import { describe, expect, test } from "vitest";
import { fiellerLift } from "../../../src/statistics/fieller.ts";
import { momentsOf } from "../../../src/statistics/moments.ts";
import { linearise } from "../../../src/statistics/ratio.ts";
import { differenceSkewness } from "../../../src/statistics/skewness.ts";
import { studentInterval } from "../../../src/statistics/student-interval.ts";
import { welch } from "../../../src/statistics/welch.ts";
import { expectClose } from "./close.ts";

describe("Welch", () => {
  const control = { mean: 10, variance: 4, units: 30 };
  const variant = { mean: 11, variance: 9, units: 25 };

  test("scipy's ttest_ind with unequal variances", () => {
    const test = welch(control, variant, { confidence: 0.95 });
    expect(test.estimate).toBe(1);
    expectClose(test.standardError, 0.7023769168568492);
    expectClose(test.statistic, 1.4237369936287485);
    expectClose(test.degreesOfFreedom, 40.47508602013509);
    expectClose(test.pValue, 0.1621863891464286);
    expectClose(test.pGreater, 0.0810931945732143);
    expectClose(test.pLess, 0.9189068054267857);
    expectClose(test.lower, -0.4190378446166607);
    expectClose(test.upper, 2.4190378446166605);
  });

  test("a weighted contrast is the test of the scaled control", () => {
    const weight = 0.98;
    const scaled = { mean: weight * 10, variance: weight ** 2 * 4, units: 30 };
    const test = welch(control, variant, { confidence: 0.9, weight });
    const same = welch(scaled, variant, { confidence: 0.9 });
    for (const key of ["estimate", "standardError", "degreesOfFreedom", "pGreater", "lower"] as const)
      expectClose(test[key], same[key]!);
  });

  test("where one arm does not vary, the other's degrees of freedom remain", () => {
    const test = welch({ mean: 1, variance: 0, units: 9 }, variant, { confidence: 0.95 });
    expectClose(test.degreesOfFreedom, 24);
    expectClose(test.standardError, 0.6);
  });

  test.each([
    [
      { mean: 1, variance: 0, units: 9 },
      { mean: 2, variance: 0, units: 9 },
    ],
    [
      { mean: 1, variance: 3, units: 1 },
      { mean: 2, variance: 3, units: 9 },
    ],
    [
      { mean: 1, variance: 3, units: 9 },
      { mean: 2, variance: 3, units: 1 },
    ],
    [
      { mean: 1, variance: Number.POSITIVE_INFINITY, units: 9 },
      { mean: 2, variance: 3, units: 9 },
    ],
    [
      { mean: 1, variance: 1e-320, units: 9 },
      { mean: 1e300, variance: 0, units: 9 },
    ],
  ])("%j against %j: the estimate only", (a, b) => {
    const { estimate, ...others } = welch(a, b, { confidence: 0.95 });
    expect(estimate).toBe(b.mean - a.mean);
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
  });

  test("a p-value of 1e-30 keeps its digits", () => {
    const arm = (mean: number) => ({ mean, variance: 500.5, units: 501 });
    const test = welch(arm(0), arm(11.464264524632 * Math.sqrt(1001 / 501)), { confidence: 0.95 });
    expectClose(test.degreesOfFreedom, 1000);
    expectClose(test.pGreater, 5.640389794742987e-29, 1e-11);
  });
});

describe("t interval of one mean", () => {
  test("Student's sleep data: the second drug", () => {
    // R: t.test(c(1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4))$conf.int
    const bounds = studentInterval({ mean: 2.33, variance: 4.009, units: 10 }, 0.95)!;
    expectClose(bounds.lower, 0.8976775, 1e-6);
    expectClose(bounds.upper, 3.7623225, 1e-6);
  });

  test("needs two units; no spread, no width", () => {
    expect(studentInterval({ mean: 2, variance: 0, units: 1 }, 0.95)).toBeNull();
    expect(studentInterval({ mean: 2, variance: 0, units: 5 }, 0.95)).toEqual({ lower: 2, upper: 2 });
  });
});

describe("Fieller", () => {
  const CRITICAL = 1.959963984540054;
  const lift = (meanA: number, varianceA: number, meanB: number, varianceB: number) =>
    fiellerLift({
      difference: meanB - meanA,
      varianceDifference: varianceA + varianceB,
      controlMean: meanA,
      varianceControlMean: varianceA,
      covariance: -varianceA,
      critical: CRITICAL,
    });

  test("the classical form for two independent means", () => {
    const bounds = lift(10, 0.025, 10.5, 0.027)!;
    expectClose(bounds.lower, 0.005194184311203109, 1e-10);
    expectClose(bounds.upper, 0.09682452026228394, 1e-11);
    const wide = lift(0.3, 0.0021, 0.4, 0.24 / 90)!;
    expectClose(wide.lower, -0.09868212584781533, 1e-11);
    expectClose(wide.upper, 1.027907054441859, 1e-11);
  });

  test("unbounded where the control's mean is not significant", () => {
    expect(lift(1, 2, 1.4, 1.5)).toMatchObject({ lower: null, upper: null, bounded: false });
  });

  test("no lift of a mean that is not positive", () => {
    expect(lift(0, 1, 1, 1)).toBeNull();
    expect(lift(-4, 0.001, -3.5, 0.001)).toBeNull();
  });

  test("no spread, no width; scale does not matter", () => {
    expect(lift(2, 0, 3, 0)).toMatchObject({ lower: 0.5, upper: 0.5, bounded: true });
    expect(lift(2, 0, 2, 0)).toMatchObject({ lower: 0, upper: 0, bounded: true });
    const [plain, tiny] = [lift(10, 0.025, 10.5, 0.027)!, lift(1e-159, 2.5e-322, 1.05e-159, 2.7e-322)!];
    expect(tiny.bounded).toBe(true);
    expect(Math.abs(tiny.lower! - plain.lower!)).toBeLessThan(0.01);
  });
});

describe("ratio of means", () => {
  const rows = [
    [0, 1],
    [2, 4],
    [1, 3],
    [1, 7],
    [2, 8],
  ];

  test("the delta method by hand", () => {
    // R = 6/23; s²y = .7, sxy = 1.6, s²x = 8.3, x̄ = 4.6
    const ratio = 6 / 23;
    const linear = linearise(momentsOf(rows, 2))!;
    expectClose(linear.ratio, ratio);
    expectClose(linear.variance, (0.7 - 2 * ratio * 1.6 + ratio ** 2 * 8.3) / 4.6 ** 2);
    expect(linear.moments.units).toBe(5);
  });

  test("the third moment is that of the linearised values", () => {
    const values = rows.map(([y, x]) => [(y! - (6 / 23) * x!) / 4.6]);
    expectClose(linearise(momentsOf(rows, 2))!.moments.third[0]!, momentsOf(values, 1).third[0]!, 1e-10);
  });

  test("refused without a positive denominator; no variance of one unit", () => {
    expect(linearise(momentsOf([], 2))).toBeNull();
    expect(linearise(momentsOf([[1, 0]], 2))).toBeNull();
    expect(linearise(momentsOf([[1, -2]], 2))).toBeNull();
    expect(linearise(momentsOf([[1, 2]], 2))!.variance).toBeNull();
  });
});

describe("skewness of a difference", () => {
  const column = (values: readonly number[]) =>
    momentsOf(
      values.map((value) => [value]),
      1,
    );

  test("by hand", () => {
    // A: 0, 0, 3 → mean 1, s² 3, M3/n = (−1 − 1 + 8)/3 = 2.  B: 0, 0, 0, 4 → mean 1, s² 4, M3/n = 24/4 = 6.
    const skewness = differenceSkewness(column([0, 0, 3]), column([0, 0, 0, 4]));
    expectClose(skewness, (6 / 16 - 2 / 9) / (3 / 3 + 4 / 4) ** 1.5);
  });

  test("equal arms cancel; no variance, no skewness", () => {
    expect(differenceSkewness(column([0, 0, 3]), column([0, 0, 3]))).toBe(0);
    expect(differenceSkewness(column([1, 1]), column([2, 2]))).toBeNull();
    expect(differenceSkewness(column([1]), column([2, 3]))).toBeNull();
  });
});
