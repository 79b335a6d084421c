import { describe, expect, test } from "vitest";
import type { Proportion } from "../../../src/statistics/proportion.ts";
import {
  meeInterval,
  meeLowerBound,
  meeUpperBound,
  scoreDifferenceZ,
} from "../../../src/statistics/score-difference.ts";
import {
  koopmanInterval,
  koopmanLowerBound,
  koopmanUpperBound,
  scoreRatioZ,
} from "../../../src/statistics/score-ratio.ts";
import { twoProportionZ } from "../../../src/statistics/two-proportion-z.ts";
import { wilsonInterval } from "../../../src/statistics/wilson.ts";
import { expectClose } from "./close.ts";

const of = (successes: number, units: number): Proportion => ({ successes, units });
const NOBODY = of(0, 0);

describe("two-proportion z", () => {
  test.each([
    [of(245, 5000), of(290, 5000), 1.9997481957101828, 0.04552746105781697],
    [of(100, 1000), of(120, 1000), 1.4293008498232314, 0.1529177818639462],
    [of(99, 100), of(100, 100), 1.0025094142341715, 0.31609762202891234],
    [of(4321, 54321), of(1234, 12345), 7.408059758437354, 1.281605560788206e-13],
  ])("%j against %j", (control, variant, statistic, pValue) => {
    const test = twoProportionZ(control, variant);
    expectClose(test.statistic, statistic, 1e-11);
    expectClose(test.pValue, pValue, 1e-10);
  });

  test("the cookie-cats game: retention after seven days and after one", () => {
    expectClose(twoProportionZ(of(8502, 44700), of(8279, 45489)).statistic, -3.16436, 1e-6);
    expectClose(twoProportionZ(of(20034, 44700), of(20119, 45489)).statistic, -1.78409, 3e-6);
  });

  test("a far tail keeps its digits", () => {
    expectClose(twoProportionZ(of(450_000, 1e7), of(461_000, 1e7)).pValue, 4.063954361697389e-32, 1e-10);
  });

  test("no success, or nothing else, says nothing", () => {
    const nothing = { statistic: null, pValue: 1, standardErrorPooled: 0, standardErrorUnpooled: 0 };
    expect(twoProportionZ(of(0, 10), of(0, 20))).toEqual({ ...nothing, difference: 0 });
    expect(twoProportionZ(of(10, 10), of(20, 20))).toEqual({ ...nothing, difference: 0 });
  });

  test("an empty arm leaves everything null", () => {
    const test = twoProportionZ(NOBODY, of(1, 2));
    expect(new Set(Object.values(test))).toEqual(new Set([null]));
  });
});

describe("Wilson", () => {
  test.each([
    [of(0, 10), 0.9, 0, 0.2129419700834071],
    [of(245, 5000), 0.95, 0.043355071700947344, 0.055337395453494184],
    [of(3, 10), 0.95, 0.10779126740630102, 0.6032218525388546],
  ])("%j at %d", (proportion, confidence, lower, upper) => {
    const bounds = wilsonInterval(proportion, confidence);
    expectClose(bounds.lower, lower);
    expectClose(bounds.upper, upper);
  });

  test("the ends are exact and keep their digits", () => {
    expect(wilsonInterval(of(0, 7), 0.95).lower).toBe(0);
    expect(wilsonInterval(of(7, 7), 0.95).upper).toBe(1);
    expect(wilsonInterval(NOBODY, 0.95)).toEqual({ lower: 0, upper: 1 });
    const z = 1.959963984540054;
    expectClose(wilsonInterval(of(0, 1e9), 0.95).upper, (z * z) / (1e9 + z * z));
  });
});

// Ends: mpmath, maximising the likelihood itself under the constraint, and bisection on the statistic.
const SCORE_CASES: readonly [Proportion, Proportion, readonly number[], readonly number[] | null][] = [
  [
    of(245, 5000),
    of(290, 5000),
    [0.0001795954965968875, 0.01786751113815026],
    [1.003351976682569, 1.396496726891106],
  ],
  [of(1, 20), of(5, 20), [-0.02561652049343025, 0.4298300098065926], [0.8743219056173787, 30.99400605717743]],
  [
    of(12, 40000),
    of(31, 120000),
    [-0.0002778683119066093, 0.0001273535932698573],
    [0.4475257475072986, 1.657007214355864],
  ],
  [
    of(99, 100),
    of(100, 100),
    [-0.02718102693865013, 0.05448619617870532],
    [0.9725521325910589, 1.057626018740815],
  ],
  [of(0, 10), of(3, 10), [-0.01964848996698988, 0.6032218525388547], null],
  [of(9, 10), of(2, 7), [-0.8639837977944106, -0.1579000982728549], [0.0903236888149123, 0.7785029951057812]],
];

describe("score intervals", () => {
  test.each(SCORE_CASES)("%j against %j", (control, variant, [low, high], ratio) => {
    const difference = meeInterval(control, variant, 0.95);
    expectClose(difference.lower, low!, 1e-12);
    expectClose(difference.upper, high!, 1e-12);
    const bounds = koopmanInterval(control, variant, 0.95);
    if (ratio === null) expect(bounds).toBeNull();
    else {
      expectClose(bounds!.lower, ratio[0]!, 1e-12);
      expectClose(bounds!.upper, ratio[1]!, 1e-12);
    }
  });

  test.each([
    [of(8502, 44700), of(8279, 45489), [-0.013282, -0.003121], [-0.068891, -0.016635]],
    [of(20034, 44700), of(20119, 45489), [-0.012392, 0.000582], [-0.02745, 0.001308]],
  ])("cookie-cats, %j against %j", (control, variant, difference, lift) => {
    const absolute = meeInterval(control, variant, 0.95);
    const relative = koopmanInterval(control, variant, 0.95)!;
    expect([absolute.lower, absolute.upper].map((end) => Number(end.toFixed(6)))).toEqual(difference);
    expect([relative.lower!, relative.upper!].map((end) => Number((end - 1).toFixed(6)))).toEqual(lift);
  });

  test("away from no effect the statistic uses the rates most likely there", () => {
    expectClose(scoreDifferenceZ(of(245, 5000), of(290, 5000), -0.01), 4.19237562000374);
    expectClose(scoreDifferenceZ(of(9, 10), of(2, 7), -0.01), -2.566281753988607);
    expectClose(scoreRatioZ(of(245, 5000), of(290, 5000), 0.9), 3.255934650416451);
    expectClose(scoreRatioZ(of(12, 40000), of(31, 120000), 0.9), -0.1299490963778893);
  });

  test("the edges are exact", () => {
    expect(meeInterval(of(0, 10), of(10, 10), 0.95).upper).toBe(1);
    expect(meeInterval(of(10, 10), of(0, 10), 0.95).lower).toBe(-1);
    expect(koopmanInterval(of(3, 10), of(0, 10), 0.95)!.lower).toBe(0);
    expect(koopmanInterval(of(0, 10), of(3, 10), 0.95)).toBeNull();
    expect(scoreDifferenceZ(of(0, 10), of(10, 10), 0)).toBeGreaterThan(4);
    expect(scoreDifferenceZ(of(0, 10), of(1, 10), -1)).toBe(Number.POSITIVE_INFINITY);
  });

  test("all successes in both arms: the closed form of one arm against certainty", () => {
    const square = 1.959963984540054 ** 2;
    const ratio = koopmanInterval(of(10, 10), of(10, 10), 0.95)!;
    expectClose(ratio.lower, 10 / (10 + square));
    expectClose(ratio.upper, 1 + square / 10);
    const difference = meeInterval(of(10, 10), of(10, 10), 0.95);
    expectClose(difference.upper, square / (10 + square));
    expectClose(difference.lower, -square / (10 + square));
  });

  test("no unit, no evidence", () => {
    expect(scoreDifferenceZ(NOBODY, of(1, 2), 0)).toBe(0);
    expect(scoreRatioZ(NOBODY, of(1, 2), 1)).toBe(0);
    expect(meeInterval(NOBODY, of(1, 2), 0.95)).toEqual({ lower: -1, upper: 1 });
    expect(koopmanInterval(of(1, 2), NOBODY, 0.95)).toEqual({ lower: 0, upper: null });
    expect(koopmanInterval(NOBODY, of(1, 2), 0.95)).toBeNull();
  });

  test("a one-sided bound is the end of the interval of twice the error", () => {
    const [control, variant] = [of(245, 5000), of(290, 5000)];
    const difference = meeInterval(control, variant, 0.9);
    expectClose(meeLowerBound(control, variant, 0.95), difference.lower, 1e-11);
    expectClose(meeUpperBound(control, variant, 0.95), difference.upper, 1e-11);
    const ratio = koopmanInterval(control, variant, 0.9)!;
    expectClose(koopmanLowerBound(control, variant, 0.95), ratio.lower!, 1e-11);
    expectClose(koopmanUpperBound(control, variant, 0.95), ratio.upper!, 1e-11);
    expect(koopmanUpperBound(of(0, 5), variant, 0.95)).toBeNull();
  });
});
