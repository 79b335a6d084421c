import { describe, expect, test } from "vitest";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { evaluate } from "../../../src/runtime/targeting.ts";

const oneOf = (attribute: string, ...values: (string | number | boolean)[]): Condition => ({
  kind: "one-of",
  attribute,
  values,
});
const not = (condition: Condition): Condition => ({ kind: "not", condition });
const contains = (attribute: string, value: string): Condition => ({ kind: "contains", attribute, value });
const semver = (attribute: string, range: string): Condition => ({ kind: "semver", attribute, range });

describe("a condition", () => {
  test.each([
    ["equals by value", oneOf("country", "US", "CA"), { country: "CA" }, true],
    ["fails on another value", oneOf("country", "US"), { country: "CA" }, false],
    ["equals by type", oneOf("age", "18"), { age: 18 }, false],
    ["equals a boolean", oneOf("employee", false), { employee: false }, true],
    ["negates a value", not(oneOf("plan", "free")), { plan: "pro" }, true],
    ["negates several values", not(oneOf("plan", "free", "pro")), { plan: "pro" }, false],
    ["negates values of several types", not(oneOf("plan", "free", 1)), { plan: 2 }, true],
    ["holds in a list", contains("flags", "beta"), { flags: ["alpha", "beta"] }, true],
    ["holds in a text", contains("email", "@example.com"), { email: "a@example.com" }, true],
    ["negates a list", not(contains("flags", "beta")), { flags: [] }, true],
    ["satisfies all comparators", semver("version", ">=4.2.0 <5.0.0"), { version: "4.9.1" }, true],
    ["fails one comparator", semver("version", ">=4.2.0 <5.0.0"), { version: "5.0.0" }, false],
    ["negates a range", not(semver("version", ">=4.2.0 <5.0.0")), { version: "5.0.0" }, true],
    ["knows pre-releases", semver("version", ">=4.2.0-beta.2"), { version: "4.2.0-beta.11" }, true],
    ["fails a bad range", semver("version", "about 4"), { version: "4.0.0" }, false],
    ["fails a negated bad range", not(semver("version", "about 4")), { version: "4.0.0" }, false],
    ["of nothing holds", { kind: "all", conditions: [] }, {}, true],
    ["of no alternative fails", { kind: "any", conditions: [] }, {}, false],
    ["does not see inherited things as attributes", oneOf("constructor", "x"), {}, false],
  ] as const)("%s", (_, condition, context, expected) => {
    expect(evaluate(condition as Condition, context)).toBe(expected);
  });

  const missing: readonly Record<string, unknown>[] = [
    {},
    { a: null },
    { a: undefined },
    { a: {} },
    { a: () => 1 },
  ];
  const conditions = [oneOf("a", "x", 1, true), contains("a", "x"), semver("a", ">=1.0.0"), oneOf("a")];
  test.each(conditions)("on a missing attribute fails, and so does its negation: %j", (condition) => {
    for (const context of missing) {
      expect(evaluate(condition, context)).toBe(false);
      expect(evaluate(not(condition), context)).toBe(false);
      expect(evaluate(not(not(condition)), context)).toBe(false);
    }
  });

  test("counts an attribute of another type as missing", () => {
    expect(evaluate(not(oneOf("plan", "free")), { plan: 3 })).toBe(false);
    expect(evaluate(not(contains("flags", "beta")), { flags: 3 })).toBe(false);
    expect(evaluate(not(semver("version", ">=1.0.0")), { version: "unknown" })).toBe(false);
  });

  test("negates groups part by part, so that one missing attribute does not make the negation hold", () => {
    const both: Condition = { kind: "all", conditions: [oneOf("a", 1), oneOf("b", 1)] };
    const either: Condition = { kind: "any", conditions: [oneOf("a", 1), oneOf("b", 1)] };
    expect(evaluate(not(both), {})).toBe(false);
    expect(evaluate(not(both), { b: 2 })).toBe(true);
    expect(evaluate(not(either), { b: 2 })).toBe(false);
    expect(evaluate(not(either), { a: 2, b: 2 })).toBe(true);
  });
});
