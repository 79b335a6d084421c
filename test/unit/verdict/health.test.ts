import { describe, expect, test } from "vitest";
import { assessHealth } from "../../../src/verdict/health.ts";
import { experimentOf } from "../inference/trial-fixture.ts";

const healthOf = (units: readonly number[], crossovers = 0, shares = [500_000, 500_000]) => {
  const variants = experimentOf().variants.map((variant, index) => ({
    ...variant,
    share: shares[index] ?? 0,
  }));
  const excluded = { bots: [3, 4] };
  return assessHealth(experimentOf({ variants }), { units, crossovers, excluded, unknownVariants: [] });
};

describe("sample ratio", () => {
  test("cookie-cats: a warning", () => {
    const { srm } = healthOf([44_700, 45_489]);
    expect(srm.pValue).toBeCloseTo(0.008608, 6);
    expect(srm).toMatchObject({
      status: "warning",
      observed: { control: 44_700, "one-page": 45_489 },
      expected: { control: 45_094.5, "one-page": 45_094.5 },
    });
  });

  test("fails below .001, is well above .01", () => {
    expect(healthOf([44_400, 45_489]).srm.status).toBe("failed");
    expect(healthOf([45_000, 45_300]).srm.status).toBe("ok");
    expect(healthOf([0, 0]).srm).toMatchObject({ pValue: null, status: "not-computable" });
  });

  test("one unit in a variant without weight fails", () => {
    expect(healthOf([1000, 1], 0, [1_000_000, 0]).srm.status).toBe("failed");
  });
});

test.each([
  [10, [500, 500], "ok"],
  [11, [500, 500], "failed"],
  [9, [5, 5], "ok"],
  [0, [0, 0], "ok"],
] as const)("%i crossovers of %o units: %s", (crossovers, units, status) => {
  const health = healthOf(units, crossovers);
  expect(health.crossovers.status).toBe(status);
  expect(health.crossovers.share).toBe(units[0] === 0 ? 0 : crossovers / (2 * units[0]));
});

test("exclusions are named by variant", () => {
  expect(healthOf([5, 5]).excluded).toEqual({ bots: { control: 3, "one-page": 4 } });
});
