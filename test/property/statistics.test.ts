import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holm } from "../../src/statistics/adjust.ts";
import { betaCdf, betaSf } from "../../src/statistics/beta.ts";
import { expectedLoss, probabilityToBeat } from "../../src/statistics/beta-posterior.ts";
import { fiellerLift } from "../../src/statistics/fieller.ts";
import { combine, type Moments, mergeMoments, momentsOf, withZeros } from "../../src/statistics/moments.ts";
import { normalCdf, normalIsf, normalQuantile, normalSf } from "../../src/statistics/normal.ts";
import { meeInterval, scoreDifferenceZ } from "../../src/statistics/score-difference.ts";
import { koopmanInterval, scoreRatioZ } from "../../src/statistics/score-ratio.ts";
import { sampleRatioMismatch } from "../../src/statistics/srm.ts";
import { studentTIsf, studentTSf } from "../../src/statistics/student-t.ts";
import { twoProportionZ } from "../../src/statistics/two-proportion-z.ts";
import { welch } from "../../src/statistics/welch.ts";
import { wilsonInterval } from "../../src/statistics/wilson.ts";

const proportion = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([units, share]) => ({ successes: Math.round(share * units), units }));

const sample = fc.record({
  mean: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  variance: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  units: fc.integer({ min: 2, max: 1e6 }),
});

const alpha = fc.constantFrom(0.001, 0.01, 0.05, 0.2);

const rows = fc.array(fc.array(fc.integer({ min: -50, max: 1000 }), { minLength: 2, maxLength: 2 }), {
  maxLength: 12,
});

/** Absolute to the size of the numbers that were summed. */
function expectSame(actual: Moments, expected: Moments): void {
  expect(actual.units).toBe(expected.units);
  const numbers = ({ means, second, third }: Moments) => [...means, ...second, ...third];
  const scale = Math.max(1, ...numbers(expected).map(Math.abs));
  numbers(actual).forEach((value, index) => {
    expect(Math.abs(value - numbers(expected)[index]!)).toBeLessThanOrEqual(1e-10 * scale);
  });
}

describe("moments", () => {
  test("merging parts gives the whole, in any order and grouping", () => {
    fc.assert(
      fc.property(rows, rows, rows, (a, b, c) => {
        const [x, y, z] = [momentsOf(a, 2), momentsOf(b, 2), momentsOf(c, 2)];
        const whole = momentsOf([...a, ...b, ...c], 2);
        expectSame(mergeMoments(mergeMoments(x, y), z), whole);
        expectSame(mergeMoments(x, mergeMoments(y, z)), whole);
        expectSame(mergeMoments(z, mergeMoments(y, x)), whole);
      }),
    );
  });

  test("zeros are rows of zeros", () => {
    fc.assert(
      fc.property(rows, fc.nat(9), (a, zeros) => {
        const padded = [...a, ...Array.from({ length: zeros }, () => [0, 0])];
        expectSame(withZeros(momentsOf(a, 2), zeros), momentsOf(padded, 2));
      }),
    );
  });

  test("a combination has the moments of the combined values", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), (a, p, q) => {
        const values = a.map(([x, y]) => [p * x! + q * y!]);
        expectSame(combine(momentsOf(a, 2), [p, q]), momentsOf(values, 1));
      }),
    );
  });

  test("a shift moves the mean only; a scale enters by its powers", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -99, max: 99 }), fc.constantFrom(-2, 0.5, 3), (a, shift, scale) => {
        const plain = momentsOf(a, 2);
        const moved = momentsOf(
          a.map((row) => row.map((value) => scale * (value + shift))),
          2,
        );
        expectSame(moved, {
          units: a.length,
          means: plain.means.map((mean) => (a.length === 0 ? 0 : scale * (mean + shift))),
          second: plain.second.map((value) => scale ** 2 * value),
          third: plain.third.map((value) => scale ** 3 * value),
        });
      }),
    );
  });
});

describe("distributions", () => {
  test("quantiles invert tails", () => {
    const tail = fc.double({ min: -690, max: -0.7, noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(tail, fc.double({ min: 1, max: 1e7, noNaN: true }), (p, df) => {
        expect(normalSf(normalIsf(p)) / p).toBeCloseTo(1, 9);
        expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
        expect(studentTSf(studentTIsf(p, df), df) / p).toBeCloseTo(1, 8);
      }),
    );
  });

  test("the two tails of a beta make one, and mirror", () => {
    const shape = fc.double({ min: 0.6, max: 3e6, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: -4, max: 4, noNaN: true }), (a, b, z) => {
        const mean = a / (a + b);
        const x = mean + z * Math.sqrt((mean * (1 - mean)) / (a + b + 1));
        expect(betaCdf(x, a, b) + betaSf(x, a, b)).toBeCloseTo(1, 12);
        expect(betaCdf(0.5, a, b)).toBeCloseTo(betaSf(0.5, b, a), 10);
      }),
    );
  });
});

describe("proportions", () => {
  test("0 is in the interval of the difference, and 1 in that of the ratio, exactly where p ≥ α", () => {
    fc.assert(
      fc.property(proportion, proportion, alpha, (control, variant, level) => {
        const kept = twoProportionZ(control, variant).pValue! >= level;
        const difference = meeInterval(control, variant, 1 - level);
        expect(difference.lower <= 0 && difference.upper >= 0).toBe(kept);
        const ratio = koopmanInterval(control, variant, 1 - level);
        if (ratio !== null) expect(ratio.lower! <= 1 && ratio.upper! >= 1).toBe(kept);
      }),
      { numRuns: 500 },
    );
  });

  test("the score statistics at no effect are the pooled z", () => {
    fc.assert(
      fc.property(proportion, proportion, (control, variant) => {
        const { statistic } = twoProportionZ(control, variant);
        expect(scoreDifferenceZ(control, variant, 0)).toBeCloseTo(statistic ?? 0, 8);
        expect(scoreRatioZ(control, variant, 1)).toBeCloseTo(statistic ?? 0, 8);
      }),
    );
  });

  test("the statistics fall as the hypothesis rises, so that the accepted ones are an interval", () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(proportion, proportion, place, place, (control, variant, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const difference = (at: number) => scoreDifferenceZ(control, variant, 2 * at - 1);
        expect(difference(low)).toBeGreaterThanOrEqual(difference(high) - 1e-6);
        const ratio = (at: number) => scoreRatioZ(control, variant, (at + 1e-6) / (1 - at + 1e-6));
        expect(ratio(low)).toBeGreaterThanOrEqual(ratio(high) - 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  test("at its ends an interval's statistic is the critical value", () => {
    fc.assert(
      fc.property(proportion, proportion, alpha, (control, variant, level) => {
        const z = normalIsf(level / 2);
        const { lower, upper } = meeInterval(control, variant, 1 - level);
        if (lower > -1) expect(scoreDifferenceZ(control, variant, lower)).toBeCloseTo(z, 6);
        if (upper < 1) expect(scoreDifferenceZ(control, variant, upper)).toBeCloseTo(-z, 6);
        const ratio = koopmanInterval(control, variant, 1 - level);
        if (ratio === null) return;
        if (ratio.lower! > 0) expect(scoreRatioZ(control, variant, ratio.lower!)).toBeCloseTo(z, 6);
        expect(scoreRatioZ(control, variant, ratio.upper!)).toBeCloseTo(-z, 6);
      }),
      { numRuns: 300 },
    );
  });

  test("exchanging the arms mirrors; estimates are inside; bounds are bounds", () => {
    fc.assert(
      fc.property(proportion, proportion, alpha, (control, variant, level) => {
        const [there, back] = [
          meeInterval(control, variant, 1 - level),
          meeInterval(variant, control, 1 - level),
        ];
        expect(there.lower).toBeCloseTo(-back.upper, 12);
        const difference = variant.successes / variant.units - control.successes / control.units;
        expect(there.lower).toBeLessThanOrEqual(difference);
        expect(there.upper).toBeGreaterThanOrEqual(difference);
        expect(there.lower).toBeGreaterThanOrEqual(-1);
        expect(there.upper).toBeLessThanOrEqual(1);
        const rate = control.successes / control.units;
        const arm = wilsonInterval(control, 1 - level);
        expect(0 <= arm.lower && arm.lower <= rate && rate <= arm.upper && arm.upper <= 1).toBe(true);
      }),
    );
  });

  test("the chances to beat each other make one; losses differ by the difference of the posterior means", () => {
    fc.assert(
      fc.property(proportion, proportion, (control, variant) => {
        const sum = probabilityToBeat(control, variant) + probabilityToBeat(variant, control);
        expect(sum).toBeCloseTo(1, 9);
        const mean = ({ successes, units }: typeof control) => (successes + 1) / (units + 2);
        const gap = expectedLoss(control, variant) - expectedLoss(variant, control);
        expect(gap).toBeCloseTo(mean(control) - mean(variant), 9);
      }),
    );
  });
});

describe("means", () => {
  test("0 is in Welch's interval, and in Fieller's where bounded, exactly where p ≥ α", () => {
    fc.assert(
      fc.property(sample, sample, alpha, (control, variant, level) => {
        const difference = welch(control, variant, { confidence: 1 - level });
        const kept = difference.pValue! >= level;
        expect(difference.lower! <= 0 && difference.upper! >= 0).toBe(kept);
        const varianceControlMean = control.variance / control.units;
        const lift = fiellerLift({
          difference: difference.estimate,
          varianceDifference: difference.standardError! ** 2,
          controlMean: control.mean,
          varianceControlMean,
          covariance: -varianceControlMean,
          critical: studentTIsf(level / 2, difference.degreesOfFreedom!),
        });
        if (lift?.bounded) {
          expect(lift.lower! <= 0 && lift.upper! >= 0).toBe(kept);
          const ratio = difference.estimate / control.mean;
          expect(lift.lower!).toBeLessThanOrEqual(ratio);
          expect(lift.upper!).toBeGreaterThanOrEqual(ratio);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("Fieller's ends are the lifts whose contrast is just rejected", () => {
    fc.assert(
      fc.property(sample, sample, (control, variant) => {
        fc.pre(control.mean > 0);
        const [vA, vB] = [control.variance / control.units, variant.variance / variant.units];
        const lift = fiellerLift({
          difference: variant.mean - control.mean,
          varianceDifference: vA + vB,
          controlMean: control.mean,
          varianceControlMean: vA,
          covariance: -vA,
          critical: 2,
        });
        fc.pre(lift!.bounded);
        for (const end of [lift!.lower!, lift!.upper!]) {
          const weight = 1 + end;
          const error = Math.sqrt(vB + weight ** 2 * vA);
          const statistic = Math.abs(variant.mean - weight * control.mean) / error;
          fc.pre(error > 1e-6 * Math.abs(variant.mean));
          expect(statistic).toBeCloseTo(2, 4);
        }
      }),
    );
  });

  test("exchanging the arms turns the signs", () => {
    fc.assert(
      fc.property(sample, sample, (control, variant) => {
        const [there, back] = [
          welch(control, variant, { confidence: 0.9 }),
          welch(variant, control, { confidence: 0.9 }),
        ];
        expect(there.pValue).toBeCloseTo(back.pValue!, 12);
        expect(there.pGreater).toBeCloseTo(back.pLess!, 12);
        expect(there.lower!).toBeCloseTo(-back.upper!, 9);
      }),
    );
  });
});

test("Holm: never below the p-value, never above Bonferroni's, in the same order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }), (p) => {
      const adjusted = holm(p);
      p.forEach((pValue, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(pValue);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p.length * pValue));
        p.forEach((other, j) => {
          if (pValue < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
    }),
  );
});

test("the exact sample ratio test never errs more often than it claims", () => {
  const share = fc.double({ min: 0.001, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), share, alpha, (units, p, level) => {
      fc.pre(units * p < 5);
      let probability = 1;
      for (let k = 1; k <= units; k++) probability *= 1 - p;
      let rejected = 0;
      for (let k = 0; k <= units; k++) {
        const { pValue } = sampleRatioMismatch([k, units - k], [p, 1 - p]);
        if (pValue! <= level) rejected += probability;
        probability *= ((units - k) / (k + 1)) * (p / (1 - p));
      }
      expect(rejected).toBeLessThanOrEqual(level * (1 + 1e-6));
    }),
  );
});
