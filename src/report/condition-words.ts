import type { Condition } from "../runtime/manifest.ts";

/** An audience as a sentence part: `country is US or CA, and plan is not free`. Null is everybody. */
export function describeAudience(audience: Condition | null): string {
  return audience ? describe(audience) : "everybody";
}

function describe(condition: Condition): string {
  switch (condition.kind) {
    case "all":
      return join(condition.conditions, ", and ", "everybody");
    case "any":
      return join(condition.conditions, ", or ", "nobody");
    case "not":
      return describeNot(condition.condition);
    case "one-of":
      return `${condition.attribute} is ${alternatives(condition.values)}`;
    case "contains":
      return `${condition.attribute} contains ${quote(condition.value)}`;
    case "semver":
      return `${condition.attribute} is a version ${condition.range}`;
  }
}

function describeNot(condition: Condition): string {
  if (condition.kind === "one-of") return `${condition.attribute} is not ${alternatives(condition.values)}`;
  if (condition.kind === "contains")
    return `${condition.attribute} does not contain ${quote(condition.value)}`;
  return `not (${describe(condition)})`;
}

function join(conditions: readonly Condition[], separator: string, empty: string): string {
  if (conditions.length === 0) return empty;
  if (conditions.length === 1) return conditions.map(describe).join("");
  return conditions
    .map((condition) =>
      condition.kind === "all" || condition.kind === "any" ? `(${describe(condition)})` : describe(condition),
    )
    .join(separator);
}

function alternatives(values: readonly (string | number | boolean)[]): string {
  return values.map(quote).join(" or ");
}

/** Plain words stay bare; what could be misread as part of the sentence is quoted. */
function quote(value: string | number | boolean): string {
  return typeof value === "string" && !/^[\p{L}\p{N}_.-]+$/u.test(value)
    ? JSON.stringify(value)
    : String(value);
}
