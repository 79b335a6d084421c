import type { Filter, Scalar } from "../model/metric.ts";
import {
  all,
  any,
  attempt,
  binary,
  call,
  cast,
  choose,
  column,
  literal,
  not,
  oneOf,
  parameter,
} from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import { columnKind } from "./column-kind.ts";
import type { SourceRelation } from "./source-relation.ts";

/** A cell as text, for ids and keys; exact, not trimmed. */
export function textOf(relation: SourceRelation, name: string): Expression {
  return relation.types.get(name) === "VARCHAR" ? column(name) : cast(column(name), "text");
}

/** A cell's instant in microseconds; NULL where it is none. */
export function microsecondsOf(relation: SourceRelation, name: string): Expression {
  const cell = column(name);
  switch (kindOf(relation, name)) {
    case "instant":
      return call("microseconds-of-instant", cell);
    case "local-time":
      return isUtc(relation)
        ? call("microseconds-of-local-time", attempt(cell, "local-time"))
        : call("microseconds-of-instant", attempt(cell, "instant"));
    default:
      return call("microseconds-of-instant", attempt(textOf(relation, name), "instant"));
  }
}

/** A cell as a double; NULL where it is no number. */
export function numberOf(relation: SourceRelation, name: string): Expression {
  return kindOf(relation, name) === "text"
    ? attempt(textOf(relation, name), "double")
    : cast(column(name), "double");
}

/** A cell as a double, where true and false are 1 and 0, as texts too. */
export function measureOf(relation: SourceRelation, name: string): Expression {
  if (kindOf(relation, name) !== "text") return numberOf(relation, name);
  const flag = attempt(textOf(relation, name), "boolean");
  return call("coalesce", numberOf(relation, name), cast(cast(flag, "integer"), "double"));
}

/** A cell as true or false; NULL where it is neither. */
export function flagOf(relation: SourceRelation, name: string): Expression {
  return kindOf(relation, name) === "text"
    ? attempt(textOf(relation, name), "boolean")
    : cast(column(name), "boolean");
}

/** Whether a row passes a filter; false where the cell is NULL. */
export function passes(relation: SourceRelation, { column: name, values }: Filter): Expression {
  const texts = values.filter((value): value is string => typeof value === "string");
  const numbers = values.filter((value): value is number => typeof value === "number");
  const flags = values.filter((value): value is boolean => typeof value === "boolean");
  const conditions: Expression[] = [];
  if (texts.length > 0) conditions.push(oneOf(textOf(relation, name), texts.map(parameter)));
  if (numbers.length > 0) conditions.push(oneOf(numberOf(relation, name), numbers.map(parameter)));
  if (flags.length > 0) conditions.push(oneOf(flagOf(relation, name), flags.map(literal)));
  return call("coalesce", any(conditions), literal(false));
}

/** What kind of cell a filter's value compares with. */
export function useOfScalar(value: Scalar): "text" | "number" | "flag" {
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "number" : "flag";
}

/** The number, or NULL in place of NaN and infinities. */
export function finite(value: Expression): Expression {
  return choose([[call("is-finite", value), value]], literal(null));
}

/**
 * Bounds on a timestamp column as the engine stores it, so that whole row groups can be skipped. True where the
 * column's type allows none; the exact comparison is still to be made.
 */
export function between(
  relation: SourceRelation,
  name: string,
  from: bigint | null,
  to: bigint | null,
): Expression {
  const kind = kindOf(relation, name);
  if (kind !== "instant" && !(kind === "local-time" && isUtc(relation))) return literal(true);
  const convert = kind === "instant" ? "instant-of-microseconds" : "local-time-of-microseconds";
  const bounds: Expression[] = [];
  if (from !== null) bounds.push(binary("at-least", column(name), call(convert, literal(from))));
  if (to !== null) bounds.push(binary("at-most", column(name), call(convert, literal(to))));
  return all(bounds);
}

/** The instants that we work with: years 1 to 9999. `infinity` and the like are none. */
export function isPlausibleInstant(microseconds: Expression): Expression {
  return call(
    "coalesce",
    all([
      binary("at-least", microseconds, literal(-62_135_596_800_000_000n)),
      binary("less", microseconds, literal(253_402_300_800_000_000n)),
    ]),
    literal(false),
  );
}

/** True where the text is empty or NULL. */
export function isBlank(text: Expression): Expression {
  return not(call("coalesce", binary("unequal", text, parameter("")), literal(false)));
}

function kindOf(relation: SourceRelation, name: string) {
  return columnKind(relation.types.get(name) ?? "VARCHAR");
}

function isUtc({ timezone }: SourceRelation): boolean {
  return timezone === "UTC" || timezone === "Etc/UTC";
}
