import type { Experiment } from "../model/experiment.ts";
import type { Attribute } from "../model/population.ts";
import { all, any, binary, call, isNull, literal, not, oneOf, parameter } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import { finite, flagOf, numberOf, textOf } from "./cell-expressions.ts";
import type { SourceRelation } from "./source-relation.ts";

type Condition = NonNullable<Experiment["audience"]>;

/** What a condition is in SQL, or the first attribute that keeps it from being asked there. */
export type AskedCondition =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "unknown"; readonly attribute: string };

/**
 * Whether the attributes at exposure satisfy the condition, as the runtime's `evaluate` would say: a missing
 * attribute fails a condition and its negation alike. Only attributes that are logged can be asked, by equality,
 * presence and, of numbers, order; lists, dates, versions and parts of texts cannot.
 */
export function attributeCondition(
  condition: Condition,
  relation: SourceRelation,
  logged: readonly Attribute[],
  wanted = true,
): AskedCondition {
  switch (condition.kind) {
    case "all":
    case "any":
      return joined(
        condition.conditions.map((part) => attributeCondition(part, relation, logged, wanted)),
        (condition.kind === "all") === wanted ? all : any,
      );
    case "not":
      return attributeCondition(condition.condition, relation, logged, !wanted);
    default: {
      const attribute = logged.find(({ key }) => key === condition.attribute);
      const expression = attribute ? valueCondition(condition, attribute, relation, wanted) : null;
      return expression
        ? { kind: "expression", expression }
        : { kind: "unknown", attribute: condition.attribute };
    }
  }
}

function joined(
  parts: readonly AskedCondition[],
  join: (operands: readonly Expression[]) => Expression,
): AskedCondition {
  const unknown = parts.find(({ kind }) => kind === "unknown");
  if (unknown) return unknown;
  const expressions = parts.flatMap((part) => (part.kind === "expression" ? [part.expression] : []));
  return { kind: "expression", expression: join(expressions) };
}

/** The attribute's column has one type, and only values of that type can be equal or different. */
function valueCondition(
  condition: ValueCondition,
  attribute: Attribute,
  relation: SourceRelation,
  wanted: boolean,
): Expression | null {
  const type = COLUMN_TYPES[attribute.type];
  if (type === null) return null;
  const cell = CELLS[type](relation, attribute.key);
  switch (condition.kind) {
    case "one-of": {
      const comparable = condition.values.filter((value) => typeof value === type);
      if (comparable.length === 0) return literal(false);
      const items = comparable.map((value) =>
        typeof value === "boolean" ? literal(value) : parameter(value),
      );
      const found = oneOf(cell, items);
      return known(wanted ? found : not(found));
    }
    case "compare":
      return type === "number"
        ? known(binary(SIDES[condition.operator][wanted ? 0 : 1], cell, parameter(condition.value)))
        : literal(false);
    case "present":
      if (attribute.type !== condition.type || attribute.type === "version") return null;
      return wanted ? not(isNull(cell)) : isNull(cell);
    default:
      return null;
  }
}

type ValueCondition = Extract<Condition, { readonly attribute: string }>;

/** What an attribute of each type is compared as; null: not at all. */
const COLUMN_TYPES = {
  string: "string",
  version: "string",
  number: "number",
  boolean: "boolean",
  list: null,
  date: null,
} as const satisfies Readonly<Record<Attribute["type"], unknown>>;

const CELLS = {
  string: textOf,
  number: (relation: SourceRelation, name: string) => finite(numberOf(relation, name)),
  boolean: flagOf,
};

/** Each operator of the language, and its negation. */
const SIDES = {
  "<": ["less", "at-least"],
  "<=": ["at-most", "more"],
  ">": ["more", "at-most"],
  ">=": ["at-least", "less"],
} as const;

/** False where the cell is missing. */
function known(condition: Expression): Expression {
  return call("coalesce", condition, literal(false));
}
