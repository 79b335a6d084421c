import type { Filter, Scalar } from "../model/metric.ts";
import type { EpochUnit } from "../model/warehouse.ts";
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
import { columnKind, isFractional } from "./column-kind.ts";
import type { SourceRelation } from "./source-relation.ts";

/**
 * A cell as text, for ids and keys; exact, not trimmed. A number is written as a whole number where it is one, whatever
 * its type: 17, not 17.0. NaN and infinities are no text.
 */
export function textOf(relation: SourceRelation, name: string): Expression {
  const type = relation.types.get(name) ?? "VARCHAR";
  if (type === "VARCHAR") return column(name);
  if (!isFractional(type)) return cast(column(name), "text");
  const value = cast(column(name), "double");
  const whole = attempt(value, "integer");
  const isWhole = all([
    binary("less", call("absolute", value), literal(LARGEST_EXACT)),
    binary("equal", value, cast(whole, "double")),
  ]);
  return choose(
    [
      [isWhole, cast(whole, "text")],
      [call("is-finite", value), cast(column(name), "text")],
    ],
    cast(literal(null), "text"),
  );
}

/** Beyond it, a double is not the only whole number that it stands for. */
export const LARGEST_EXACT = 2n ** 53n;

/** A cell's instant in microseconds; NULL where it is none. `cell` stands for the column, as its extreme does. */
export function microsecondsOf(
  relation: SourceRelation,
  name: string,
  cell: Expression = column(name),
): Expression {
  const epoch = relation.epochs.get(name);
  if (epoch !== undefined) return attempt(microsecondsSince1970(relation, name, epoch), "integer");
  switch (kindOf(relation, name)) {
    case "instant":
      return call("microseconds-of-instant", cell);
    case "local-time":
      return isUtc(relation)
        ? call("microseconds-of-local-time", attempt(cell, "local-time"))
        : call("microseconds-of-instant", attempt(cell, "instant"));
    default:
      return call("microseconds-of-instant", call("instant-of-text", textOf(relation, name)));
  }
}

function microsecondsSince1970(relation: SourceRelation, name: string, epoch: EpochUnit): Expression {
  const factor = { seconds: 1e6, milliseconds: 1e3, microseconds: 1 }[epoch];
  return binary("times", numberOf(relation, name), parameter(factor));
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

/** Numbers that count from 1970 in another unit than we think lie far off: of those, only this century counts. */
export function isPlausibleEpoch(microseconds: Expression): Expression {
  const bounds = all([
    binary("at-least", microseconds, literal(YEAR_2000)),
    binary("less", microseconds, literal(YEAR_2100)),
  ]);
  return call("coalesce", bounds, literal(false));
}

/** As `isPlausibleInstant`, of microseconds that the engine returned. */
export function isPlausible(microseconds: bigint): boolean {
  return microseconds >= YEAR_1 && microseconds < YEAR_10000;
}

const YEAR_1 = -62_135_596_800_000_000n;
const YEAR_2000 = 946_684_800_000_000n;
const YEAR_2100 = 4_102_444_800_000_000n;
const YEAR_10000 = 253_402_300_800_000_000n;

/** Whether the column is stored in a type whose order is that of the instants, in every zone. */
export function isStoredInstant(relation: SourceRelation, name: string): boolean {
  if (relation.epochs.has(name)) return false;
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
