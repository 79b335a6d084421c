import jstat from "jstat";
import { describe, expect, test } from "vitest";
import { betaCdf, betaSf } from "../../../src/statistics/beta.ts";
import { betaLogDensity } from "../../../src/statistics/beta-density.ts";
import { binomialLogPmf } from "../../../src/statistics/binomial.ts";
import { chiSquaredCdf, chiSquaredSf } from "../../../src/statistics/chi-squared.ts";
import { normalCdf, normalIsf, normalQuantile, normalSf } from "../../../src/statistics/normal.ts";
import { studentTCdf, studentTIsf, studentTQuantile, studentTSf } from "../../../src/statistics/student-t.ts";
import { expectClose } from "./close.ts";

// Expected numbers: mpmath at 40 digits, unless a line says otherwise.

describe("normal", () => {
  test.each([
    [1, 0.15865525393145705],
    [1.96, 0.024997895148220435],
    [6, 9.86587645037698e-10],
    [11.5, 6.595771446113675e-31],
    [30, 4.906713927148187e-198],
    [37, 5.725571222524577e-300],
  ])("the tail beyond %d", (x, tail) => {
    expectClose(normalSf(x), tail);
    expectClose(normalCdf(-x), tail);
    expectClose(normalIsf(tail), x);
    expectClose(normalQuantile(tail), -x);
  });

  test("ends and middle", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalIsf(0)).toBe(Number.POSITIVE_INFINITY);
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalSf(Number.NEGATIVE_INFINITY)).toBe(1);
  });

  test.each([-0.1, 1.1, Number.NaN])("a quantile at %d is refused", (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
    expect(() => normalIsf(p)).toThrow(RangeError);
  });
});

describe("Student's t", () => {
  test.each([
    [2, 10, 0.03669401738537018],
    [0.001, 7.5, 0.49961409933732776],
    [12.5, 40.25, 9.660118622918004e-16],
    [11.464264524632, 1000, 5.640389794742987e-29],
    [1e200, 1.5, 3.770852432016246e-301],
  ])("the tail beyond %d at %d degrees of freedom", (t, df, tail) => {
    expectClose(studentTSf(t, df), tail);
    expectClose(studentTCdf(-t, df), tail);
    expectClose(studentTIsf(tail, df), t, 1e-11);
    expectClose(studentTQuantile(tail, df), -t, 1e-11);
  });

  test("one and two degrees of freedom have closed forms", () => {
    for (const p of [1e-300, 1e-100, 1e-10, 0.001, 0.2, 0.499]) {
      expectClose(studentTIsf(p, 1), 1 / Math.tan(Math.PI * p));
      expectClose(studentTIsf(p, 2), (1 - 2 * p) / Math.sqrt(2 * p * (1 - p)));
    }
  });

  test("the centre stays right at ten million degrees of freedom", () => {
    expect(studentTCdf(0, 1e7)).toBe(0.5);
    expectClose(studentTIsf(0.025, 1e7), 1.9599642217672055);
  });

  test("ends, and what is refused", () => {
    expect(studentTQuantile(0, 5)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentTQuantile(1, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(studentTSf(Number.POSITIVE_INFINITY, 5)).toBe(0);
    expect(() => studentTQuantile(2, 5)).toThrow(RangeError);
    expect(() => studentTCdf(1, 0)).toThrow(RangeError);
    expect(() => studentTCdf(1, Number.NaN)).toThrow(RangeError);
  });
});

describe("chi-squared", () => {
  test.each([
    [3.84, 1, 0.050043521248705106],
    [150, 2, 2.6786369618080778e-33],
    [1400, 3, 2.945619361016309e-303],
  ])("the tail beyond %d at %d degrees of freedom", (x, df, tail) => {
    expectClose(chiSquaredSf(x, df), tail);
    expectClose(chiSquaredCdf(x, df), 1 - tail);
  });

  test("the incomplete gamma function in use is not the version that is 3% off at large shapes", () => {
    expectClose(chiSquaredSf(2961.2, 3000), 0.6895113258449983);
    expectClose(chiSquaredCdf(2961.2, 3000), 0.31048867415500164);
  });

  test("ends", () => {
    expect([chiSquaredSf(0, 1), chiSquaredCdf(0, 1)]).toEqual([1, 0]);
    expect([chiSquaredSf(-1, 1), chiSquaredCdf(-1, 1)]).toEqual([1, 0]);
    expect([chiSquaredSf(Infinity, 1), chiSquaredCdf(Infinity, 1)]).toEqual([0, 1]);
  });
});

describe("beta", () => {
  test.each([
    [0.0502, 246, 4756, 0.6371832242988726, 0.36281677570112736],
    [0.1003, 150_000, 1_350_000, 0.889596226213709, 0.11040377378629092],
    [0.5002, 1e7, 1e7, 0.9631808689021261, 0.03681913109787399],
  ])("at %d with %d and %d", (x, a, b, lower, upper) => {
    expectClose(betaCdf(x, a, b), lower, 1e-11);
    expectClose(betaSf(x, a, b), upper, 1e-11);
  });

  test("both sides of the switch to the continued fraction agree", () => {
    const jump = betaSf(0.5001, 99_999.999, 1e5) - betaSf(0.5001, 100_000.001, 1e5);
    expect(Math.abs(jump)).toBeLessThan(1e-5);
    expectClose(betaCdf(0.49, 2e5, 2e5), betaSf(0.51, 2e5, 2e5));
  });

  test("ends", () => {
    expect([betaCdf(0, 2, 3), betaSf(0, 2, 3)]).toEqual([0, 1]);
    expect([betaCdf(1, 2, 3), betaSf(1, 2, 3)]).toEqual([1, 0]);
    expect(() => betaCdf(0.5, 0, 3)).toThrow(RangeError);
  });

  test("the density of small whole shapes is a polynomial", () => {
    expectClose(Math.exp(betaLogDensity(0.3, 2, 4)), 20 * 0.3 * 0.7 ** 3);
    expectClose(Math.exp(betaLogDensity(0.3, 1, 1)), 1);
  });
});

describe("binomial", () => {
  test.each([
    [3, 10, 0.3, Math.log(0.266827932)],
    [300_000, 1_000_000, 0.3, -7.046370251546539],
    [5, 1_000_000, 1e-5, -3.2745762779101524],
  ])("%d of %d at %d", (k, n, p, logarithm) => {
    expectClose(binomialLogPmf(k, n, p), logarithm, 1e-11);
  });

  test("ends", () => {
    expect(binomialLogPmf(0, 5, 0)).toBe(0);
    expect(binomialLogPmf(5, 5, 1)).toBe(0);
    expect(binomialLogPmf(1, 5, 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(binomialLogPmf(4, 5, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(binomialLogPmf(6, 5, 0.5)).toBe(Number.NEGATIVE_INFINITY);
    expect(binomialLogPmf(-1, 5, 0.5)).toBe(Number.NEGATIVE_INFINITY);
    expectClose(binomialLogPmf(0, 5, 0.2), 5 * Math.log(0.8));
    expectClose(binomialLogPmf(5, 5, 0.2), 5 * Math.log(0.2));
    expect(binomialLogPmf(0, 0, 0.3)).toBeCloseTo(0, 15);
  });
});

interface Distribution {
  readonly cdf: (x: number, ...parameters: number[]) => number;
}

const peer = jstat as unknown as Readonly<Record<"normal" | "studentt" | "chisquare" | "beta", Distribution>>;

test("jstat, an independent implementation, agrees where it is right", () => {
  for (let x = -3; x <= 3; x += 0.37) {
    expectClose(normalCdf(x), peer.normal.cdf(x, 0, 1), 1e-9);
    expectClose(studentTCdf(x, 17), peer.studentt.cdf(x, 17), 1e-6);
    expectClose(chiSquaredCdf(x * x, 4), peer.chisquare.cdf(x * x, 4), 1e-9);
    const share = (x + 4) / 8;
    expectClose(betaCdf(share, 3, 7), peer.beta.cdf(share, 3, 7), 1e-6);
  }
});
