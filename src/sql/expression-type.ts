import type { BinaryOperator, Expression } from "./tree.ts";

/** Whether the expression is a double by its form alone; of a column nothing is known. */
export function isDouble(expression: Expression): boolean {
  switch (expression.kind) {
    case "parameter":
      return typeof expression.value === "number";
    case "cast":
      return expression.type === "double";
    case "call":
      return DOUBLE_CALLS.has(expression.name) && expression.operands.some(isDouble);
    case "binary":
      return (
        expression.operator === "divided-by" ||
        (ARITHMETIC.has(expression.operator) && (isDouble(expression.left) || isDouble(expression.right)))
      );
    case "case":
      return [...expression.branches.map(({ then }) => then), expression.otherwise].some(isDouble);
    default:
      return false;
  }
}

/** Whether the expression is true or false by its form alone. */
export function isTruthValue(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "boolean";
    case "cast":
      return expression.type === "boolean";
    case "call":
      return (
        expression.name === "is-finite" ||
        (expression.name === "coalesce" && expression.operands.some(isTruthValue))
      );
    case "binary":
      return TRUTH_OPERATORS.has(expression.operator);
    case "not":
    case "is-null":
    case "one-of":
      return true;
    case "case":
      return [...expression.branches.map(({ then }) => then), expression.otherwise].some(isTruthValue);
    default:
      return false;
  }
}

const DOUBLE_CALLS: ReadonlySet<string> = new Set([
  "absolute",
  "average",
  "coalesce",
  "max",
  "min",
  "precise-sum",
  "sum",
]);

const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(["plus", "minus", "times"]);

const TRUTH_OPERATORS: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  "and",
  "or",
  "equal",
  "unequal",
  "less",
  "at-most",
  "more",
  "at-least",
]);
