import { expect, test } from "vitest";
import { holm } from "../../../src/statistics/holm.ts";
import { expectClose } from "./close.ts";

test("R's p.adjust", () => {
  const adjusted = holm([0.0278, 0.0001, 0.0298, 0.0004, 0.324, 0.0201]);
  // p.adjust(c(.0278, .0001, .0298, .0004, .324, .0201), "holm")
  const expected = [0.0834, 0.0006, 0.0834, 0.002, 0.324, 0.0804];
  adjusted.forEach((value, index) => {
    expectClose(value, expected[index]!);
  });
});

test("never above 1, tiny ones keep their digits", () => {
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expectClose(holm([1e-300, 0.3])[0]!, 2e-300);
});

test("a missing p-value counts in the family and stays missing", () => {
  expect(holm([0.02, null, 0.03])).toEqual([0.06, null, 0.06]);
  expect(holm([null])).toEqual([null]);
  expect(holm([])).toEqual([]);
});
