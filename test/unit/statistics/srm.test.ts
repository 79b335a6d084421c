import { expect, test } from "vitest";
import { sampleRatioMismatch } from "../../../src/statistics/srm.ts";
import { expectClose } from "./close.ts";

test("Pearson by scipy", () => {
  const result = sampleRatioMismatch([50000, 50500], [0.5, 0.5]);
  expectClose(result.statistic, 2.487562189054726);
  expectClose(result.pValue, 0.11474934170731499, 1e-11);
  expect(result).toMatchObject({ degreesOfFreedom: 1, test: "Pearson chi-squared", leak: false });
  expect(result.expected).toEqual([50250, 50250]);
});

test("the cookie-cats game has the mismatch its analysts overlooked", () => {
  expectClose(sampleRatioMismatch([44700, 45489], [1, 1]).pValue, 0.008608, 1e-4);
});

test("a mismatch beyond any doubt keeps its digits", () => {
  expectClose(sampleRatioMismatch([1_000_000, 1_050_000], [1, 1]).pValue, 3.5057675412450806e-267, 1e-10);
});

// scipy.stats.binomtest
test.each([
  [0, 9, 0.5, 0.00390625],
  [7, 8, 0.1, 7.3e-7],
  [2, 400, 0.01, 0.45071284004697343],
  [9, 1_000_000, 1e-6, 1.125170664332277e-6],
  [5, 5, 0.99, 1],
  [1, 30, 0.1, 0.3591898982264988],
])("few expected in one of two arms: %d of %d at %d", (successes, trials, share, pValue) => {
  const result = sampleRatioMismatch([successes, trials - successes], [share, 1 - share]);
  expect(result).toMatchObject({ test: "exact binomial", statistic: null, degreesOfFreedom: null });
  expectClose(result.pValue, pValue, 1e-9);
  const swapped = sampleRatioMismatch([trials - successes, successes], [1 - share, share]);
  expectClose(swapped.pValue, pValue, 1e-9);
});

test("equally likely outcomes count as equally extreme", () => {
  expectClose(sampleRatioMismatch([2, 7], [1, 1]).pValue, (2 * (1 + 9 + 36)) / 512);
});

test("few expected in one of three arms: no test", () => {
  const result = sampleRatioMismatch([3, 500, 500], [0.004, 0.498, 0.498]);
  expect(result).toMatchObject({ test: "none", pValue: null, statistic: null });
});

test("an arm with share 0 is outside the test, and a unit in it is a leak", () => {
  expect(sampleRatioMismatch([500, 500, 0], [1, 1, 0])).toMatchObject({ pValue: 1, leak: false });
  const leaking = sampleRatioMismatch([500, 500, 1], [1, 1, 0]);
  expect(leaking).toMatchObject({ pValue: 1, degreesOfFreedom: 1, leak: true, expected: [500, 500, 0] });
});

test("nobody, or one arm only: no test", () => {
  expect(sampleRatioMismatch([0, 0], [1, 1])).toMatchObject({ test: "none", pValue: null, expected: [0, 0] });
  expect(sampleRatioMismatch([7], [1])).toMatchObject({ test: "none", pValue: null, expected: [7] });
  expect(sampleRatioMismatch([7, 3], [0, 0])).toMatchObject({ test: "none", pValue: null, leak: true });
  expect(sampleRatioMismatch([], [])).toMatchObject({ test: "none", pValue: null, expected: [] });
});
