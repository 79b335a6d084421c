import { all, any, binary, call, cast, column, isNull, literal, not, parameter } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import {
  flagOf,
  isPlausibleEpoch,
  isPlausibleInstant,
  LARGEST_EXACT,
  measureOf,
  microsecondsOf,
  numberOf,
} from "./cell-expressions.ts";
import { isFractional } from "./column-kind.ts";
import type { ColumnNeed } from "./column-need.ts";
import type { SourceRelation } from "./source-relation.ts";

/** Third powers of larger numbers, summed, leave the doubles. */
export const LARGEST_NUMBER = 1e60;

/** As `LARGEST_EXACT`, of 32 bits. */
const LARGEST_EXACT_FLOAT = 2n ** 24n;

/** What a good cell is, in words. */
export const EXPECTED_CELL = {
  text: "text",
  id: "an id: a column of numbers with fractions has lost the digits of long ids",
  instant: "a timestamp",
  number: "a number of at most 1e60",
  measure: "a finite number of at most 1e60, true or false",
  flag: "true or false",
} as const;

/** Whether a cell cannot be read as what it is needed for. One without a value is bad only as a timestamp. */
export function isBad(
  relation: SourceRelation,
  { column: name, use }: Pick<ColumnNeed, "column" | "use">,
): Expression {
  const present = not(isNull(column(name)));
  switch (use) {
    case "text":
      return literal(false);
    case "id": {
      const type = relation.types.get(name) ?? "";
      if (!isFractional(type)) return literal(false);
      const largest = type === "FLOAT" ? LARGEST_EXACT_FLOAT : LARGEST_EXACT;
      const value = cast(column(name), "double");
      const isRounded = binary("at-least", call("absolute", value), literal(largest));
      return call("coalesce", all([call("is-finite", value), isRounded]), literal(false));
    }
    case "instant": {
      const isPlausible = relation.epochs.has(name) ? isPlausibleEpoch : isPlausibleInstant;
      return not(isPlausible(microsecondsOf(relation, name)));
    }
    case "flag":
      return all([present, isNull(flagOf(relation, name))]);
    case "number": {
      const value = numberOf(relation, name);
      return all([present, any([isNull(value), all([call("is-finite", value), isLarge(value)])])]);
    }
    case "measure": {
      const value = measureOf(relation, name);
      return all([present, any([isNull(value), not(call("is-finite", value)), isLarge(value)])]);
    }
  }
}

/** Whether a cell that could be read holds no finite number. */
export function isAbsent(
  relation: SourceRelation,
  { column: name, use }: Pick<ColumnNeed, "column" | "use">,
): Expression {
  const value = use === "measure" ? measureOf(relation, name) : numberOf(relation, name);
  const hasNumber = call("coalesce", call("is-finite", value), literal(false));
  return all([not(hasNumber), not(isBad(relation, { column: name, use }))]);
}

function isLarge(value: Expression): Expression {
  return binary("more", call("absolute", value), parameter(LARGEST_NUMBER));
}
