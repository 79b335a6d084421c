import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barnard, boschloo, fisherExact } from "../../../src/statistics/exact-proportions.ts";
import {
  miettinenNurminenDifference,
  miettinenNurminenRatio,
} from "../../../src/statistics/miettinen-nurminen.ts";
import { newcombeInterval } from "../../../src/statistics/newcombe.ts";
import { meeInterval } from "../../../src/statistics/score-difference.ts";
import { koopmanInterval } from "../../../src/statistics/score-ratio.ts";
import { expectClose } from "./close.ts";

const of = (successes: number, units: number) => ({ successes, units });

describe("exact tests", () => {
  test.each([
    [of(3, 20), of(11, 20), 0.018701126042616586],
    [of(0, 5), of(4, 5), 0.04761904761904762],
    [of(30, 1000), of(55, 1000), 0.007467206982769902],
    [of(7, 12), of(1, 10), 0.03095975232198141],
  ])("Fisher's, as scipy and R: %j and %j", (control, variant, pValue) => {
    expectClose(fisherExact(control, variant), pValue, 1e-11);
    expectClose(fisherExact(variant, control), pValue, 1e-11);
  });

  test("Barnard's: the supremum over a fine grid of rates", () => {
    // Σ over the 27 tables at least as far out, at 2,000 rates: largest at .4358.
    expectClose(barnard(of(7, 12), of(1, 10)), 0.021270246733901852, 1e-6);
  });

  test("neither exact test errs more often than it claims, and Boschloo's is at least as powerful as Fisher's", () => {
    const small = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(small, small, fc.double({ min: 0.02, max: 0.98, noNaN: true }), (nA, nB, rate) => {
        const mass = (k: number, n: number) => {
          let probability = (1 - rate) ** n;
          for (let i = 0; i < k; i++) probability *= ((n - i) / (i + 1)) * (rate / (1 - rate));
          return probability;
        };
        for (const exact of [fisherExact, barnard, boschloo]) {
          let rejected = 0;
          for (let a = 0; a <= nA; a++)
            for (let b = 0; b <= nB; b++)
              if (exact(of(a, nA), of(b, nB)) <= 0.1) rejected += mass(a, nA) * mass(b, nB);
          expect(rejected).toBeLessThanOrEqual(0.1 + 1e-6);
        }
        expect(boschloo(of(1, nA), of(nB - 1, nB))).toBeLessThanOrEqual(
          fisherExact(of(1, nA), of(nB - 1, nB)) * (1 + 1e-9),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("nothing seen is no evidence; too many tables are refused", () => {
    expect(fisherExact(of(0, 0), of(3, 9))).toBe(1);
    expect(barnard(of(0, 4), of(0, 6))).toBe(1);
    expect(() => barnard(of(1, 2000), of(1, 2000))).toThrow(RangeError);
  });
});

describe("intervals of 56 of 70 against 48 of 80", () => {
  // Newcombe (1998), table II, column (a).
  const [control, variant] = [of(48, 80), of(56, 70)];

  test.each([
    ["Mee", meeInterval, 0.0533, 0.3377],
    ["Miettinen and Nurminen", miettinenNurminenDifference, 0.0528, 0.3382],
    ["Newcombe", newcombeInterval, 0.0524, 0.3339],
  ] as const)("%s", (_, interval, lower, upper) => {
    const bounds = interval(control, variant, 0.95)!;
    expect(bounds.lower).toBeCloseTo(lower, 4);
    expect(bounds.upper).toBeCloseTo(upper, 4);
  });

  test("Miettinen and Nurminen's ratio is a little wider than Koopman's", () => {
    const [wide, narrow] = [
      miettinenNurminenRatio(control, variant, 0.95)!,
      koopmanInterval(control, variant, 0.95)!,
    ];
    expect(wide.lower!).toBeLessThan(narrow.lower!);
    expect(wide.upper!).toBeGreaterThan(narrow.upper!);
    expect(wide.upper! - narrow.upper!).toBeLessThan(0.01);
  });
});
