import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, suggest } from "../../../src/diagnostics/suggest.ts";

test.each([
  ["", "", 0],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["wieght", "weight", 1],
  ["ca", "abc", 3],
  ["abcdef", "badcfe", 3],
])("%j and %j are %i edits apart", (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});

test("the distance is symmetric, zero only for equals, and one for a swap", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(editDistance(`${a}xy${b}`, `${a}yx${b}`)).toBe(1);
    }),
  );
});

test.each([
  ["wieght", ["params", "weight"], "weight"],
  ["Status", ["status", "start"], "status"],
  ["runing", ["draft", "running", "stopped"], "running"],
  ["sun", ["sum", "mean"], "sum"],
  ["evnt", ["event", "events"], "event"],
  ["bogus", ["name", "unit"], null],
  ["x", ["y"], null],
  ["", ["a"], null],
  ["x".repeat(1000), ["x".repeat(999)], null],
])("%j among %j means %j", (word, candidates, expected) => {
  expect(suggest(word, candidates)).toBe(expected);
});
