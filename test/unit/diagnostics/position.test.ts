import { expect, test } from "vitest";
import { lineAt, lineStartsOf, positionAt } from "../../../src/diagnostics/position.ts";

const at = (text: string, offset: number) => positionAt(text, lineStartsOf(text), offset);

test.each([
  ["abc", 0, 1, 1],
  ["abc", 3, 1, 4],
  ["a\nb", 1, 1, 2],
  ["a\nb", 2, 2, 1],
  ["a\r\nb", 3, 2, 1],
  ["a\n\n\nb", 4, 4, 1],
  ["a\n", 2, 2, 1],
  ["", 0, 1, 1],
  ["🚀b", 2, 1, 3],
  ["\u{feff}ab", 1, 1, 1],
  ["\u{feff}ab", 0, 1, 1],
  ["\u{feff}ab\nc", 4, 2, 1],
  ["ab", 99, 1, 3],
])("%j at %i is %i:%i", (text, offset, line, column) => {
  expect(at(text, offset)).toEqual({ line, column });
});

test("lines come without their endings", () => {
  const text = "\u{feff}one\r\n\ttwo\nthree";
  const starts = lineStartsOf(text);
  expect([1, 2, 3].map((line) => lineAt(text, starts, line))).toEqual(["one", "\ttwo", "three"]);
});
