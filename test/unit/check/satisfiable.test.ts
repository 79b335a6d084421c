import { expect, test } from "vitest";
import { findContradiction } from "../../../src/check/satisfiable.ts";
import type { Attribute } from "../../../src/model/population.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";

const attribute = (key: string, type: Attribute["type"], values: readonly string[] | null = null) => ({
  key,
  type,
  values,
  private: false,
});
const attributes: readonly Attribute[] = [
  attribute("country", "string", ["US", "CA", "GB"]),
  attribute("name", "string"),
  attribute("age", "number"),
  attribute("employee", "boolean"),
  attribute("version", "version"),
  attribute("flags", "list"),
];

const is = (key: string, ...values: readonly (string | number | boolean)[]): Condition => ({
  kind: "one-of",
  attribute: key,
  values,
});
const has = (key: string, value: string): Condition => ({ kind: "contains", attribute: key, value });
const version = (range: string): Condition => ({ kind: "semver", attribute: "version", range });
const not = (condition: Condition): Condition => ({ kind: "not", condition });
const all = (...conditions: readonly Condition[]): Condition => ({ kind: "all", conditions });
const any = (...conditions: readonly Condition[]): Condition => ({ kind: "any", conditions });

test.each<[string, Condition, readonly string[]]>([
  ["two values at once", all(is("country", "US"), is("country", "CA")), ["country"]],
  ["all declared values excluded", not(is("country", "US", "CA", "GB")), ["country"]],
  ["neither true nor false", all(not(is("employee", true)), not(is("employee", false))), ["employee"]],
  ["a condition and its negation", all(has("flags", "a"), not(has("flags", "a"))), ["flags"]],
  ["a text with a part that it lacks", all(has("name", "Anna"), not(has("name", "nn"))), ["name"]],
  ["declared texts without the part", has("country", "X"), ["country"]],
  ["a number of two values", all(is("age", 1, 2), is("age", 3)), ["age"]],
  ["versions before and after", all(version(">=4.0.0"), version("<4.0.0")), ["version"]],
  ["a version and not it", all(version("=1.2.3"), not(version("<=1.2.3"))), ["version"]],
  ["outside of everything", all(version(">=1.0.0"), not(version(">=0.9.0"))), ["version"]],
  ["no alternative", all(is("age", 5), any(is("age", 1), is("age", 2))), ["age"]],
  [
    "two attributes",
    all(all(is("age", 1), is("age", 2)), not(is("country", "US", "CA", "GB"))),
    ["age", "country"],
  ],
])("nobody: %s", (_, condition, conflicting) => {
  expect(findContradiction(condition, attributes)).toEqual(conflicting);
});

test.each<[string, Condition]>([
  ["no condition", all()],
  ["one value left", not(is("country", "US", "CA"))],
  ["a text that is not empty", not(is("name", ""))],
  ["texts that are not, of any declared count", all(not(is("name", "a")), not(has("name", "b")))],
  ["a text of two parts", all(has("name", "a"), has("name", "b"), not(has("name", "ab")))],
  ["a list of two items", all(has("flags", "a"), has("flags", "b"), not(has("flags", "c")))],
  ["a list without an item", not(has("flags", "a"))],
  ["a pre-release between two versions", all(version(">1.0.0"), version("<1.0.1"))],
  ["one version", all(version(">=1.0.0"), version("<=1.0.0"))],
  ["around a range", not(version(">=4.0.0 <5.0.0"))],
  ["another alternative", all(is("age", 5), any(is("age", 1), is("country", "US")))],
  ["an attribute that nobody declared", all(is("other", 1), not(is("other", 2)))],
])("somebody: %s", (_, condition) => {
  expect(findContradiction(condition, attributes)).toBeNull();
});

test("what is too large to try counts as somebody's", () => {
  const pairs = Array.from({ length: 12 }, (_, index) =>
    any(has("flags", `a${index}`), has("flags", `b${index}`)),
  );
  expect(findContradiction(all(...pairs, is("age", 1), is("age", 2)), attributes)).toBeNull();
});
