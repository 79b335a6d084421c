import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectableMeanDifference } from "../../../src/statistics/mde.ts";
import { normalQuantile } from "../../../src/statistics/normal.ts";
import { observedPower } from "../../../src/statistics/observed-power.ts";
import { powerOfMeans, unitsForMeans } from "../../../src/statistics/power-means.ts";
import { welch } from "../../../src/statistics/welch.ts";
import { referenceCases } from "./reference-file.ts";
import { powerBand, share } from "./sampled-power.ts";

const CASES = referenceCases<
  { delta: number; sd: number; alpha: number; power: number },
  { normalApproxN: number; rN: number; statsmodelsControlNByRatio: Readonly<Record<string, number>> }
>("powerT");

describe.skipIf(CASES.length === 0)("the reference sizes", () => {
  test.each(CASES)("%j", ({ input, expected }) => {
    const { alpha, power, delta: effect, sd } = input;
    const design = { standardDeviationControl: sd, standardDeviationVariant: sd, effect, alpha, power };
    expect(unitsForMeans(design)! / expected.normalApproxN).toBeCloseTo(1, 9);
    for (const [ratio, exact] of Object.entries(expected.statsmodelsControlNByRatio)) {
      const units = unitsForMeans({ ...design, allocation: Number(ratio) })!;
      expect(units).toBeLessThan(exact);
      expect(units).toBeGreaterThan(exact - 4);
    }
  });
});

test("revenue of mean 4.31 and standard deviation 22.8 needs 274,558 units per arm for 4%", () => {
  const units = unitsForMeans({
    standardDeviationControl: 22.8,
    standardDeviationVariant: 22.8,
    effect: 0.04 * 4.31,
    alpha: 0.05,
    power: 0.8,
  })!;
  expect(Math.ceil(units)).toBe(274_558);
});

test("there is no size for no effect, and no power without spread", () => {
  const flat = { standardDeviationControl: 0, standardDeviationVariant: 0, alpha: 0.05 };
  expect(unitsForMeans({ ...flat, effect: 0, power: 0.8 })).toBeNull();
  expect(powerOfMeans({ ...flat, effect: 1, unitsControl: 10, unitsVariant: 10 })).toBeNull();
  expect(
    powerOfMeans({ ...flat, standardDeviationControl: 1, effect: 1, unitsControl: 0, unitsVariant: 1 }),
  ).toBeNull();
});

const designs = fc.record({
  standardDeviationControl: fc.double({ min: 0.01, max: 100, noNaN: true }),
  standardDeviationVariant: fc.double({ min: 0.01, max: 100, noNaN: true }),
  effect: fc.double({ min: 0.001, max: 10, noNaN: true }),
  alpha: fc.constantFrom(0.001, 0.0125, 0.05, 0.1),
  power: fc.constantFrom(0.6, 0.8, 0.9, 0.975),
  allocation: fc.double({ min: 0.05, max: 20, noNaN: true }),
  sides: fc.constantFrom<1 | 2>(1, 2),
  controlWeight: fc.double({ min: 0.5, max: 1.5, noNaN: true }),
});

test("the units give the power, and the smallest difference is the effect", () => {
  fc.assert(
    fc.property(designs, (design) => {
      const unitsControl = unitsForMeans(design)!;
      const units = { unitsControl, unitsVariant: unitsControl * design.allocation };
      expect(powerOfMeans({ ...design, ...units })).toBeCloseTo(design.power, 9);
    }),
  );
});

test("units fall with the square of the effect", () => {
  fc.assert(
    fc.property(designs, (design) => {
      const doubled = unitsForMeans({ ...design, effect: 2 * design.effect })!;
      expect(unitsForMeans(design)! / doubled).toBeCloseTo(4, 9);
    }),
  );
});

test("the detectable difference is the one that these units were computed for", () => {
  fc.assert(
    fc.property(designs, (design) => {
      const standardDeviation = design.standardDeviationControl;
      const equal = {
        ...design,
        standardDeviationVariant: standardDeviation,
        sides: 2 as const,
        controlWeight: 1,
      };
      const unitsControl = unitsForMeans(equal)!;
      const unitsVariant = unitsControl * design.allocation;
      const found = detectableMeanDifference({ ...equal, standardDeviation, unitsControl, unitsVariant })!;
      expect(found / design.effect).toBeCloseTo(1, 9);
    }),
  );
});

test("2,000 Welch tests reach the planned power", () => {
  const design = {
    standardDeviationControl: 2,
    standardDeviationVariant: 2,
    effect: 0.5,
    alpha: 0.05,
    power: 0.8,
    allocation: 1.5,
  };
  const unitsControl = Math.ceil(unitsForMeans(design)!);
  const won = share(2000, "means", (random) => {
    const draw = (units: number, mean: number) => {
      const values = Array.from({ length: units }, () => mean + 2 * normalQuantile(random()));
      const center = values.reduce((sum, value) => sum + value, 0) / units;
      const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
      return { mean: center, variance: squares / (units - 1), units };
    };
    const variant = draw(Math.ceil(unitsControl * design.allocation), 10.5);
    return welch(draw(unitsControl, 10), variant, { confidence: 0.95 }).pValue! < design.alpha;
  });
  const [lower, upper] = powerBand(design.power, 2000);
  expect(won).toBeGreaterThan(lower);
  expect(won).toBeLessThan(upper);
});

test("observed power of 245 against 290 of 5,000", () => {
  const standardErrorNull = Math.sqrt(0.0535 * 0.9465 * (2 / 5000));
  const standardErrorAlternative = Math.sqrt((0.049 * 0.951 + 0.058 * 0.942) / 5000);
  const power = observedPower({
    difference: -0.009,
    standardErrorNull,
    standardErrorAlternative,
    alpha: 0.05,
  });
  expect(power).toBeCloseTo(0.516, 3);
  expect(
    observedPower({ difference: 1, standardErrorNull: 0, standardErrorAlternative: 0, alpha: 0.05 }),
  ).toBeNull();
});
