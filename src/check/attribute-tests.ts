import type { Condition } from "../runtime/manifest.ts";

type Leaf = Exclude<Condition, { kind: "all" | "any" | "not" }>;

/** Every test of an attribute in a condition. */
export function attributeTests(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.conditions.flatMap(attributeTests);
    case "not":
      return attributeTests(condition.condition);
    default:
      return [condition];
  }
}
