import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectableRateDifference } from "../../../src/statistics/mde.ts";
import { powerOfProportions, unitsForProportions } from "../../../src/statistics/power-proportions.ts";
import { twoProportionZ } from "../../../src/statistics/two-proportion-z.ts";
import { referenceCases } from "./reference-file.ts";
import { powerBand, share, successes } from "./sampled-power.ts";

interface ReferenceSizes {
  readonly rPowerPropTestN: number;
  readonly rOneSidedN: number;
  readonly rPowerAtN1000: number;
  readonly allocationRatioTreatmentOverControl: Readonly<Record<string, { readonly fleissControlN: number }>>;
}

const CASES = referenceCases<{ p1: number; p2: number; alpha: number; power: number }, ReferenceSizes>(
  "sampleSizeProportions",
);

describe.skipIf(CASES.length === 0)("the sizes of R and of Fleiss", () => {
  test.each(CASES)("%j", ({ input, expected }) => {
    const { alpha, power } = input;
    const design = { control: input.p1, variant: input.p2, alpha, power };
    expect(unitsForProportions(design)! / expected.rPowerPropTestN).toBeCloseTo(1, 9);
    expect(unitsForProportions({ ...design, sides: 1 })! / expected.rOneSidedN).toBeCloseTo(1, 9);
    expect(powerOfProportions({ ...design, unitsControl: 1000, unitsVariant: 1000 })).toBeCloseTo(
      expected.rPowerAtN1000,
      9,
    );
    for (const [ratio, { fleissControlN }] of Object.entries(expected.allocationRatioTreatmentOverControl)) {
      const units = unitsForProportions({ ...design, allocation: Number(ratio) })!;
      expect(units / fleissControlN).toBeCloseTo(1, 9);
    }
  });
});

test("4.9% with an MDE of 18% needs 10,201 units per arm", () => {
  const units = unitsForProportions({ control: 0.049, variant: 0.049 * 1.18, alpha: 0.05, power: 0.8 })!;
  expect(Math.ceil(units)).toBe(10_201);
});

test("5,000 units per arm at 4.9% find an effect of 18% half the time", () => {
  const power = powerOfProportions({
    control: 0.049,
    variant: 0.049 * 1.18,
    alpha: 0.05,
    unitsControl: 5000,
    unitsVariant: 5000,
  });
  expect(power).toBeCloseTo(0.501, 3);
});

test("there is no size for no difference, nor for what is not a rate", () => {
  const design = { alpha: 0.05, power: 0.8 };
  expect(unitsForProportions({ ...design, control: 0.2, variant: 0.2 })).toBeNull();
  expect(unitsForProportions({ ...design, control: 0.9, variant: 1.1 })).toBeNull();
  expect(
    powerOfProportions({ ...design, control: 0, variant: 0, unitsControl: 9, unitsVariant: 9 }),
  ).toBeNull();
});

const rates = fc.record({
  control: fc.double({ min: 0.001, max: 0.6, noNaN: true }),
  lift: fc.double({ min: 0.01, max: 0.6, noNaN: true }),
  alpha: fc.constantFrom(0.001, 0.0125, 0.05, 0.1),
  power: fc.constantFrom(0.6, 0.8, 0.9, 0.975),
  allocation: fc.double({ min: 0.05, max: 20, noNaN: true }),
});

test("the units give the power", () => {
  fc.assert(
    fc.property(rates, ({ control, lift, alpha, power, allocation }) => {
      const design = { control, variant: control * (1 + lift), alpha };
      const unitsControl = unitsForProportions({ ...design, power, allocation })!;
      const reached = powerOfProportions({
        ...design,
        unitsControl,
        unitsVariant: unitsControl * allocation,
      });
      expect(reached).toBeCloseTo(power, 9);
    }),
  );
});

test("a bigger effect never needs more units, more power never fewer", () => {
  fc.assert(
    fc.property(rates, ({ control, lift, alpha, power, allocation }) => {
      const units = (factor: number, target: number) =>
        unitsForProportions({
          control,
          variant: control * (1 + lift * factor),
          alpha,
          power: target,
          allocation,
        })!;
      expect(units(1.01, power)).toBeLessThan(units(1, power));
      expect(units(1, power + 0.01)).toBeGreaterThan(units(1, power));
    }),
  );
});

test("the detectable difference is the one that these units were computed for", () => {
  fc.assert(
    fc.property(rates, fc.boolean(), ({ control, lift, alpha, power, allocation }, up) => {
      const distance = control * lift;
      const variant = up ? control + distance : control - distance;
      const unitsControl = unitsForProportions({ control, variant, alpha, power, allocation })!;
      const found = detectableRateDifference({
        control,
        unitsControl,
        unitsVariant: unitsControl * allocation,
        alpha,
        power,
        better: up ? "higher" : "lower",
      })!;
      expect(found / distance).toBeCloseTo(1, 6);
    }),
  );
});

test("a handful of units detects nothing", () => {
  const run = { control: 0.5, unitsControl: 3, unitsVariant: 3, alpha: 0.05, power: 0.8 };
  expect(detectableRateDifference({ ...run, better: "higher" })).toBeNull();
});

test.each([
  { control: 0.3, variant: 0.38, alpha: 0.05, power: 0.8, allocation: 1 },
  { control: 0.12, variant: 0.2, alpha: 0.02, power: 0.9, allocation: 2 },
  { control: 0.5, variant: 0.42, alpha: 0.05, power: 0.8, allocation: 0.5 },
])("2,000 trials reach the planned power: %j", (design) => {
  const unitsControl = Math.ceil(unitsForProportions(design)!);
  const unitsVariant = Math.ceil(unitsControl * design.allocation);
  const won = share(2000, "proportions", (random) => {
    const control = { units: unitsControl, successes: successes(random, unitsControl, design.control) };
    const variant = { units: unitsVariant, successes: successes(random, unitsVariant, design.variant) };
    return twoProportionZ(control, variant).pValue! < design.alpha;
  });
  const [lower, upper] = powerBand(design.power, 2000);
  expect(won).toBeGreaterThan(lower);
  expect(won).toBeLessThan(upper);
});
