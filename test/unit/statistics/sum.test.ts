import fc from "fast-check";
import { expect, test } from "vitest";
import { sum, sumOf } from "../../../src/statistics/sum.ts";

test("what plain addition loses is there", () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sum([1e16, 1, 1, 1, 1])).toBe(1e16 + 4);
});

test("nothing is 0, and what is infinite or NaN stays so", () => {
  expect(sum([])).toBe(0);
  expect(sum([1, Number.POSITIVE_INFINITY, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(sum([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBeNaN();
});

test("of what items are worth, with their places", () => {
  expect(sumOf(["a", "bb"], ({ length }, index) => length * (index + 1))).toBe(5);
});

test("is exact to a rounding of the result: the same sum in whole numbers", () => {
  const wholes = fc.array(fc.maxSafeInteger(), { maxLength: 200 });
  fc.assert(
    fc.property(wholes, (numbers) => {
      const exact = numbers.reduce((total, number) => total + BigInt(number), 0n);
      const sizes = numbers.reduce((total, number) => total + Math.abs(number), 0);
      const slack = Math.abs(Number(exact)) * Number.EPSILON + sizes * numbers.length * Number.EPSILON ** 2;
      expect(Math.abs(sum(numbers) - Number(exact))).toBeLessThanOrEqual(slack);
    }),
  );
});
