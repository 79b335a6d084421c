import { expect, test } from "vitest";
import { findRoot } from "../../../src/statistics/find-root.ts";
import { expectClose } from "./close.ts";

test.each([
  ["√2", (x: number) => x * x - 2, 0, 2, Math.SQRT2],
  ["a falling function", (x: number) => Math.exp(-x) - 1e-9, 0, 1e6, 9 * Math.LN10],
  ["a root far below the bracket's width", (x: number) => Math.log(x / 1e-200), 1e-300, 1, 1e-200],
  ["a triple root", (x: number) => (x - 0.3) ** 3, -1, 1, 0.3],
  ["an infinite end", (x: number) => 1 / x - 3, 0, 5, 1 / 3],
  ["a jump", (x: number) => (x < 0.7 ? -1 : 2), 0, 1, 0.7],
] as const)("%s", (_, f, lower, upper, root) => {
  expectClose(findRoot(f, lower, upper), root, 1e-5);
});

test("simple roots come to the last bits", () => {
  expectClose(
    findRoot((x) => x * x - 2, 0, 2),
    Math.SQRT2,
    1e-15,
  );
  expectClose(
    findRoot((x) => Math.log(x / 1e-200), 1e-300, 1),
    1e-200,
    1e-13,
  );
});

test("an end that is a root is the answer", () => {
  expect(findRoot((x) => x, 0, 1)).toBe(0);
  expect(findRoot((x) => x - 1, 0, 1)).toBe(1);
});

test("no change of sign is our own bug", () => {
  expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(RangeError);
});
