import type { Condition } from "./manifest.ts";
import { holds, parseRange } from "./range.ts";
import { comparePreReleases, compareVersions } from "./semver.ts";

/** What an app says about a unit: attributes by name, ids among them. */
export interface Attributes {
  readonly [name: string]: unknown;
}

/**
 * True where the attributes satisfy the condition; with `wanted` false, where they satisfy its negation. The
 * negation is pushed down to the attributes (De Morgan) and never taken of a result: a missing attribute
 * (absent, null, or of another type) fails a condition and its negation alike.
 */
export function evaluate(condition: Condition, context: Attributes, wanted = true): boolean {
  switch (condition.kind) {
    case "all":
    case "any":
      return (condition.kind === "all") === wanted
        ? condition.conditions.every((part) => evaluate(part, context, wanted))
        : condition.conditions.some((part) => evaluate(part, context, wanted));
    case "not":
      return evaluate(condition.condition, context, !wanted);
    case "one-of": {
      const { values } = condition;
      const value = context[condition.attribute];
      return wanted
        ? values.some((listed) => is(value, listed))
        : values.some((listed) => typeof value === typeof listed) &&
            !values.some((listed) => is(value, listed));
    }
    case "contains": {
      const value = context[condition.attribute];
      return wanted ? contains(value, condition.value) : lacks(value, condition.value);
    }
    case "semver": {
      const value = context[condition.attribute];
      const comparators = parseRange(condition.range) ?? [];
      const orders = comparators.map(({ version }) => compareVersions(value, version, comparePreReleases));
      if (comparators.length === 0 || orders.some(Number.isNaN)) return false;
      return comparators.every(({ operator }, index) => holds(operator, orders[index] as number)) === wanted;
    }
  }
}

/** The value is the listed one, by type and value. */
export function is(value: unknown, listed: string | number | boolean): boolean {
  return value === listed;
}

/** The value is of the listed one's type, and another. */
export function differs(value: unknown, listed: string | number | boolean): boolean {
  return typeof value === typeof listed && value !== listed;
}

/** A list that holds the item, or a string that has it as a part. */
export function contains(value: unknown, item: string): boolean {
  return (typeof value === "string" || Array.isArray(value)) && value.includes(item);
}

/** A list that does not hold the item, or a string that does not have it as a part. */
export function lacks(value: unknown, item: string): boolean {
  return (typeof value === "string" || Array.isArray(value)) && !value.includes(item);
}
