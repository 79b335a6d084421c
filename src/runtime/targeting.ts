import { compareDates, instantOf } from "./date.ts";
import type { AttributeType, Condition } from "./manifest.ts";
import { pattern } from "./pattern.ts";
import { compilePattern, isProgram } from "./pattern-program.ts";
import { holds, orderOf, parseRange } from "./range.ts";
import { compareVersions } from "./semver.ts";
import { compareNumbers, isNoneOf } from "./value-tests.ts";

/** What an app says about a unit: attributes by name, ids among them. */
export interface Attributes {
  readonly [name: string]: unknown;
}

/**
 * A condition made ready: whether attributes satisfy it or, with `wanted` false, its negation. The negation is
 * pushed down to the attributes (De Morgan) and never taken of a result: a missing attribute (absent, null, NaN,
 * or of another type) fails a condition and its negation alike. Only the negation of `present` holds for it.
 */
export function conditionTest(condition: Condition, wanted = true): (context: Attributes) => boolean {
  switch (condition.kind) {
    case "all":
    case "any": {
      const tests = condition.conditions.map((part) => conditionTest(part, wanted));
      return (condition.kind === "all") === wanted
        ? (context) => tests.every((test) => test(context))
        : (context) => tests.some((test) => test(context));
    }
    case "not":
      return conditionTest(condition.condition, !wanted);
    default: {
      const { attribute } = condition;
      const test = valueTest(condition, wanted);
      return (context) => test(context[attribute]);
    }
  }
}

/** As `conditionTest`, for conditions that are asked once. */
export function evaluate(condition: Condition, context: Attributes, wanted = true): boolean {
  return conditionTest(condition, wanted)(context);
}

type ValueTest = (value: unknown) => boolean;

const NEVER: ValueTest = () => false;

function valueTest(
  condition: Extract<Condition, { readonly attribute: string }>,
  wanted: boolean,
): ValueTest {
  switch (condition.kind) {
    case "one-of":
      return oneOf(condition.values, wanted);
    case "compare": {
      const { operator, value: bound } = condition;
      return onSide(
        wanted,
        (value) => compareNumbers(value, bound),
        (order) => holds(operator, order),
      );
    }
    case "contains":
      return (value) => Array.isArray(value) && value.includes(condition.value) === wanted;
    case "has-part":
      return ofText(wanted, (text) => text.includes(condition.value));
    case "starts-with":
      return ofText(wanted, (text) => text.startsWith(condition.value));
    case "ends-with":
      return ofText(wanted, (text) => text.endsWith(condition.value));
    case "matches": {
      const program = compilePattern(condition.pattern);
      return isProgram(program) ? ofText(wanted, pattern(program)) : NEVER;
    }
    case "semver": {
      const range = parseRange(condition.range);
      return range
        ? (value) => {
            const orders = range.map(({ version }) => orderOf(value, version));
            if (orders.some(Number.isNaN)) return false;
            return range.every(({ operator }, index) => holds(operator, orders[index]!)) === wanted;
          }
        : NEVER;
    }
    case "date": {
      const { day, operator } = condition;
      const instant = instantOf(condition.instant);
      return onSide(
        wanted,
        (value) => compareDates(value, day, instant),
        (order) => (operator === "before") === order < 0,
      );
    }
    case "present":
      return (value) => isPresent(value, condition.type) === wanted;
  }
}

function oneOf(values: readonly (string | number | boolean)[], wanted: boolean): ValueTest {
  const listed: ReadonlySet<unknown> = new Set(values);
  if (wanted) return (value) => listed.has(value);
  const types = [...new Set(values.map((value) => typeof value as "string" | "number" | "boolean"))];
  return (value) => types.some((type) => isNoneOf(value, listed, type));
}

function ofText(wanted: boolean, test: (text: string) => boolean): ValueTest {
  return (value) => typeof value === "string" && test(value) === wanted;
}

/** A value without an order (NaN) is on no side. */
function onSide(
  wanted: boolean,
  order: (value: unknown) => number,
  isOn: (order: number) => boolean,
): ValueTest {
  return (value) => {
    const found = order(value);
    return !Number.isNaN(found) && isOn(found) === wanted;
  };
}

function isPresent(value: unknown, type: AttributeType): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "number":
      return !Number.isNaN(compareNumbers(value, 0));
    case "version":
      return !Number.isNaN(compareVersions(value, 0, 0, 0));
    case "date":
      return !Number.isNaN(compareDates(value, "", 0));
    case "list":
      return Array.isArray(value);
  }
}
