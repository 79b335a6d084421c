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

/** A cell's instant in microseconds; NULL where it is none. `cell` stands for the column, as its extreme does. */
export function microsecondsOf(
  relation: SourceRelation,
  name: string,
  cell: Expression = column(name),
): Expression {
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
 * Whether a timestamp lies between two instants, both included; null: no bound. Of a column that is stored as
 * instants the column itself is compared, so that whole row groups can be skipped.
 */
export function isBetween(
  relation: SourceRelation,
  name: string,
  from: bigint | null,
  to: bigint | null,
): Expression {
  const isStored = isStoredInstant(relation, name);
  const convert =
    kindOf(relation, name) === "instant" ? "instant-of-microseconds" : "local-time-of-microseconds";
  const at = isStored ? column(name) : microsecondsOf(relation, name);
  const bound = (instant: bigint) => (isStored ? call(convert, literal(instant)) : literal(instant));
  const bounds: Expression[] = [];
  if (from !== null) bounds.push(binary("at-least", at, bound(from)));
  if (to !== null) bounds.push(binary("at-most", at, bound(to)));
  return all(bounds);
}

/** The instants that we work with: years 1 to 9999. `infinity` and the like are none. */
export function isPlausibleInstant(microseconds: Expression): Expression {
  return call(
    "coalesce",
    all([
      binary("at-least", microseconds, literal(YEAR_1)),
      binary("less", microseconds, literal(YEAR_10000)),
    ]),
    literal(false),
  );
}

/** As `isPlausibleInstant`, of microseconds that the engine returned. */
export function isPlausible(microseconds: bigint): boolean {
  return microseconds >= YEAR_1 && microseconds < YEAR_10000;
}

const YEAR_1 = -62_135_596_800_000_000n;
const YEAR_10000 = 253_402_300_800_000_000n;

/** Whether the column is stored in a type whose order is that of the instants, in every zone. */
export function isStoredInstant(relation: SourceRelation, name: string): boolean {
  const kind = kindOf(relation, name);
  return kind === "instant" || (kind === "local-time" && isUtc(relation));
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
