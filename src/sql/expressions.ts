import type {
  Binary,
  BinaryOperator,
  Call,
  Case,
  Cast,
  Column,
  Expression,
  FunctionName,
  IsNull,
  Literal,
  Not,
  OneOf,
  Parameter,
  ParameterValue,
  RowNumber,
  SqlType,
} from "./tree.ts";

export function literal(value: bigint | boolean | null): Literal {
  return Object.freeze({ kind: "literal", value });
}

export function parameter(value: ParameterValue): Parameter {
  return Object.freeze({ kind: "parameter", value });
}

export function column(name: string, relation: string | null = null): Column {
  return Object.freeze({ kind: "column", relation, name });
}

export function cast(operand: Expression, type: SqlType): Cast {
  return Object.freeze({ kind: "cast", operand, type, attempt: false });
}

/** A cast that gives NULL where the value does not fit. */
export function attempt(operand: Expression, type: SqlType): Cast {
  return Object.freeze({ kind: "cast", operand, type, attempt: true });
}

export function call(name: FunctionName, ...operands: readonly Expression[]): Call {
  return Object.freeze({ kind: "call", name, operands: Object.freeze(operands), filter: null });
}

/** An aggregate over the rows that the condition holds for. */
export function aggregateWhere(
  filter: Expression,
  name: FunctionName,
  ...operands: readonly Expression[]
): Call {
  return Object.freeze({ kind: "call", name, operands: Object.freeze(operands), filter });
}

export function binary(operator: BinaryOperator, left: Expression, right: Expression): Binary {
  return Object.freeze({ kind: "binary", operator, left, right });
}

/** True without operands. */
export function all(operands: readonly Expression[]): Expression {
  return operands.length === 0 ? literal(true) : operands.reduce((left, right) => binary("and", left, right));
}

/** False without operands. */
export function any(operands: readonly Expression[]): Expression {
  return operands.length === 0 ? literal(false) : operands.reduce((left, right) => binary("or", left, right));
}

export function not(operand: Expression): Not {
  return Object.freeze({ kind: "not", operand });
}

export function isNull(operand: Expression): IsNull {
  return Object.freeze({ kind: "is-null", operand });
}

export function oneOf(operand: Expression, values: readonly Expression[]): OneOf {
  return Object.freeze({ kind: "one-of", operand, values: Object.freeze([...values]) });
}

/** The result of the first branch whose condition holds, else `otherwise`. */
export function choose(
  branches: readonly (readonly [when: Expression, then: Expression])[],
  otherwise: Expression,
): Case {
  return Object.freeze({
    kind: "case",
    branches: Object.freeze(branches.map(([when, then]) => Object.freeze({ when, then }))),
    otherwise,
  });
}

export function rowNumber(): RowNumber {
  return Object.freeze({ kind: "row-number" });
}
