import fc from "fast-check";
import { expect, test } from "vitest";
import { findContradiction } from "../../src/check/satisfiable.ts";
import type { Attribute } from "../../src/model/population.ts";
import type { Condition } from "../../src/runtime/manifest.ts";
import { evaluate } from "../../src/runtime/targeting.ts";

const attributes: readonly Attribute[] = [
  { key: "country", type: "string", values: ["US", "CA", "GB"], private: false },
  { key: "employee", type: "boolean", values: null, private: false },
  { key: "version", type: "version", values: null, private: false },
  { key: "flags", type: "list", values: ["a", "b"], private: false },
];

/** Every context that any of the tests below could tell from another. */
const contexts = ["US", "CA", "GB"].flatMap((country) =>
  [true, false].flatMap((employee) =>
    ["0.1.0", "1.0.0", "1.0.1-0", "1.5.0", "2.0.0", "2.1.0"].flatMap((version) =>
      [[], ["a"], ["b"], ["a", "b"]].map((flags) => ({ country, employee, version, flags })),
    ),
  ),
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .subarray(["US", "CA", "GB"], { minLength: 1 })
    .map((values): Condition => ({ kind: "one-of", attribute: "country", values })),
  fc.boolean().map((value): Condition => ({ kind: "one-of", attribute: "employee", values: [value] })),
  fc
    .constantFrom(">=1.0.0", "<1.0.0", ">1.0.0 <2.0.0", "=2.0.0", "<=2.0.0", ">2.0.0")
    .map((range): Condition => ({ kind: "semver", attribute: "version", range })),
  fc.constantFrom("a", "b").map((value): Condition => ({ kind: "contains", attribute: "flags", value })),
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
      const somebody = contexts.some((context) => evaluate(tried, context));
      expect(findContradiction(tried, attributes) === null).toBe(somebody);
    }),
    { numRuns: 2_000 },
  );
});
