import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { designEffect } from "../../src/statistics/design-effect.ts";
import { daysForUnits } from "../../src/statistics/duration.ts";
import { detectableMeanDifference, detectableRateDifference } from "../../src/statistics/mde.ts";
import { optimalSplit } from "../../src/statistics/optimal-split.ts";
import {
  powerOfProportionMargin,
  provableProportionMargin,
  unitsForProportionMargin,
} from "../../src/statistics/power-margin.ts";
import { powerOfMeans, unitsForMeans } from "../../src/statistics/power-means.ts";
import { powerOfProportions, unitsForProportions } from "../../src/statistics/power-proportions.ts";
import { studentEffect, studentPower, studentUnits } from "../../src/statistics/power-t.ts";
import { sequenceInflation } from "../../src/statistics/sequence-inflation.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const errors = fc.record({
  alpha: between(0.001, 0.2),
  power: between(0.5, 0.99),
  allocation: between(0.2, 5),
});

describe("units, power and the effect are each solved from the other two", () => {
  test("proportions", () => {
    fc.assert(
      fc.property(errors, between(0.05, 0.9), between(0.01, 0.09), (design, control, effect) => {
        const arms = { ...design, control, variant: control + effect };
        const unitsControl = unitsForProportions(arms)!;
        const units = { unitsControl, unitsVariant: design.allocation * unitsControl };
        expect(powerOfProportions({ ...arms, ...units })).toBeCloseTo(design.power, 8);
        const found = detectableRateDifference({ ...design, ...units, control, better: "higher" });
        expect(found! / effect).toBeCloseTo(1, 7);
      }),
    );
  });

  test("means, ratios and quantiles, which are means with their own spread", () => {
    fc.assert(
      fc.property(errors, between(0.1, 50), between(0.01, 5), (design, standardDeviation, effect) => {
        const spread = {
          standardDeviationControl: standardDeviation,
          standardDeviationVariant: standardDeviation,
        };
        const unitsControl = unitsForMeans({ ...design, ...spread, effect })!;
        const units = { unitsControl, unitsVariant: design.allocation * unitsControl };
        expect(powerOfMeans({ ...design, ...spread, ...units, effect })).toBeCloseTo(design.power, 8);
        const found = detectableMeanDifference({ ...design, ...units, standardDeviation });
        expect(found! / effect).toBeCloseTo(1, 8);
      }),
    );
  });

  test("means of a few units, by the noncentral t", () => {
    fc.assert(
      fc.property(errors, between(0.3, 2), (design, effect) => {
        const terms = { ...design, standardDeviation: 1 };
        const unitsControl = studentUnits({ ...terms, effect })!;
        fc.pre(unitsControl > 2 * Math.max(1, 1 / design.allocation));
        const units = { unitsControl, unitsVariant: design.allocation * unitsControl };
        expect(studentPower({ ...terms, ...units, effect })).toBeCloseTo(design.power, 7);
        expect(studentEffect({ ...terms, ...units })! / effect).toBeCloseTo(1, 6);
      }),
      { numRuns: 30 },
    );
  });

  test("margins of proportions", () => {
    const side = fc.constantFrom("higher" as const, "lower" as const);
    const kind = fc.constantFrom("absolute" as const, "relative" as const);
    fc.assert(
      fc.property(
        errors,
        between(0.1, 0.9),
        side,
        kind,
        between(0.02, 0.5),
        (design, rate, better, scale, part) => {
          const room = scale === "relative" ? 1 : better === "higher" ? rate : 1 - rate;
          const margin = { kind: scale, value: part * room };
          const terms = { ...design, rate, better };
          const unitsControl = unitsForProportionMargin({ ...terms, margin })!;
          expect(powerOfProportionMargin({ ...terms, margin, unitsControl })).toBeCloseTo(design.power, 8);
          const found = provableProportionMargin({ ...terms, kind: scale, unitsControl });
          expect(found! / margin.value).toBeCloseTo(1, 6);
        },
      ),
    );
  });
});

test("an always-valid sequence needs nearly twice the units, a stricter one relatively fewer", () => {
  expect(sequenceInflation(0.05, 0.8)).toBeCloseTo(1.915, 3);
  fc.assert(
    fc.property(between(0.001, 0.1), between(0.5, 0.95), (alpha, power) => {
      expect(sequenceInflation(alpha, power)).toBeGreaterThan(1);
      expect(sequenceInflation(alpha / 10, power)).toBeLessThan(sequenceInflation(alpha, power));
    }),
  );
});

test("no other split makes the comparisons more precise", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      between(0.2, 5),
      between(0.01, 0.99),
      (variants, ratio, other) => {
        const variance = (control: number) => ratio ** 2 / control + variants / (1 - control);
        const split = optimalSplit(variants, { control: ratio, variant: 1 });
        expect(split.control + variants * split.variant).toBeCloseTo(1, 12);
        expect(variance(split.control)).toBeLessThanOrEqual(variance(other) * (1 + 1e-12));
      },
    ),
  );
});

test("clusters of one change nothing; uneven sizes cost more", () => {
  expect(designEffect({ meanSize: 1, intraclassCorrelation: 0.3 })).toBe(1);
  expect(designEffect({ meanSize: 11, intraclassCorrelation: 0.06 })).toBeCloseTo(1.6, 12);
  expect(designEffect({ meanSize: 11, sizeVariation: 0.8, intraclassCorrelation: 0.06 })).toBeCloseTo(
    2.0224,
    12,
  );
});

test("days follow distinct units, not visits, and end in whole weeks", () => {
  const curve = [100, 180, 240, 280];
  expect(daysForUnits(180, curve, 7)).toBe(14);
  expect(daysForUnits(180, curve, 0)).toBe(7);
  expect(daysForUnits(400, curve, 0)).toBe(7);
  expect(daysForUnits(480, curve, 0)).toBe(14);
  expect(daysForUnits(300, [5, 5], 0)).toBeNull();
  expect(daysForUnits(1, [], 0)).toBeNull();
});
