import fc from "fast-check";
import { expect, test } from "vitest";
import { normalCondition } from "../../../src/plan/normal-condition.ts";
import { type Condition, evaluate } from "../../../src/runtime/index.ts";

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant("one-of" as const),
    attribute: fc.constantFrom("a", "b"),
    values: fc.array(fc.constantFrom("x", "y", 1, true), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("contains" as const),
    attribute: fc.constantFrom("a", "b"),
    value: fc.constantFrom("x", "y"),
  }),
  fc.record({
    kind: fc.constant("semver" as const),
    attribute: fc.constantFrom("a", "b"),
    range: fc.constantFrom(">=1.0.0", ">=1.0.0  <2.0.0", "<2.0.0 >=1.0.0"),
  }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom("all" as const, "any" as const),
      conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }),
  ),
}));
const value = fc.constantFrom("x", "y", "xy", 1, true, "1.2.0", "2.0.0", ["x"], null, undefined);
const contexts = fc.array(fc.record({ a: value, b: value }), { minLength: 20, maxLength: 20 });

test("the normal form accepts exactly what the condition accepts", () => {
  fc.assert(
    fc.property(condition, contexts, (given, samples) => {
      const normal = normalCondition(given);
      for (const context of samples) expect(evaluate(normal, context)).toBe(evaluate(given, context));
    }),
  );
});

test("the normal form of a normal form is itself, and order is not in it", () => {
  fc.assert(
    fc.property(condition, (given) => {
      const normal = normalCondition(given);
      expect(normalCondition(normal)).toEqual(normal);
      expect(normalCondition(reversed(given))).toEqual(normal);
    }),
  );
});

function reversed(given: Condition): Condition {
  switch (given.kind) {
    case "all":
    case "any":
      return { kind: given.kind, conditions: given.conditions.map(reversed).reverse() };
    case "not":
      return {
        kind: "not",
        condition: { kind: "not", condition: { kind: "not", condition: reversed(given.condition) } },
      };
    case "one-of":
      return { ...given, values: [...given.values, ...given.values].reverse() };
    default:
      return given;
  }
}
