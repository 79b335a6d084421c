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
  attribute("since", "date"),
];

const is = (key: string, ...values: readonly (string | number | boolean)[]): Condition => ({
  kind: "one-of",
  attribute: key,
  values,
});
const has = (key: string, value: string): Condition => ({ kind: "contains", attribute: key, value });
const text = (kind: "has-part" | "starts-with" | "ends-with", value: string, key = "name"): Condition => ({
  kind,
  attribute: key,
  value,
});
const age = (operator: "<" | "<=" | ">" | ">=", value: number): Condition => ({
  kind: "compare",
  attribute: "age",
  operator,
  value,
});
const since = (operator: "before" | "from", day: string): Condition => ({
  kind: "date",
  attribute: "since",
  operator,
  day,
  instant: `${day}T00:00:00Z`,
});
const present = (key: string, type: Attribute["type"]): Condition => ({
  kind: "present",
  attribute: key,
  type,
});
const matches = (key: string, pattern: string): Condition => ({ kind: "matches", attribute: key, pattern });
const version = (range: string): Condition => ({ kind: "semver", attribute: "version", range });
const not = (condition: Condition): Condition => ({ kind: "not", condition });
const all = (...conditions: readonly Condition[]): Condition => ({ kind: "all", conditions });
const any = (...conditions: readonly Condition[]): Condition => ({ kind: "any", conditions });

test.each<[string, Condition, readonly string[]]>([
  ["two values at once", all(is("country", "US"), is("country", "CA")), ["country"]],
  ["all declared values excluded", not(is("country", "US", "CA", "GB")), ["country"]],
  ["neither true nor false", all(not(is("employee", true)), not(is("employee", false))), ["employee"]],
  ["a condition and its negation", all(has("flags", "a"), not(has("flags", "a"))), ["flags"]],
  ["a text with a part that it lacks", all(text("has-part", "Anna"), not(text("has-part", "nn"))), ["name"]],
  ["declared texts without the part", text("has-part", "X", "country"), ["country"]],
  [
    "declared texts that do not begin and end so",
    all(text("starts-with", "U", "country"), text("ends-with", "A", "country")),
    ["country"],
  ],
  ["declared texts without a match", matches("country", "^[a-z]"), ["country"]],
  ["two beginnings", all(text("starts-with", "ab"), text("starts-with", "b")), ["name"]],
  ["two ends", all(text("ends-with", "ab"), text("ends-with", "aa")), ["name"]],
  ["a beginning and not it", all(text("starts-with", "abc"), not(text("starts-with", "ab"))), ["name"]],
  ["a beginning without a part of it", all(text("starts-with", "abc"), not(text("has-part", "b"))), ["name"]],
  ["a listed text that does not begin so", all(is("name", "x"), text("starts-with", "y")), ["name"]],
  ["a number below and above", all(age("<", 18), age(">", 18)), ["age"]],
  ["a number not below and not above", all(not(age(">=", 18)), age(">=", 18)), ["age"]],
  ["an open end", all(age(">=", 18), age("<", 18)), ["age"]],
  ["the only number, excluded", all(age(">=", 18), age("<=", 18), not(is("age", 18))), ["age"]],
  ["a listed number outside", all(is("age", 5), age(">", 5)), ["age"]],
  ["a date before and from", all(since("from", "2026-01-02"), since("before", "2026-01-02")), ["since"]],
  [
    "a date not before and before",
    all(not(since("before", "2026-01-02")), since("before", "2026-01-01")),
    ["since"],
  ],
  ["missing and not", all(not(present("age", "number")), age(">", 3)), ["age"]],
  ["missing and present", all(not(present("since", "date")), present("since", "date")), ["since"]],
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
  ["texts that are not, of any declared count", all(not(is("name", "a")), not(text("has-part", "b")))],
  ["a text of two parts", all(text("has-part", "a"), text("has-part", "b"), not(text("has-part", "ab")))],
  [
    "a longer beginning",
    all(text("starts-with", "ab"), text("starts-with", "abc"), not(text("ends-with", "abc"))),
  ],
  [
    "a beginning, an end and parts",
    all(
      text("starts-with", "a"),
      text("ends-with", "b"),
      not(text("starts-with", "ab")),
      not(is("name", "ab")),
    ),
  ],
  ["what a pattern asks of any text", all(matches("name", "^a"), matches("name", "^b"))],
  ["declared texts with a match", matches("country", "^U")],
  ["one number", all(age(">=", 18), age("<=", 18))],
  ["a number between two", all(age(">", 18), age("<", 19), not(is("age", 18.5)))],
  ["an unbounded number", not(age("<", 18))],
  ["a day", all(since("from", "2026-01-01"), since("before", "2026-01-02"))],
  [
    "nothing but presence",
    all(present("since", "date"), present("flags", "list"), present("version", "version")),
  ],
  ["nothing but absence", all(not(present("since", "date")), not(present("name", "string")))],
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
