import { expect, test } from "vitest";
import { intraclassCorrelation } from "../../../src/statistics/intraclass-correlation.ts";

test("values in clusters of unequal sizes: 1 2 3, 9 8, 2 2 4 1, in exact fractions elsewhere", () => {
  const of = { clusters: 3, values: 9, squaredSizes: 29, between: 2267 / 36, total: 632 / 9 };
  expect(intraclassCorrelation(of)).toBeCloseTo(3270 / 3647, 14);
});

test("members that differ more than units do are taken to be unrelated", () => {
  expect(intraclassCorrelation({ clusters: 2, values: 4, squaredSizes: 8, between: 0, total: 4 })).toBe(0);
});

test.each([
  ["one cluster", { clusters: 1, values: 5, squaredSizes: 25, between: 0, total: 4 }],
  ["one value in each", { clusters: 5, values: 5, squaredSizes: 5, between: 4, total: 4 }],
  ["nothing that varies", { clusters: 2, values: 4, squaredSizes: 8, between: 0, total: 0 }],
])("%s has none", (_, of) => {
  expect(intraclassCorrelation(of)).toBeNull();
});
