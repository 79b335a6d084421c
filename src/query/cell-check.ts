import { all, any, binary, call, column, isNull, literal, not, parameter } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import { flagOf, isPlausibleInstant, measureOf, microsecondsOf, numberOf } from "./cell-expressions.ts";
import type { ColumnNeed } from "./column-need.ts";
import type { SourceRelation } from "./source-relation.ts";

/** Third powers of larger numbers, summed, leave the doubles. */
export const LARGEST_NUMBER = 1e60;

/** What a good cell is, in words. */
export const EXPECTED_CELL = {
  text: "text",
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
    case "instant":
      return not(isPlausibleInstant(microsecondsOf(relation, name)));
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
