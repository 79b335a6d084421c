import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { solvePivoted } from "../../../src/statistics/cholesky.ts";
import { cuped } from "../../../src/statistics/cuped.ts";
import { cupedRatio } from "../../../src/statistics/cuped-ratio.ts";
import { combineAll, momentsOf } from "../../../src/statistics/moments.ts";
import { postStratify } from "../../../src/statistics/post-stratification.ts";
import { uniformStream } from "../../../src/statistics/random.ts";
import { linearise } from "../../../src/statistics/ratio.ts";
import { expectClose } from "./close.ts";

/** (outcome, covariate, …) of units whose outcome follows the covariate. */
function world(seed: number, units: number, offset = 0, scale = 1) {
  const random = uniformStream(seed);
  return Array.from({ length: units }, () => {
    const past = random() + random();
    const other = random();
    return [offset + scale * (past + 0.5 * other + random()), offset + scale * past, other];
  });
}

describe("CUPED", () => {
  const [a, b] = [world(1, 400), world(2, 300)];
  const arms = cuped(momentsOf(a, 3), momentsOf(b, 3))!;

  test("is the regression of the pooled outcome on the covariates, taken out", () => {
    const all = [...a, ...b];
    const centre = [1, 2].map((i) => all.reduce((sum, row) => sum + row[i]!, 0) / all.length);
    const adjusted = (rows: number[][]) =>
      rows.map((row) => [
        row[0]! - arms.theta[0]! * (row[1]! - centre[0]!) - arms.theta[1]! * (row[2]! - centre[1]!),
      ]);
    for (const [rows, sample] of [
      [a, arms.control],
      [b, arms.variant],
    ] as const) {
      const moments = momentsOf(adjusted(rows), 1);
      expectClose(sample.mean, moments.means[0]!, 1e-10);
      expectClose(sample.variance, moments.second[0]! / (moments.units - 1), 1e-10);
    }
    // Residuals of the least squares fit are uncorrelated with what was fitted.
    const residuals = momentsOf(
      all.map((row) => [row[0]! - arms.theta[0]! * row[1]! - arms.theta[1]! * row[2]!, row[1]!, row[2]!]),
      3,
    );
    expect(Math.abs(residuals.second[1]!)).toBeLessThan(1e-9);
    expect(Math.abs(residuals.second[2]!)).toBeLessThan(1e-9);
    expect(arms.varianceReduction).toBeGreaterThan(0.5);
  });

  test("stays exact when means are 1e9 standard deviations away", () => {
    const far = cuped(momentsOf(world(1, 400, 1e9), 3), momentsOf(world(2, 300, 1e9), 3))!;
    expectClose(far.theta[0]!, arms.theta[0]!, 1e-6);
    expectClose(far.variant.variance, arms.variant.variance, 1e-6);
    expect(far.variant.mean - far.control.mean).toBeCloseTo(arms.variant.mean - arms.control.mean, 6);
  });

  test("the covariance with the control's mean is what Fieller's interval needs", () => {
    const random = uniformStream(9);
    const draws = Array.from({ length: 4000 }, () => {
      const rows = (shift: number) =>
        Array.from({ length: 20 }, () => {
          const past = random();
          return [past + random() + shift, past];
        });
      const [control, variant] = [momentsOf(rows(0), 2), momentsOf(rows(0.1), 2)];
      const adjusted = cuped(control, variant)!;
      return [
        adjusted.variant.mean - adjusted.control.mean,
        control.means[0]!,
        adjusted.covarianceWithControlMean,
      ];
    });
    const moments = momentsOf(draws, 3);
    const simulated = moments.second[1]! / (moments.units - 1);
    expect(Math.abs(simulated / moments.means[2]! - 1)).toBeLessThan(0.15);
  });

  test("a constant or repeated covariate is dropped, the rest unchanged", () => {
    const repeated = (rows: number[][]) => rows.map((row) => [...row, row[1]! * 3 + row[2]!, 7]);
    const more = cuped(momentsOf(repeated(a), 5), momentsOf(repeated(b), 5))!;
    expect(more.dropped).toHaveLength(2);
    expect(more.dropped).toContain(3);
    expectClose(more.variant.mean, arms.variant.mean, 1e-9);
    expectClose(more.control.variance, arms.control.variance, 1e-9);
  });

  test("one unit in an arm is not enough", () => {
    expect(cuped(momentsOf(a.slice(0, 1), 3), momentsOf(b, 3))).toBeNull();
  });
});

describe("CUPED of a ratio", () => {
  const rows = (seed: number) => {
    const random = uniformStream(seed);
    return Array.from({ length: 300 }, () => {
      const habit = random();
      const before = 1 + Math.floor(4 * random());
      const now = 1 + Math.floor(4 * random());
      return [now * (habit + random()), now, before * (habit + random()), before];
    });
  };
  const [a, b] = [momentsOf(rows(3), 4), momentsOf(rows(4), 4)];

  test("without anything to explain it is the ratio itself", () => {
    const silent = (moments: typeof a) =>
      combineAll(
        moments,
        [[1], [0, 1], [0, 0, 0, 1], [0, 0, 0, 1]].map((row) => [0, 1, 2, 3].map((i) => row[i] ?? 0)),
      );
    const arms = cupedRatio(silent(a), silent(b))!;
    const plain = linearise(
      combineAll(a, [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ]),
    )!;
    expectClose(arms.control.mean, plain.ratio);
    expectClose(arms.control.variance, plain.variance!, 1e-10);
    expect(arms.dropped).toEqual([0]);
  });

  test("explains what units bring with them", () => {
    const arms = cupedRatio(a, b)!;
    expect(arms.varianceReduction).toBeGreaterThan(0.1);
    expect(cupedRatio({ ...a, means: [1, 0, 1, 1] }, b)).toBeNull();
  });
});

test("a pivoted system is solved whatever the scales", () => {
  fc.assert(
    fc.property(fc.constantFrom(1e-6, 1, 1e9), fc.constantFrom(1e-6, 1, 1e9), (p, q) => {
      const { solution, dropped } = solvePivoted(
        {
          matrix: [
            [4 * p * p, 1 * p * q],
            [1 * p * q, 3 * q * q],
          ],
          right: [1 * p, 2 * q],
        },
        1e-10,
      );
      expect(dropped).toEqual([]);
      expectClose(solution[0]! * p, 1 / 11, 1e-12);
      expectClose(solution[1]! * q, 7 / 11, 1e-12);
    }),
  );
});

describe("post-stratification", () => {
  const moments = (values: readonly number[]) =>
    momentsOf(
      values.map((value) => [value]),
      1,
    );

  test("weights every stratum by its share of all units", () => {
    const arms = postStratify([
      { control: moments([1, 2, 3]), variant: moments([2, 4]) },
      { control: moments([10, 12]), variant: moments([11, 13, 15]) },
    ])!;
    expectClose(arms.control.mean, 0.5 * 2 + 0.5 * 11);
    expectClose(arms.variant.mean, 0.5 * 3 + 0.5 * 13);
    expectClose(arms.control.variance / arms.control.units, 0.25 * (1 / 3) + 0.25 * (2 / 2));
  });

  test("thin strata are merged, not lost", () => {
    const arms = postStratify([
      { control: moments([1, 2]), variant: moments([2, 4]) },
      { control: moments([5]), variant: moments([6, 7]) },
      { control: moments([]), variant: moments([9]) },
    ])!;
    expect([arms.control.units, arms.variant.units]).toEqual([3, 5]);
    expect(postStratify([{ control: moments([1]), variant: moments([1, 2]) }])).toBeNull();
    expect(postStratify([])).toBeNull();
  });
});
