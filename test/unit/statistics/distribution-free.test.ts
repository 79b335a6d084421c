import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootstrapDifference, bootstrapInterval } from "../../../src/statistics/bootstrap.ts";
import { cochranQ } from "../../../src/statistics/cochran-q.ts";
import { mannWhitney, tiedCounts } from "../../../src/statistics/mann-whitney.ts";
import {
  clusterInflation,
  quantileDifference,
  quantileEstimate,
  quantileRanks,
} from "../../../src/statistics/quantile-interval.ts";
import { uniformStream } from "../../../src/statistics/random.ts";
import { quantileOf, winsorize } from "../../../src/statistics/winsorize.ts";
import { expectClose } from "./close.ts";

const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });

describe("Mann and Whitney", () => {
  test("U counts the pairs, whatever the ties; exchanging the arms mirrors it", () => {
    fc.assert(
      fc.property(values, values, (control, variant) => {
        const test = mannWhitney(tiedCounts(control, variant))!;
        const pairs = control.flatMap((a) => variant.map((b) => (b > a ? 1 : b === a ? 0.5 : 0) as number));
        expectClose(
          test.statistic,
          pairs.reduce((sum, pair) => sum + pair, 0),
        );
        const back = mannWhitney(tiedCounts(variant, control))!;
        expect(back.pValue).toEqual(test.pValue === null ? null : expect.closeTo(test.pValue, 12));
        expect(test.commonLanguage + back.commonLanguage).toBeCloseTo(1, 12);
      }),
    );
  });

  test("equal values and empty arms have a stated answer", () => {
    expect(mannWhitney([{ value: 3, control: 5, variant: 4 }])).toMatchObject({
      z: null,
      pValue: null,
      commonLanguage: 0.5,
    });
    expect(mannWhitney([{ value: 3, control: 5, variant: 0 }])).toBeNull();
  });
});

describe("quantiles", () => {
  test("type 7, as R's default", () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantileOf([1, 2, 4, 8], q))).toEqual([1, 1.75, 3, 5, 8]);
    expect(quantileOf([], 0.5)).toBeNull();
    expect(quantileOf([5, 5], 0.3)).toBe(5);
  });

  test("winsorizing moves what is beyond the quantiles, and only that", () => {
    fc.assert(
      fc.property(values, (list) => {
        const capped = winsorize(list, { upper: 0.8 })!;
        expect(Math.max(...capped.values)).toBeLessThanOrEqual(capped.upperCap);
        expect(capped.values.filter((value, index) => value !== list[index])).toHaveLength(capped.capped);
      }),
    );
    expect(winsorize([], {})).toBeNull();
  });

  test("ranks that would lie outside say so", () => {
    expect(quantileRanks(1000, 0.5, 0.95)).toEqual({ lower: 469, upper: 531, inside: true });
    expect(quantileRanks(20, 0.95, 0.95).inside).toBe(false);
    expect(quantileEstimate([], 0.5, 0.95)).toBeNull();
    const flat = { estimate: 1, standardError: 0 };
    expect(quantileDifference(flat, flat, 0.95).pValue).toBeNull();
  });

  test("values one to a unit are not inflated; values that repeat in a unit count once", () => {
    const random = uniformStream(5);
    const units = Array.from({ length: 4000 }, () => Number(random() < 0.5));
    expect(
      clusterInflation(
        units.map((below) => ({ below, values: 1 })),
        0.5,
      ),
    ).toBeCloseTo(1, 2);
    expect(
      clusterInflation(
        units.map((below) => ({ below: 7 * below, values: 7 })),
        0.5,
      ),
    ).toBeCloseTo(7, 1);
    expect(clusterInflation([{ below: 1, values: 2 }], 0.5)).toBeNull();
  });

  test("covers the median of independent values at its level", () => {
    const random = uniformStream(11);
    let covered = 0;
    for (let world = 0; world < 2000; world++) {
      const sorted = Array.from({ length: 200 }, () => -Math.log(random())).sort((a, b) => a - b);
      const { lower, upper } = quantileEstimate(sorted, 0.5, 0.9)!;
      covered += Number(lower <= Math.LN2 && Math.LN2 <= upper);
    }
    // The outer interval is wider than its level: 1e-5 binomial band around .90 to .93.
    expect(covered).toBeGreaterThan(1738);
    expect(covered).toBeLessThan(1925);
  });
});

describe("bootstrap", () => {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const difference = (a: readonly number[], b: readonly number[]) => mean(b) - mean(a);
  const random = uniformStream(3);
  const [a, b] = [0, 0.3].map((shift) => Array.from({ length: 200 }, () => random() + shift)) as [
    number[],
    number[],
  ];

  test("the same seed gives the same digits, another seed others", () => {
    const run = (seed: number) =>
      bootstrapDifference(a, b, difference, { seed, confidence: 0.95, replicates: 500 })!;
    expect(run(1)).toEqual(run(1));
    expect(run(1).percentile).not.toEqual(run(2).percentile);
  });

  test("of a mean it is close to the normal interval", () => {
    const interval = bootstrapDifference(a, b, difference, { seed: 8, confidence: 0.95 })!;
    const reach = 1.96 * Math.sqrt(1 / 12 / 200 + 1 / 12 / 200);
    for (const bounds of [interval.percentile, interval.bca!]) {
      expect(bounds.lower).toBeCloseTo(interval.estimate - reach, 1.5);
      expect(bounds.upper).toBeCloseTo(interval.estimate + reach, 1.5);
    }
    expectClose(interval.standardError, reach / 1.96, 0.1);
  });

  test("BCa without bias and skew is the percentile interval", () => {
    const replicates = Array.from({ length: 1001 }, (_, index) => index - 500);
    const interval = bootstrapInterval({ estimate: 0, replicates, confidence: 0.9 })!;
    expect(interval.bca!.lower).toBeCloseTo(interval.percentile.lower, 9);
    expect(interval.bca!.upper).toBeCloseTo(interval.percentile.upper, 9);
  });

  test("no interval where there is none", () => {
    expect(bootstrapDifference([], b, difference, { seed: 1, confidence: 0.9 })).toBeNull();
    expect(bootstrapInterval({ estimate: 0, replicates: [1, Number.NaN], confidence: 0.9 })).toBeNull();
    expect(bootstrapInterval({ estimate: 0, replicates: [1, 2, 3], confidence: 0.9 })!.bca).toBeNull();
  });
});

test("Cochran's Q needs two effects with a standard error", () => {
  const effect = (estimate: number | null, standardError: number | null) => ({ estimate, standardError });
  expect(cochranQ([effect(1, 0.1), effect(2, null), effect(null, 1), effect(3, 0)])).toBeNull();
  expect(cochranQ([effect(1, 0.1), effect(2, 0.1)])!.pValue).toBeLessThan(1e-10);
});
