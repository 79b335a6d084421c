import fc from "fast-check";
import { expect, test } from "vitest";
import type { Attribute } from "../../../src/model/population.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { conditionTest } from "../../../src/runtime/targeting.ts";
import { randomStream } from "../../../src/simulate/random.ts";
import { type Context, satisfy } from "../../../src/simulate/satisfy.ts";

const attributes = new Map(
  (
    [
      ["age", "number", null],
      ["slug", "string", null],
      ["country", "string", ["US", "CA", "GB"]],
      ["flags", "list", ["a", "b", "c"]],
      ["since", "date", null],
      ["version", "version", null],
      ["employee", "boolean", null],
    ] as const
  ).map(([key, type, values]): [string, Attribute] => [key, { key, type, values, private: false }]),
);

const not = (condition: Condition): Condition => ({ kind: "not", condition });
const all = (...conditions: readonly Condition[]): Condition => ({ kind: "all", conditions });
const any = (...conditions: readonly Condition[]): Condition => ({ kind: "any", conditions });
const age = (operator: "<" | "<=" | ">" | ">=", value: number): Condition => ({
  kind: "compare",
  attribute: "age",
  operator,
  value,
});
const text = (kind: "has-part" | "starts-with" | "ends-with", value: string): Condition => ({
  kind,
  attribute: "slug",
  value,
});
const since = (operator: "before" | "from", day: string): Condition => ({
  kind: "date",
  attribute: "since",
  operator,
  day,
  instant: `${day}T00:00:00Z`,
});
const has = (value: string): Condition => ({ kind: "contains", attribute: "flags", value });

test.each<[string, Condition]>([
  ["a number far away", age(">=", 1_000_000)],
  ["a narrow range of numbers", all(age(">", 18.2), age("<", 18.4))],
  ["a range of days", all(since("from", "1999-03-01"), since("before", "1999-03-04"))],
  ["a day and no other", all(since("from", "2030-01-01"), since("before", "2030-01-02"))],
  ["a text with a beginning and an end", all(text("starts-with", "acme-"), text("ends-with", "-eu"))],
  ["a text with parts", all(text("has-part", "x"), text("has-part", "y"), not(text("has-part", "z")))],
  ["a pattern", { kind: "matches", attribute: "slug", pattern: "^ord-[0-9]{6}(-[a-z]+)?$" }],
  ["declared texts that fit a pattern", { kind: "matches", attribute: "country", pattern: "A$" }],
  ["a list of two", all(has("a"), has("b"))],
  ["a list without", all(has("a"), not(has("b")))],
  ["one of several alternatives", any(all(age(">", 200), has("c")), text("starts-with", "q"))],
  ["a version in a range", { kind: "semver", attribute: "version", range: ">=12.3.4 <12.4.0" }],
  ["what is missing", not({ kind: "present", attribute: "age", type: "number" })],
  ["what is present", { kind: "present", attribute: "since", type: "date" }],
])("%s is found, and its opposite too", (_, condition) => {
  const holds = conditionTest(condition);
  for (const wanted of [true, false]) {
    const found = Array.from({ length: 50 }, (_, index) => {
      const context: Context = Object.assign(Object.create(null), {
        age: 3,
        slug: "slug",
        since: "2020-01-01",
      });
      satisfy(randomStream(index, "unit"), context, condition, wanted, attributes);
      return holds(context);
    });
    expect(found.filter((each) => each === wanted).length).toBeGreaterThan(40);
  }
});

test("the same seed gives the same values", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const [one, other]: Context[] = [{}, {}];
      for (const context of [one!, other!])
        satisfy(randomStream(seed, "unit"), context, all(age(">", 5), has("a")), true, attributes);
      expect(one).toEqual(other);
    }),
    { numRuns: 50 },
  );
});
