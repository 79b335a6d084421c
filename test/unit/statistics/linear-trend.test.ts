import { describe, expect, test } from "vitest";
import { lackOfFit } from "../../../src/statistics/lack-of-fit.ts";
import { linearTrend } from "../../../src/statistics/linear-trend.ts";
import { welch } from "../../../src/statistics/welch.ts";

const dosed = (dose: number, mean: number, variance: number, units: number) => ({
  dose,
  mean,
  variance,
  units,
});

describe("the slope over doses", () => {
  test("of two is Welch's test over their distance", () => {
    const [a, b] = [dosed(3, 10, 4, 50), dosed(8, 11.5, 9, 40)];
    const [trend, plain] = [linearTrend([a, b], 0.9)!, welch(a, b, { confidence: 0.9 })];
    expect(trend.slope).toBeCloseTo(plain.estimate / 5, 13);
    expect(trend.lower).toBeCloseTo(plain.lower! / 5, 12);
    expect(trend.degreesOfFreedom).toBeCloseTo(plain.degreesOfFreedom!, 9);
    expect(trend.pValue).toBeCloseTo(plain.pValue!, 12);
  });

  test("does not depend on the order of the doses, and turns with their sign", () => {
    const samples = [dosed(1, 5, 2, 30), dosed(2, 5.5, 3, 45), dosed(4, 5.2, 1, 25)];
    const trend = linearTrend(samples, 0.95)!;
    expect(linearTrend([...samples].reverse(), 0.95)!.slope).toBeCloseTo(trend.slope, 14);
    const turned = linearTrend(
      samples.map((sample) => ({ ...sample, dose: -sample.dose })),
      0.95,
    )!;
    expect(turned.slope).toBeCloseTo(-trend.slope, 14);
    expect(turned.lower).toBeCloseTo(-trend.upper, 13);
  });

  test.each([
    ["one dose", [dosed(1, 5, 2, 30)]],
    ["the same dose twice", [dosed(1, 5, 2, 30), dosed(1, 6, 2, 30)]],
    ["one unit", [dosed(1, 5, 2, 30), dosed(2, 6, 0, 1)]],
    ["no variance", [dosed(1, 5, 0, 30), dosed(2, 6, 0, 30)]],
  ])("%s: none", (_, samples) => expect(linearTrend(samples, 0.95)).toBeNull());
});

describe("whether means lie on a model", () => {
  const point = (value: number, standardError: number | null, ...terms: number[]) => ({
    value,
    standardError,
    terms,
  });

  /** Expected: two means about their weighted mean, (3 − 1)²/(0.5² + 1²), which is Cochran's Q. */
  test("a constant alone: Cochran's Q", () => {
    const fit = lackOfFit([point(1, 0.5), point(3, 1)])!;
    expect(fit.statistic).toBeCloseTo(4 / 1.25, 12);
    expect(fit.degreesOfFreedom).toBe(1);
  });

  test("points on a line have no lack, far from zero too", () => {
    const line = [1, 2, 5, 9].map((x) => point(1e6 + 3 * x, 0.1 + x / 10, x));
    const fit = lackOfFit(line)!;
    expect(fit.statistic).toBeLessThan(1e-12);
    expect(fit.degreesOfFreedom).toBe(2);
  });

  test("a term that others explain takes no degree of freedom", () => {
    const twice = [1, 2, 5, 9].map((x) => point(x * x, 1, x, 2 * x));
    const once = [1, 2, 5, 9].map((x) => point(x * x, 1, x));
    expect(lackOfFit(twice)!.degreesOfFreedom).toBe(2);
    expect(lackOfFit(twice)!.statistic).toBeCloseTo(lackOfFit(once)!.statistic, 9);
  });

  test("as many terms as points, or a point without error: null", () => {
    expect(lackOfFit([point(1, 1, 1), point(2, 1, 2)])).toBeNull();
    expect(lackOfFit([point(1, 1, 1), point(2, null, 2), point(3, 1, 3)])).toBeNull();
    expect(lackOfFit([point(1, 1, 1), point(2, 0, 2), point(3, 1, 3)])).toBeNull();
    expect(lackOfFit([])).toBeNull();
  });
});
