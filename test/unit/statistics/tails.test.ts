import { describe, expect, test } from "vitest";
import { betaIsf, betaQuantile, betaSf } from "../../../src/statistics/beta.ts";
import {
  binomialCdf,
  binomialIsf,
  binomialQuantile,
  binomialSf,
} from "../../../src/statistics/binomial-tail.ts";
import {
  chiSquaredIsf,
  chiSquaredLogSf,
  chiSquaredQuantile,
  chiSquaredSf,
} from "../../../src/statistics/chi-squared.ts";
import {
  noncentralTCdf,
  noncentralTIsf,
  noncentralTLogSf,
  noncentralTQuantile,
  noncentralTSf,
} from "../../../src/statistics/noncentral-t.ts";
import { normalLogCdf, normalLogSf, normalSf } from "../../../src/statistics/normal.ts";
import { studentTSf } from "../../../src/statistics/student-t.ts";
import { expectClose } from "./close.ts";

// Expected numbers: mpmath at 50 digits, scipy for the discrete ones.

test("normal: logarithms of tails that no double holds", () => {
  expectClose(normalLogSf(30), -454.3212439563432, 1e-14);
  expectClose(normalLogSf(31), -484.8539636271793, 1e-14);
  expectClose(normalLogSf(1000), -500007.8266948122, 1e-14);
  expectClose(normalLogCdf(9), -normalSf(9), 1e-12);
});

describe("chi-squared", () => {
  test("logarithms of tails that no double holds", () => {
    expectClose(chiSquaredLogSf(5000, 5), -2488.5480139142123, 1e-14);
    expectClose(chiSquaredLogSf(1e5, 200), -49287.97417328992, 1e-14);
    expectClose(chiSquaredLogSf(9, 3), Math.log(chiSquaredSf(9, 3)));
    expect(chiSquaredLogSf(Number.POSITIVE_INFINITY, 3)).toBe(Number.NEGATIVE_INFINITY);
  });

  test.each([0.3, 1, 2, 7.5, 100, 1e4])("quantiles are the inverse, %d degrees of freedom", (df) => {
    for (const p of [1e-300, 1e-30, 1e-6, 0.2]) expectClose(chiSquaredSf(chiSquaredIsf(p, df), df), p, 1e-9);
    expect(chiSquaredQuantile(0, df)).toBe(0);
    expect(chiSquaredQuantile(1, df)).toBe(Number.POSITIVE_INFINITY);
    expectClose(chiSquaredQuantile(0.75, df), chiSquaredIsf(0.25, df));
  });
});

test("beta: quantiles from either side", () => {
  expectClose(betaQuantile(0.5, 0.5, 0.5), 0.5);
  expectClose(betaQuantile(1e-12, 0.5, 0.5), Math.sin((Math.PI * 1e-12) / 2) ** 2, 1e-10);
  expectClose(betaSf(betaIsf(1e-20, 5, 9), 5, 9), 1e-20, 1e-9);
  expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaIsf(0, 2, 3)]).toEqual([0, 1, 1]);
});

test("binomial: tails, and the smallest k", () => {
  expectClose(binomialCdf(3, 10, 0.5), 176 / 1024);
  expectClose(binomialSf(3, 10, 0.5), 848 / 1024);
  expect([binomialCdf(-1, 10, 0.5), binomialSf(10, 10, 0.5), binomialCdf(3.9, 10, 0.5)]).toEqual([
    0,
    0,
    binomialCdf(3, 10, 0.5),
  ]);
  expect([binomialSf(0, 5, 0), binomialSf(4, 5, 1)]).toEqual([0, 1]);
  expect([binomialIsf(0.01, 100, 0.3), binomialQuantile(0.05, 100, 0.3)]).toEqual([41, 23]);
});

describe("noncentral t", () => {
  test("without noncentrality it is Student's", () => {
    for (const t of [-30, -2, 0, 1.5, 40])
      for (const df of [1, 4.5, 30, 1e8]) expectClose(noncentralTSf(t, df, 0), studentTSf(t, df), 1e-10);
  });

  test("far tails keep their digits", () => {
    // ∫ Φ(ts − δ)g(s)ds at 60 digits.
    expectClose(noncentralTCdf(-2, 38, 10), 5.382869373849943e-32, 1e-11);
    expectClose(noncentralTLogSf(12, 38, 10), Math.log(noncentralTSf(12, 38, 10)));
    expect(noncentralTLogSf(400, 1e6, 2)).toBeLessThan(-70_000);
  });

  test("quantiles are the inverse", () => {
    expectClose(noncentralTIsf(0.05, 20, 1.5), 3.4017089097873745, 1e-9);
    expectClose(noncentralTQuantile(0.05, 20, 1.5), -0.14711910363708028, 1e-9);
    expectClose(noncentralTSf(noncentralTIsf(1e-12, 9, 2), 9, 2), 1e-12, 1e-9);
  });
});
