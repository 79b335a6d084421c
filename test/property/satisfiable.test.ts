import fc from "fast-check";
import { expect, test } from "vitest";
import { findContradiction } from "../../src/check/satisfiable.ts";
import type { Attribute } from "../../src/model/population.ts";
import type { Condition } from "../../src/runtime/manifest.ts";
import { conditionTest } from "../../src/runtime/targeting.ts";

const attributes: readonly Attribute[] = [
  { key: "country", type: "string", values: ["US", "CA", "GB"], private: false },
  { key: "employee", type: "boolean", values: null, private: false },
  { key: "version", type: "version", values: null, private: false },
  { key: "flags", type: "list", values: ["a", "b"], private: false },
  { key: "age", type: "number", values: null, private: false },
  { key: "since", type: "date", values: null, private: false },
];

/** For each attribute, a value for each way in which the tests below could tell its values apart, and none. */
const states = new Map<string, readonly unknown[]>([
  ["country", [undefined, "US", "CA", "GB"]],
  ["employee", [undefined, true, false]],
  ["version", [undefined, "0.1.0", "1.0.0", "1.0.1-0", "1.5.0", "2.0.0", "2.1.0"]],
  ["flags", [undefined, [], ["a"], ["b"], ["a", "b"]]],
  ["age", [undefined, -1, 0, 0.5, 1, 1.5, 2, 3]],
  [
    "since",
    [undefined, "2025-12-31", "2026-01-01", "2026-01-01T12:00:00Z", "2026-01-02", "2026-01-02T00:00:01Z"],
  ],
]);

/** Every context of the attributes that a condition reads. */
function contextsOf(condition: Condition): readonly Record<string, unknown>[] {
  const read = [...states].filter(([key]) => JSON.stringify(condition).includes(`"attribute":"${key}"`));
  return read.reduce<readonly Record<string, unknown>[]>(
    (contexts, [key, values]) =>
      contexts.flatMap((context) => values.map((value) => ({ ...context, [key]: value }))),
    [{}],
  );
}

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .subarray(["US", "CA", "GB"], { minLength: 1 })
    .map((values): Condition => ({ kind: "one-of", attribute: "country", values })),
  fc.boolean().map((value): Condition => ({ kind: "one-of", attribute: "employee", values: [value] })),
  fc
    .constantFrom(">=1.0.0", "<1.0.0", ">1.0.0 <2.0.0", "=2.0.0", "<=2.0.0", ">2.0.0")
    .map((range): Condition => ({ kind: "semver", attribute: "version", range })),
  fc.constantFrom("a", "b").map((value): Condition => ({ kind: "contains", attribute: "flags", value })),
  fc
    .constantFrom("US", "C", "S", "")
    .chain((value) =>
      fc
        .constantFrom("has-part" as const, "starts-with" as const, "ends-with" as const)
        .map((kind): Condition => ({ kind, attribute: "country", value })),
    ),
  fc
    .tuple(fc.constantFrom("<", "<=", ">", ">="), fc.constantFrom(0, 1, 2))
    .map(([operator, value]): Condition => ({ kind: "compare", attribute: "age", operator, value })),
  fc.tuple(fc.constantFrom("before", "from"), fc.constantFrom("2026-01-01", "2026-01-02")).map(
    ([operator, day]): Condition => ({
      kind: "date",
      attribute: "since",
      operator,
      day,
      instant: `${day}T00:00:00Z`,
    }),
  ),
  fc
    .constantFrom(...attributes)
    .map(({ key, type }): Condition => ({ kind: "present", attribute: key, type })),
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: "condition" },
    leaf,
    tie("condition").map((inner): Condition => ({ kind: "not", condition: inner })),
    fc
      .tuple(fc.constantFrom("all", "any"), fc.array(tie("condition"), { minLength: 1, maxLength: 3 }))
      .map(([kind, conditions]): Condition => ({ kind, conditions })),
  ),
}));

test("a condition is contradictory exactly when no context satisfies it", () => {
  fc.assert(
    fc.property(condition, (tried) => {
      const holds = conditionTest(tried);
      const somebody = contextsOf(tried).some((context) => holds(context));
      expect(findContradiction(tried, attributes) === null).toBe(somebody);
    }),
    { numRuns: 2_000 },
  );
});
