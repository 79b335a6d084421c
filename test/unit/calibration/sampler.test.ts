import { describe, expect, test } from "vitest";
import { drawNormals } from "../../../src/calibration/moments-of-worlds.ts";
import { openSampler } from "../../../src/calibration/sampler.ts";
import { binomialLogPmf } from "../../../src/statistics/binomial.ts";
import { chiSquaredSf } from "../../../src/statistics/chi-squared.ts";

const DRAWS = 20_000;

test("the same seed and name give the same draws, another name or seed gives others", () => {
  const draws = (seed: number, name: string) => {
    const sampler = openSampler(seed, name);
    return [sampler.normal(), sampler.binomial(100, 0.3), sampler.chiSquared(4), sampler.beta(2, 3)];
  };
  expect(draws(1, "a")).toEqual(draws(1, "a"));
  expect(draws(1, "b")).not.toEqual(draws(1, "a"));
  expect(draws(2, "a")).not.toEqual(draws(1, "a"));
});

describe("binomial counts", () => {
  test.each([
    [10, 0.3],
    [400, 0.02],
    [5000, 0.1],
    [7, 0.9],
  ])("of %d trials at %d have the binomial distribution", (trials, p) => {
    const sampler = openSampler(1, "binomial");
    const seen = new Map<number, number>();
    for (let draw = 0; draw < DRAWS; draw++) {
      const count = sampler.binomial(trials, p);
      seen.set(count, (seen.get(count) ?? 0) + 1);
    }
    let [statistic, cells, rest, restSeen] = [0, 0, 0, 0];
    for (let count = 0; count <= trials; count++) {
      const expected = DRAWS * Math.exp(binomialLogPmf(count, trials, p));
      if (expected < 5) {
        rest += expected;
        restSeen += seen.get(count) ?? 0;
      } else {
        statistic += ((seen.get(count) ?? 0) - expected) ** 2 / expected;
        cells++;
      }
    }
    if (rest >= 5) statistic += (restSeen - rest) ** 2 / rest;
    expect(chiSquaredSf(statistic, cells - (rest >= 5 ? 0 : 1))).toBeGreaterThan(1e-4);
  });

  test("are certain where the probability is", () => {
    const sampler = openSampler(1, "certain");
    expect([0, 1].map((p) => sampler.binomial(12, p))).toEqual([0, 12]);
    expect(sampler.binomial(0, 0.4)).toBe(0);
  });
});

test("moments of jointly normal values have the means and covariances asked for, each with its own spread", () => {
  const sampler = openSampler(3, "normals");
  const joint = {
    means: [10, -2],
    factor: [
      [2, 0],
      [1.5, 0.5],
    ],
  };
  const units = 9;
  const worlds = Array.from({ length: DRAWS }, () => drawNormals(sampler, joint, units));
  const average = (of: (world: (typeof worlds)[number]) => number) =>
    worlds.reduce((sum, world) => sum + of(world), 0) / DRAWS;
  const near = (found: number, truth: number, standardDeviation: number) =>
    expect(Math.abs(found - truth)).toBeLessThan((5 * standardDeviation) / Math.sqrt(DRAWS));
  near(
    average(({ means }) => means[0]!),
    10,
    2 / 3,
  );
  near(
    average(({ means }) => means[1]!),
    -2,
    Math.sqrt(2.5) / 3,
  );
  near(
    average(({ means }) => (means[0]! - 10) ** 2),
    4 / 9,
    (4 / 9) * Math.SQRT2,
  );
  // E of a scatter is (n − 1)·Σ, its variance (n − 1)(Σᵢⱼ² + ΣᵢᵢΣⱼⱼ).
  for (const [index, covariance, product] of [
    [0, 4, 16],
    [1, 3, 10],
    [2, 2.5, 6.25],
  ] as const)
    near(
      average(({ second }) => second[index]!),
      8 * covariance,
      Math.sqrt(8 * (covariance ** 2 + product)),
    );
});
