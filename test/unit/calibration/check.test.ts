import { describe, expect, test } from "vitest";
import { acceptanceBand } from "../../../src/calibration/band.ts";
import { checkCount, checkRate, passes, type ScenarioResult } from "../../../src/calibration/check.ts";

describe("the band of a rate", () => {
  // Sums of binomial probabilities to 60 digits.
  test.each([
    [0.05, 2000, 60, 146],
    [0.05, 4000, 142, 264],
    [0.05, 20_000, 867, 1139],
    [0.001, 4000, 0, 15],
    [0.95, 4000, 3736, 3858],
  ])("%d in %d worlds: %d to %d", (rate, worlds, least, most) => {
    expect(acceptanceBand(rate, worlds)).toEqual({ least, most });
  });
});

describe("a claim", () => {
  const count = (type: "exact" | "at-most" | "at-least", found: number) =>
    checkCount("claim", type, 0.05, { count: found, worlds: 4000 });

  test("of an exact rate fails on either side", () => {
    expect([141, 142, 264, 265].map((found) => count("exact", found).inBand)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("of a bound fails on one side", () => {
    expect([0, 264, 265].map((found) => count("at-most", found).inBand)).toEqual([true, true, false]);
    expect([141, 142, 4000].map((found) => count("at-least", found).inBand)).toEqual([false, true, true]);
    expect(count("at-most", 0)).toMatchObject({ least: null, most: 0.066, found: 0 });
  });

  test("of an enumerated rate fails outside its bounds", () => {
    const at = (found: number) => checkRate("claim", 0.05, found, { least: 0.045, most: 0.055 }).inBand;
    expect([0.044, 0.045, 0.055, 0.056].map(at)).toEqual([false, true, true, false]);
    expect(checkRate("claim", 0, 0.1, { least: null, most: 0 }).inBand).toBe(false);
  });

  test("that fails makes its scenario fail; that holds makes an abuse fail", () => {
    const scenario = (negativeControl: boolean, ...found: readonly number[]): ScenarioResult => ({
      topic: "",
      setting: "",
      through: "estimate",
      negativeControl,
      checks: found.map((each) => count("at-most", each)),
    });
    expect(passes(scenario(false, 200, 200))).toBe(true);
    expect(passes(scenario(false, 200, 300))).toBe(false);
    expect(passes(scenario(true, 300))).toBe(true);
    expect(passes(scenario(true, 200))).toBe(false);
  });
});
