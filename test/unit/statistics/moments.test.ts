import { describe, expect, test } from "vitest";
import { pairs, secondIndex, triples } from "../../../src/statistics/moment-packing.ts";
import {
  combine,
  covarianceOf,
  meanOf,
  mergeMoments,
  momentsOf,
  thirdOf,
  varianceOf,
  withZeros,
} from "../../../src/statistics/moments.ts";

const ROWS = [
  [1, 2],
  [2, 0],
  [6, 4],
];

test("moments by hand", () => {
  // Deviations: x −2, −1, 3; y 0, −2, 2.
  expect(momentsOf(ROWS, 2)).toEqual({
    units: 3,
    means: [3, 2],
    second: [14, 8, 8],
    third: [-8 - 1 + 27, -2 + 18, -4 + 12, 0],
  });
});

test("means, variances, covariances, third moments", () => {
  const moments = momentsOf(ROWS, 2);
  expect([meanOf(moments), meanOf(moments, 1)]).toEqual([3, 2]);
  expect([varianceOf(moments), varianceOf(moments, 1)]).toEqual([7, 4]);
  expect([covarianceOf(moments, 0, 1), covarianceOf(moments, 1, 0)]).toEqual([4, 4]);
  expect(thirdOf(moments)).toBe(6);
});

test("too few units", () => {
  const [none, one] = [momentsOf([], 2), momentsOf([[5, 7]], 2)];
  expect(none).toEqual({ units: 0, means: [0, 0], second: [0, 0, 0], third: [0, 0, 0, 0] });
  expect([meanOf(none), varianceOf(none), thirdOf(none)]).toEqual([null, null, null]);
  expect([meanOf(one, 1), varianceOf(one), thirdOf(one)]).toEqual([7, null, 0]);
});

test("the zero group enters as units", () => {
  expect(withZeros(momentsOf([[3], [3]], 1), 1)).toEqual(momentsOf([[3], [3], [0]], 1));
  expect(withZeros(momentsOf([], 1), 4)).toEqual({ units: 4, means: [0], second: [0], third: [0] });
  expect(withZeros(momentsOf(ROWS, 2), 0)).toEqual(momentsOf(ROWS, 2));
});

test("a large mean costs the spread no digit", () => {
  const shifted = (from: number) => momentsOf([[1e9 + from], [1e9 + from + 1], [1e9 + from + 2]], 1);
  const merged = mergeMoments(shifted(0), shifted(3));
  expect(merged.second[0]).toBeCloseTo(17.5, 6);
  expect(merged.third[0]).toBeCloseTo(0, 5);
});

test("a combination by hand", () => {
  // 2x − y: 0, 4, 8.
  expect(combine(momentsOf(ROWS, 2), [2, -1])).toEqual({ units: 3, means: [4], second: [32], third: [0] });
});

describe("packing", () => {
  test("three variables", () => {
    expect(pairs(3).map((pair) => pair.join(""))).toEqual(["00", "01", "02", "11", "12", "22"]);
    expect(triples(3).map((triple) => triple.join(""))).toEqual([
      "000",
      "001",
      "002",
      "011",
      "012",
      "022",
      "111",
      "112",
      "122",
      "222",
    ]);
    pairs(3).forEach(([i, j], place) => {
      expect(secondIndex(i, j, 3)).toBe(place);
      expect(secondIndex(j, i, 3)).toBe(place);
    });
  });
});
