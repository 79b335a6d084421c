import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  obrienFlemingSpending,
  pocockSpending,
  powerSpending,
} from "../../../src/statistics/alpha-spending.ts";
import { classicBounds, spendingBounds } from "../../../src/statistics/group-sequential-bounds.ts";
import { groupSequentialPValue } from "../../../src/statistics/group-sequential-p-value.ts";
import { groupSequentialSize } from "../../../src/statistics/group-sequential-power.ts";
import { mixtureSprt } from "../../../src/statistics/mixture-sprt.ts";
import { normalSf } from "../../../src/statistics/normal.ts";
import { running } from "../../../src/statistics/running.ts";
import { sequentialSrm } from "../../../src/statistics/sequential-srm.ts";
import { expectClose } from "./close.ts";

const weekly = (looks: number) =>
  Array.from({ length: looks }, (_, index) => ({ fraction: (index + 1) / looks }));

describe("group-sequential bounds", () => {
  test("the published constants", () => {
    // Jennison and Turnbull (2000), tables 2.1 and 2.3, K = 5 at .05.
    expectClose(classicBounds("O'Brien-Fleming", 5, 0.05).constant, 2.040073, 1e-6);
    expectClose(classicBounds("Pocock", 5, 0.05).constant, 2.413176, 1e-6);
  });

  // Rectangle probabilities of the multivariate normal by quasi-Monte Carlo, scipy: 1.02472, 1.21242.
  test.each([
    [obrienFlemingSpending, 1.0247],
    [pocockSpending, 1.2124],
  ])("inflation of the spending functions at five looks", (spending, inflation) => {
    const { bounds } = spendingBounds(weekly(5), 0.05, spending);
    const fractions = weekly(5).map(({ fraction }) => fraction);
    expect(groupSequentialSize({ fractions, bounds, alpha: 0.05, power: 0.8 }).inflation).toBeCloseTo(
      inflation,
      4,
    );
  });

  test("one look is the fixed test; the whole error rate is spent whatever the looks", () => {
    expectClose(spendingBounds([{ fraction: 1 }], 0.05, pocockSpending).bounds[0]!, 1.959963984540054, 1e-9);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 5, max: 99 }), { maxLength: 5 }),
        fc.constantFrom(1, 2),
        (percents, sides) => {
          const looks = [
            ...percents.sort((a, b) => a - b).map((p) => ({ fraction: p / 100 })),
            { fraction: 1 },
          ];
          const design = spendingBounds(looks, 0.05, powerSpending(2), sides as 1 | 2);
          expectClose(design.cumulativeAlpha.at(-1)!, 0.05);
          for (const bound of design.bounds) expect(bound).toBeGreaterThan(1.6);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("units in place of fractions change the correlations, not what is spent", () => {
    const planned = spendingBounds([{ fraction: 0.5 }, { fraction: 1 }], 0.05, pocockSpending);
    const overrun = spendingBounds(
      [
        { fraction: 0.5, information: 500 },
        { fraction: 1, information: 4000 },
      ],
      0.05,
      pocockSpending,
    );
    expectClose(overrun.bounds[0]!, planned.bounds[0]!, 1e-9);
    // The second look has little to do with the first: less of its crossings were had before.
    expect(overrun.bounds[1]!).toBeGreaterThan(planned.bounds[1]!);
  });

  test("the sequential p-value is below α exactly where a bound is crossed", () => {
    const z = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(z, z, z, fc.constantFrom(0.01, 0.05, 0.2), (...[first, second, third, alpha]) => {
        const looks = weekly(3).map((look, at) => ({ ...look, statistic: [first, second, third][at]! }));
        const pValue = groupSequentialPValue(looks, obrienFlemingSpending)!;
        const { bounds } = spendingBounds(weekly(3), alpha, obrienFlemingSpending);
        const crossed = looks.some(({ statistic }, at) => Math.abs(statistic) > bounds[at]!);
        fc.pre(Math.abs(pValue - alpha) > 1e-6);
        expect(pValue < alpha).toBe(crossed);
      }),
      { numRuns: 15 },
    );
    expectClose(
      groupSequentialPValue([{ fraction: 1, statistic: 3 }], pocockSpending)!,
      2 * normalSf(3),
      1e-8,
    );
    expect(groupSequentialPValue([{ fraction: 1, statistic: null }], pocockSpending)).toBeNull();
    expect(groupSequentialPValue([{ fraction: 1, statistic: 0 }], pocockSpending)).toBe(1);
  });
});

test("a running intersection only shrinks, and says when it is empty", () => {
  const bound = fc.double({ min: -5, max: 5, noNaN: true });
  const look = fc.record({
    lower: fc.option(bound),
    upper: fc.option(bound),
    logP: fc.option(fc.double({ min: -50, max: 0, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 8 }), (looks) => {
      const states = running(looks);
      states.forEach((state, index) => {
        const before = states[index - 1];
        if (!before) return;
        if (before.empty) expect(state.empty).toBe(true);
        if (before.logP !== null) expect(state.logP!).toBeLessThanOrEqual(before.logP);
        if (before.bounds && state.bounds) {
          expect(state.bounds.lower).toBeGreaterThanOrEqual(before.bounds.lower);
          expect(state.bounds.upper).toBeLessThanOrEqual(before.bounds.upper);
        }
      });
    }),
  );
  expect(running([{ lower: null, upper: null, logP: null }])).toEqual([
    { bounds: null, empty: false, logP: null },
  ]);
});

test("the mixture test has no answer without spread, and is no evidence at no effect", () => {
  expect(mixtureSprt({ estimate: 1, variance: 0, mixingVariance: 1, alpha: 0.05 })).toBeNull();
  expect(mixtureSprt({ estimate: 0, variance: 1, mixingVariance: 1, alpha: 0.05 })!.pValue).toBe(1);
});

test("sequential sample ratio: no evidence at the shares, and strong evidence away from them", () => {
  expect(sequentialSrm([50_000, 50_000], [1, 1])!.pValue).toBe(1);
  expect(sequentialSrm([52_000, 48_000], [1, 1])!.pValue).toBeLessThan(1e-20);
  expect(sequentialSrm([3, 4], [1, 0])).toBeNull();
  expect(sequentialSrm([0, 0], [1, 1])).toBeNull();
});
