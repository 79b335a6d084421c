import { describe, expect, test } from "vitest";
import { expectedLoss, probabilityToBeat } from "../../../src/statistics/beta-posterior.ts";
import { normalPosterior } from "../../../src/statistics/normal-posterior.ts";
import { expectClose } from "./close.ts";

const of = (successes: number, units: number) => ({ successes, units });

describe("beta posteriors", () => {
  // Miller's exact sum and the difference of means, mpmath at 30 digits.
  test.each([
    [of(245, 5000), of(290, 5000), 0.9771855566429019, 3.840549413187922e-5],
    [of(0, 10), of(0, 20), 0.34375, 0.05303030303030303],
    [of(3, 3), of(0, 4), 0.007936507936507938, 0.6341269841269841],
    [of(50, 100_000), of(5, 120_000), 6.844453498867475e-13, 0.0004599906335234473],
  ])("%j against %j", (control, variant, probability, loss) => {
    expectClose(probabilityToBeat(control, variant), probability, 1e-11);
    expectClose(expectedLoss(control, variant), loss, 1e-11);
  });

  test("without data: even chances, a mean distance of a third between two uniform rates", () => {
    expectClose(probabilityToBeat(of(0, 0), of(0, 0)), 0.5);
    expectClose(expectedLoss(of(0, 0), of(0, 0)), 1 / 6);
  });

  test("the prior counts as earlier units", () => {
    expectClose(probabilityToBeat(of(3, 9), of(6, 9), [5, 11]), probabilityToBeat(of(7, 23), of(10, 23)));
  });

  test("sums over whole parameters agree with integrals over nearly whole ones", () => {
    const nearly = [1 + 1e-13, 1] as const;
    for (const [control, variant] of [
      [of(12, 90), of(31, 140)],
      [of(31, 140), of(12, 90)],
      [of(700, 900), of(6, 7)],
      [of(0, 0), of(40, 2000)],
      [of(3000, 60_000), of(3100, 60_000)],
    ] as const) {
      expectClose(probabilityToBeat(control, variant), probabilityToBeat(control, variant, nearly), 1e-10);
      expectClose(expectedLoss(control, variant), expectedLoss(control, variant, nearly), 1e-10);
    }
  });

  test("ten million units", () => {
    const [control, variant] = [of(1_000_000, 1e7), of(1_000_500, 1e7)];
    expectClose(probabilityToBeat(control, variant), 0.6452904984110681);
    expect(expectedLoss(control, of(1_300_000, 1e7))).toBe(0);
    expectClose(expectedLoss(of(1_300_000, 1e7), control), 300_000 / (1e7 + 2), 1e-11);
  });
});

describe("normal posterior", () => {
  test("a flat prior", () => {
    const posterior = normalPosterior({ estimate: 0.05, standardError: 0.03 })!;
    expect([posterior.mean, posterior.standardDeviation]).toEqual([0.05, 0.03]);
    expectClose(posterior.chanceToWin, 0.9522096477271853, 1e-11);
    expectClose(posterior.riskVariant, 0.000594796550141725, 1e-11);
    expectClose(posterior.riskControl, 0.05059479655014173, 1e-11);
    expectClose(posterior.lower, -0.008798919536201613, 1e-11);
    expectClose(posterior.upper, 0.10879891953620162, 1e-11);
  });

  test("a normal prior pulls towards its mean", () => {
    const posterior = normalPosterior({
      estimate: -0.02,
      standardError: 0.01,
      prior: { mean: 0, variance: 0.01 },
    })!;
    expectClose(posterior.mean, -0.019801980198019802);
    expectClose(posterior.standardDeviation, 0.00995037190209989);
    expectClose(posterior.riskControl, 8.675917298476936e-5, 1e-10);
  });

  test("nothing where the estimate has no error", () => {
    expect(normalPosterior({ estimate: 1, standardError: 0 })).toBeNull();
    expect(normalPosterior({ estimate: 1, standardError: Number.NaN })).toBeNull();
  });
});
