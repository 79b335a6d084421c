/** A boolean expression: a leaf, or operands under one operator. */
export type Expression = Leaf | Operation;

/** Text that binds tighter than `&&`, and the values of the runtime that it uses. */
export interface Leaf {
  readonly text: string;
  readonly uses: readonly string[];
  /** What is made once beside the experiment, and the text over the name that it gets there. */
  readonly hoisted?: { readonly constant: Constant; readonly textOn: (name: string) => string };
}

/** A value that is made once. */
export interface Constant {
  /** What its name begins with. */
  readonly prefix: string;
  readonly code: string;
  readonly comment: string | null;
}

export interface Operation {
  readonly operator: "&&" | "||";
  readonly operands: readonly Expression[];
}

export const TRUE: Leaf = { text: "true", uses: [] };
export const FALSE: Leaf = { text: "false", uses: [] };

const LINE_WIDTH = 100;

/** Operands under one operator, in the fewest words: nested ones taken in, constants folded. */
export function join(operator: Operation["operator"], operands: readonly Expression[]): Expression {
  const [neutral, absorbing] = operator === "&&" ? [TRUE, FALSE] : [FALSE, TRUE];
  const flat = operands
    .flatMap((operand) =>
      "operator" in operand && operand.operator === operator ? operand.operands : [operand],
    )
    .filter((operand) => operand !== neutral);
  if (flat.includes(absorbing)) return absorbing;
  return flat.length > 1 ? { operator, operands: flat } : (flat[0] ?? neutral);
}

/** The expression over constants by the names that they get; itself where it has none. */
export function hoistConstants(expression: Expression, nameOf: (constant: Constant) => string): Expression {
  if ("operator" in expression) {
    const operands = expression.operands.map((operand) => hoistConstants(operand, nameOf));
    const isSame = operands.every((operand, index) => operand === expression.operands[index]);
    return isSame ? expression : { ...expression, operands };
  }
  const { hoisted, uses } = expression;
  return hoisted ? { text: hoisted.textOn(nameOf(hoisted.constant)), uses } : expression;
}

/** The values of the runtime that an expression uses. */
export function usesOf(expression: Expression): readonly string[] {
  return "operator" in expression ? expression.operands.flatMap(usesOf) : expression.uses;
}

/** The expression as text that begins behind `indent` spaces; one operand a line where one line is too short. */
export function expressionText(expression: Expression, indent: number): string {
  if (!("operator" in expression)) return expression.text;
  const { operator, operands } = expression;
  const flat = operands.map((operand) => operandText(operand)).join(` ${operator} `);
  if (indent + flat.length < LINE_WIDTH) return flat;
  return operands.map((operand) => operandText(operand, indent)).join(` ${operator}\n${" ".repeat(indent)}`);
}

function operandText(operand: Expression, indent?: number): string {
  if (!("operator" in operand)) return operand.text;
  const flat = `(${expressionText(operand, Number.NEGATIVE_INFINITY)})`;
  if (indent === undefined || indent + flat.length < LINE_WIDTH) return flat;
  return `(\n${" ".repeat(indent + 2)}${expressionText(operand, indent + 2)}\n${" ".repeat(indent)})`;
}
