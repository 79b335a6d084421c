import type { Condition, Json } from "../runtime/manifest.ts";
import { type Attributes, evaluate } from "../runtime/targeting.ts";

type Test = Extract<Condition, { readonly attribute: string }>;

/** A condition, whether it holds for a unit, and how its parts fare. */
export type ConditionTrace =
  | {
      readonly kind: "all" | "any";
      readonly holds: boolean;
      readonly parts: readonly ConditionTrace[];
    }
  | {
      readonly kind: "test";
      readonly holds: boolean;
      /** The negation of the test was asked for. */
      readonly negated: boolean;
      readonly test: Test;
      /** The unit's value; null where it has none. */
      readonly found: Json;
      /** Absent, or of a type that the test cannot use: fails the test and its negation alike. */
      readonly missing: boolean;
    };

/**
 * How a condition fares for a unit. Negations are pushed down to the tests (De Morgan), as the runtime does:
 * where a missing attribute fails a test and its negation alike, the two read differently.
 */
export function traceCondition(condition: Condition, context: Attributes, wanted = true): ConditionTrace {
  if (condition.kind === "not") return traceCondition(condition.condition, context, !wanted);
  const holds = evaluate(condition, context, wanted);
  if (condition.kind === "all" || condition.kind === "any") {
    const kind = (condition.kind === "all") === wanted ? "all" : "any";
    return { kind, holds, parts: condition.conditions.map((part) => traceCondition(part, context, wanted)) };
  }
  const found = context[condition.attribute];
  return {
    kind: "test",
    holds,
    negated: !wanted,
    test: condition,
    found: shown(found),
    missing: !holds && !evaluate(condition, context, !wanted),
  };
}

/** A value as JSON; by its type where it has no such form. */
function shown(value: unknown): Json {
  try {
    return JSON.parse(JSON.stringify(value ?? null) ?? "null") as Json;
  } catch {
    return typeof value;
  }
}
