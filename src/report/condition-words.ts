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
    default:
      return describeTest(condition, true);
  }
}

function describeNot(condition: Condition): string {
  return "attribute" in condition ? describeTest(condition, false) : `not (${describe(condition)})`;
}

type Test = Extract<Condition, { readonly attribute: string }>;

/** With `holds` false, the opposite of the test: a missing attribute passes neither. */
function describeTest(test: Test, holds: boolean): string {
  const { attribute } = test;
  const does = (verb: string, base: string) => `${attribute} ${holds ? verb : `does not ${base}`}`;
  switch (test.kind) {
    case "one-of":
      return `${attribute} is ${holds ? "" : "not "}${alternatives(test.values)}`;
    case "compare":
      return `${attribute} is ${COMPARED[holds ? test.operator : OPPOSITE[test.operator]]} ${test.value}`;
    case "contains":
    case "has-part":
      return `${does("contains", "contain")} ${quote(test.value)}`;
    case "starts-with":
      return `${does("starts with", "start with")} ${quote(test.value)}`;
    case "ends-with":
      return `${does("ends with", "end with")} ${quote(test.value)}`;
    case "matches":
      return `${does("matches", "match")} ${JSON.stringify(test.pattern)}`;
    case "semver":
      return `${attribute} is ${holds ? "a version" : "not a version"} ${test.range}`;
    case "date":
      return (test.operator === "before") === holds
        ? `${attribute} is before ${moment(test)}`
        : `${attribute} is ${moment(test)} or later`;
    case "present":
      return `${attribute} is ${holds ? "present" : "missing"}`;
  }
}

const COMPARED = { "<": "less than", "<=": "at most", ">": "greater than", ">=": "at least" } as const;
const OPPOSITE = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

/** A day; where it does not begin at midnight UTC, or an instant is meant, the instant too. */
function moment({ day, instant }: Test & { kind: "date" }): string {
  return instant === `${day}T00:00:00Z` ? day : `${instant} (of days, ${day})`;
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
