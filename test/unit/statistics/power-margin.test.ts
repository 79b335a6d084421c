import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalIsf } from "../../../src/statistics/normal.ts";
import { unitsForProportionMargin } from "../../../src/statistics/power-margin.ts";
import { unitsForMeans } from "../../../src/statistics/power-means.ts";
import { scoreDifferenceZ } from "../../../src/statistics/score-difference.ts";
import { scoreRatioZ } from "../../../src/statistics/score-ratio.ts";
import { referenceCases } from "./reference-file.ts";
import { powerBand, share, successes } from "./sampled-power.ts";

/** Sizes at a numeric maximum of the constrained likelihood (scipy.optimize.minimize_scalar, about 1e-7 relative). */
test.each([
  [0.1, "absolute", 0.01, "higher", 0.05, 0.8, 1, 11141.061366],
  [0.1, "relative", 0.1, "lower", 0.05, 0.8, 0.5, 18148.887363],
  [0.02, "absolute", 0.003, "lower", 0.05, 0.9, 2, 27278.388978],
  [0.31, "relative", 0.02, "higher", 0.025, 0.9, 1, 114609.374092],
  [0.003, "absolute", 0.01, "higher", 0.05, 0.8, 1, 648.647793],
] as const)(
  "rate %d, %s margin %d, better %s",
  (rate, kind, value, better, alpha, power, allocation, expected) => {
    const units = unitsForProportionMargin({
      rate,
      margin: { kind, value },
      better,
      alpha,
      power,
      allocation,
    })!;
    expect(units / expected).toBeCloseTo(1, 5);
  },
);

const CASES = referenceCases<
  { xA: number; nA: number; margin: number; alpha: number },
  { nSampleSizePerArm: number }
>("nonInferiorityProportions");

describe.skipIf(CASES.length === 0)("the unpooled sizes of the reference", () => {
  test.each(CASES)("%j", ({ input, expected }) => {
    const rate = input.xA / input.nA;
    const deviation = Math.sqrt(rate * (1 - rate));
    const unpooled = unitsForMeans({
      standardDeviationControl: deviation,
      standardDeviationVariant: deviation,
      effect: input.margin,
      alpha: input.alpha,
      power: 0.8,
      sides: 1,
    })!;
    expect(unpooled / expected.nSampleSizePerArm).toBeCloseTo(1, 9);
    const score = unitsForProportionMargin({
      rate,
      margin: { kind: "absolute", value: input.margin },
      better: "higher",
      alpha: input.alpha,
      power: 0.8,
    })!;
    expect(Math.abs(score / unpooled - 1)).toBeLessThan(0.02);
  });
});

test("there is no size without a rate, a margin, or a bound that can be missed", () => {
  const design = { better: "higher", alpha: 0.05, power: 0.8 } as const;
  const absolute = (value: number) => ({ kind: "absolute", value }) as const;
  expect(unitsForProportionMargin({ ...design, rate: 0, margin: absolute(0.01) })).toBeNull();
  expect(unitsForProportionMargin({ ...design, rate: 0.1, margin: absolute(0) })).toBeNull();
  expect(unitsForProportionMargin({ ...design, rate: 0.1, margin: absolute(1) })).toBeNull();
  expect(
    unitsForProportionMargin({ ...design, rate: 0.1, margin: { kind: "relative", value: 1 } }),
  ).toBeNull();
});

test("a wider margin needs fewer units", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.double({ min: 0.01, max: 0.4, noNaN: true }),
      fc.constantFrom<"absolute" | "relative">("absolute", "relative"),
      fc.constantFrom<"higher" | "lower">("higher", "lower"),
      (rate, value, kind, better) => {
        const units = (margin: number) =>
          unitsForProportionMargin({
            rate,
            margin: { kind, value: margin },
            better,
            alpha: 0.05,
            power: 0.8,
          })!;
        expect(units(value * 1.05)).toBeLessThan(units(value));
      },
    ),
  );
});

test.each([
  { rate: 0.2, margin: { kind: "absolute", value: 0.06 }, better: "higher", allocation: 1 },
  { rate: 0.3, margin: { kind: "relative", value: 0.2 }, better: "lower", allocation: 2 },
] as const)("2,000 score tests reach the planned power: %j", (design) => {
  const unitsControl = Math.ceil(unitsForProportionMargin({ ...design, alpha: 0.05, power: 0.8 })!);
  const unitsVariant = Math.ceil(unitsControl * design.allocation);
  const sign = design.better === "higher" ? 1 : -1;
  const shown = share(2000, `margin-${design.better}`, (random) => {
    const control = { units: unitsControl, successes: successes(random, unitsControl, design.rate) };
    const variant = { units: unitsVariant, successes: successes(random, unitsVariant, design.rate) };
    const statistic =
      design.margin.kind === "absolute"
        ? scoreDifferenceZ(control, variant, -sign * design.margin.value)
        : scoreRatioZ(control, variant, 1 - sign * design.margin.value);
    return sign * statistic! > normalIsf(0.05);
  });
  const [lower, upper] = powerBand(0.8, 2000);
  expect(shown).toBeGreaterThan(lower);
  expect(shown).toBeLessThan(upper);
});
