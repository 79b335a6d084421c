import type { Condition } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";

/**
 * The condition in a form that two ways of writing the same thing share: negations at the tests (De Morgan, as
 * `evaluate` reads them), nested lists of one kind flat, parts and values sorted and each once. It accepts
 * exactly the contexts that the condition accepts.
 */
export function normalCondition(condition: Condition, wanted = true): Condition {
  switch (condition.kind) {
    case "not":
      return normalCondition(condition.condition, !wanted);
    case "all":
    case "any": {
      const kind = (condition.kind === "all") === wanted ? "all" : "any";
      const parts = condition.conditions
        .map((part) => normalCondition(part, wanted))
        .flatMap((part) => (part.kind === kind ? part.conditions : [part]));
      const conditions = sortedOnce(parts);
      return conditions.length === 1 ? conditions[0]! : { kind, conditions };
    }
    case "compare":
      return wanted
        ? comparison(condition, condition.operator)
        : comparison(condition, OPPOSITE[condition.operator]);
    case "date":
      return wanted ? moment(condition, condition.operator) : moment(condition, OPPOSITE[condition.operator]);
    default: {
      const test = normalTest(condition);
      return wanted ? test : { kind: "not", condition: test };
    }
  }
}

type Test<Kind extends Condition["kind"]> = Extract<Condition, { kind: Kind }>;
type Negatable = Exclude<Condition["kind"], "all" | "any" | "not" | "compare" | "date">;

/** What has an order is on one side or on the other. */
const OPPOSITE = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", before: "from", from: "before" } as const;

function comparison({ attribute, value }: Test<"compare">, operator: Test<"compare">["operator"]): Condition {
  return { kind: "compare", attribute, operator, value };
}

function moment({ attribute, day, instant }: Test<"date">, operator: Test<"date">["operator"]): Condition {
  return { kind: "date", attribute, operator, day, instant };
}

function normalTest(test: Test<Negatable>): Test<Negatable> {
  switch (test.kind) {
    case "one-of":
      return { kind: "one-of", attribute: test.attribute, values: sortedOnce(test.values) };
    case "semver": {
      const comparators = test.range.split(" ").filter((part) => part !== "");
      return { kind: "semver", attribute: test.attribute, range: sortedOnce(comparators).join(" ") };
    }
    default:
      return test;
  }
}

/** By canonical JSON. */
function sortedOnce<T extends Condition | string | number | boolean>(values: readonly T[]): readonly T[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
