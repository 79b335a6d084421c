import { describe, expect, test } from "vitest";
import { orderOf, parseRange } from "../../../src/runtime/range.ts";
import { compareVersions } from "../../../src/runtime/semver.ts";

const compare = (value: unknown, bound: string) =>
  Math.sign(orderOf(value, parseRange(`=${bound}`)![0]!.version));

describe("compareVersions", () => {
  // Semantic Versioning 2.0.0, §11, its own examples, completed by cases where numbers and words meet.
  const ascending = [
    ...["0.0.0-0", "0.0.0", "0.9.10", "0.10.9", "1.0.0-0", "1.0.0-2", "1.0.0-10", "1.0.0-10.a"],
    ...["1.0.0--", "1.0.0-1-", "1.0.0-1a", "1.0.0-a", "1.0.0-a.b", "1.0.0-a-", "1.0.0-a2", "1.0.0-aa"],
    ...["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11"],
    ...["1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "10.0.0"],
  ];
  test("orders by precedence", () => {
    for (const [left, value] of ascending.entries())
      for (const [right, bound] of ascending.entries())
        expect([value, bound, compare(value, bound)]).toEqual([value, bound, Math.sign(left - right)]);
  });

  test("does not look at build metadata", () => {
    expect(compare("1.0.0+a", "1.0.0+b")).toBe(0);
    expect(compare("1.0.0", "1.0.0+b")).toBe(0);
    expect(compare("1.0.0-a+1", "1.0.0-a+2")).toBe(0);
    expect(compare("1.0.0-a+1", "1.0.0-a.1+2")).toBe(-1);
    expect(compare("1.0.0+a-b", "1.0.0")).toBe(0);
  });

  test("reads calendar versions", () => {
    expect(compare("2026.03.01", "2026.2.28")).toBe(1);
  });

  test.each([
    "",
    "1",
    "1.2",
    "1.2.",
    "v1.2.3",
    "1.2.3.4",
    "1..3",
    " 1.2.3",
    "1.2.3 ",
    "-1.2.3",
    "a.b.c",
    "1.2.x",
  ])("%j is no version", (text) => {
    expect(compare(text, "1.2.3")).toBeNaN();
  });

  test.each([null, undefined, 1, {}, ["1.2.3"]])("%j is no version", (value) => {
    expect(compare(value, "1.2.3")).toBeNaN();
  });

  test("needs no order of pre-releases where the bound has none", () => {
    expect(compareVersions("4.2.0-rc.1", 4, 2, 0)).toBeLessThan(0);
    expect(compareVersions("4.2.1-rc.1", 4, 2, 0)).toBeGreaterThan(0);
  });
});

describe("parseRange", () => {
  test("gives the comparators in order", () => {
    expect(parseRange(" >=4.2.0  <5.0.0-rc.1 =4.3.0+b ")).toEqual([
      { operator: ">=", text: "4.2.0", version: { major: 4, minor: 2, patch: 0, preRelease: "" } },
      { operator: "<", text: "5.0.0-rc.1", version: { major: 5, minor: 0, patch: 0, preRelease: "rc.1" } },
      { operator: "=", text: "4.3.0+b", version: { major: 4, minor: 3, patch: 0, preRelease: "" } },
    ]);
  });

  test.each([
    ...[
      "",
      " ",
      "4.2.0",
      ">=4.2",
      ">= 4.2.0",
      "^4.2.0",
      "~4.2.0",
      "4.x",
      "*",
      ">=4.2.0 || <3.0.0",
      ">=04.2.0",
    ],
    ...[
      "==4.2.0",
      ">=4.2.0-01",
      ">=4.2.0-",
      ">=4.2.0-a..b",
      ">=4.2.0+",
      ">=4.2.0,<5.0.0",
      ">=4.2.0\n",
      "=>4.2.0",
    ],
  ])("%j is none", (range) => {
    expect(parseRange(range)).toBeNull();
  });
});
