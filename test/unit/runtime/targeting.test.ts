import { describe, expect, test } from "vitest";
import type { AttributeType, Condition } from "../../../src/runtime/manifest.ts";
import { evaluate } from "../../../src/runtime/targeting.ts";

const oneOf = (attribute: string, ...values: (string | number | boolean)[]): Condition => ({
  kind: "one-of",
  attribute,
  values,
});
const not = (condition: Condition): Condition => ({ kind: "not", condition });
const contains = (attribute: string, value: string): Condition => ({ kind: "contains", attribute, value });
const text = (
  kind: "has-part" | "starts-with" | "ends-with",
  attribute: string,
  value: string,
): Condition => ({ kind, attribute, value });
const matches = (attribute: string, pattern: string): Condition => ({ kind: "matches", attribute, pattern });
const compare = (attribute: string, operator: "<" | "<=" | ">" | ">=", value: number): Condition => ({
  kind: "compare",
  attribute,
  operator,
  value,
});
const date = (operator: "before" | "from"): Condition => ({
  kind: "date",
  attribute: "since",
  operator,
  day: "2026-01-01",
  instant: "2025-12-31T23:00:00Z",
});
const present = (attribute: string, type: AttributeType): Condition => ({ kind: "present", attribute, type });
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
    ["does not hold in a text as in a list", contains("flags", "beta"), { flags: "beta" }, false],
    ["holds in a text", text("has-part", "email", "@example.com"), { email: "a@example.com" }, true],
    ["does not hold in a list as in a text", text("has-part", "email", "a"), { email: ["a"] }, false],
    ["begins", text("starts-with", "slug", "acme-"), { slug: "acme-berlin" }, true],
    ["begins otherwise", not(text("starts-with", "slug", "acme-")), { slug: "globex" }, true],
    ["ends", text("ends-with", "email", "@acme.test"), { email: "a@acme.test" }, true],
    ["ends otherwise", not(text("ends-with", "email", "@acme.test")), { email: "a@acme.test.evil" }, true],
    ["matches", matches("order", "^ord-[0-9]{6}$"), { order: "ord-000042" }, true],
    ["does not match", matches("order", "^ord-[0-9]{6}$"), { order: "ord-42" }, false],
    ["negates a match", not(matches("order", "^ord-")), { order: "x" }, true],
    ["fails a bad pattern", matches("order", "("), { order: "(" }, false],
    ["fails a negated bad pattern", not(matches("order", "(")), { order: "x" }, false],
    ["is less", compare("age", "<", 18), { age: 17.9 }, true],
    ["is not less than itself", compare("age", "<", 18), { age: 18 }, false],
    ["is at most itself", compare("age", "<=", 18), { age: 18 }, true],
    ["is greater", compare("age", ">", 18), { age: Number.POSITIVE_INFINITY }, true],
    ["is at least itself", compare("age", ">=", 18), { age: 18 }, true],
    ["compares zeros alike", compare("age", ">=", 0), { age: -0 }, true],
    ["compares no text", compare("age", ">=", 18), { age: "21" }, false],
    ["negates a comparison", not(compare("age", ">=", 18)), { age: 17 }, true],
    ["is before, as a day", date("before"), { since: "2025-12-31" }, true],
    ["is not before itself", date("before"), { since: "2026-01-01" }, false],
    ["is from the day on", date("from"), { since: "2026-01-01" }, true],
    ["is from the instant on", date("from"), { since: "2025-12-31T23:00:00Z" }, true],
    ["is before the instant", not(date("from")), { since: "2025-12-31T22:59:59Z" }, true],
    ["is present", present("age", "number"), { age: 0 }, true],
    ["is present when empty", present("name", "string"), { name: "" }, true],
    ["is missing", not(present("age", "number")), {}, true],
    ["is not present in another type", present("age", "number"), { age: "3" }, false],
    ["is missing in another type", not(present("age", "number")), { age: Number.NaN }, true],
    ["is not a version", present("version", "version"), { version: "4.2" }, false],
    ["is not a date", present("since", "date"), { since: "2026-02-30" }, false],
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
    { a: Number.NaN },
    { a: Symbol("x") },
    { a: new String("x") },
  ];
  const conditions = [
    ...[oneOf("a", "x", 1, true), contains("a", "x"), semver("a", ">=1.0.0"), oneOf("a")],
    ...[
      text("has-part", "a", ""),
      text("starts-with", "a", ""),
      text("ends-with", "a", ""),
      matches("a", ""),
    ],
    ...[compare("a", "<", 1), compare("a", ">=", 1), { ...date("before"), attribute: "a" }],
  ];
  test.each(conditions)("on a missing attribute fails, and so does its negation: %j", (condition) => {
    for (const context of missing) {
      expect(evaluate(condition, context)).toBe(false);
      expect(evaluate(not(condition), context)).toBe(false);
      expect(evaluate(not(not(condition)), context)).toBe(false);
    }
  });

  test("counts an attribute of another type as missing", () => {
    expect(evaluate(not(oneOf("plan", "free")), { plan: 3 })).toBe(false);
    expect(evaluate(not(contains("flags", "beta")), { flags: "beta" })).toBe(false);
    expect(evaluate(not(oneOf("age", 3)), { age: Number.NaN })).toBe(false);
    expect(evaluate(not(semver("version", ">=1.0.0")), { version: "unknown" })).toBe(false);
  });

  test("reads what a class gives its instances, and nothing that every object has", () => {
    class Session {
      get country() {
        return "US";
      }
    }
    expect(evaluate(oneOf("country", "US"), new Session() as never)).toBe(true);
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"])
      for (const type of ["string", "number", "boolean", "version", "list", "date"] as const) {
        expect(evaluate(present(name, type), {})).toBe(false);
        expect(evaluate(not(oneOf(name, "x")), {})).toBe(false);
      }
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
