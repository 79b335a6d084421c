import fc from "fast-check";
import { expect, test } from "vitest";
import { normalCondition } from "../../../src/plan/normal-condition.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { evaluate } from "../../../src/runtime/targeting.ts";
import { contexts, tests } from "../emit/arbitrary-conditions.ts";

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tests,
    fc.record({
      kind: fc.constantFrom("all" as const, "any" as const),
      conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }),
  ),
}));
test("the normal form accepts exactly what the condition accepts", () => {
  fc.assert(
    fc.property(condition, fc.array(contexts, { minLength: 20, maxLength: 20 }), (given, samples) => {
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

test("what has an order is on one side or the other, however it is said", () => {
  const date = {
    kind: "date",
    attribute: "since",
    day: "2026-01-01",
    instant: "2026-01-01T00:00:00Z",
  } as const;
  const age = { kind: "compare", attribute: "age", value: 18 } as const;
  const not = (condition: Condition): Condition => ({ kind: "not", condition });
  expect(normalCondition(not({ ...date, operator: "before" }))).toEqual({ ...date, operator: "from" });
  expect(normalCondition(not({ ...age, operator: ">=" }))).toEqual({ ...age, operator: "<" });
  expect(normalCondition(not({ ...age, operator: ">" }))).toEqual({ ...age, operator: "<=" });
});
