import { closingClauses } from "./closing-clauses.ts";
import { printFiles } from "./duckdb-files.ts";
import { quoteIdentifier, quoteText } from "./duckdb-quote.ts";
import type {
  Aliased,
  BinaryOperator,
  Call,
  Expression,
  FunctionName,
  Join,
  Literal,
  ParameterValue,
  Query,
  Relation,
  Select,
  SqlType,
  Statement,
} from "./tree.ts";

/** A statement as an engine takes it: `$1` is `parameters[0]`. */
export interface PrintedStatement {
  readonly text: string;
  readonly parameters: readonly ParameterValue[];
}

/** What the session calls the database file that holds the warehouse's tables. */
export const ATTACHED_DATABASE = "warehouse";

/** Prints a statement in DuckDB's dialect. */
export function printDuckdb(statement: Statement): PrintedStatement {
  const parameters: ParameterValue[] = [];
  // The engine takes two parameters for different values, and would compute twice what holds the same one.
  const places = new Map<string, string>();
  const bind: Bind = (value) => {
    const name = typeof value === "number" ? String(value) : JSON.stringify(value);
    const place = places.get(name) ?? `$${parameters.push(value)}`;
    places.set(name, place);
    return place;
  };
  return { text: printStatement(statement, bind), parameters };
}

/** The statement with its parameters in their places, each after its name in a comment. */
export function showDuckdb(statement: Statement): string {
  const { text, parameters } = printDuckdb(statement);
  // Identifiers and texts are skipped whole: what looks like a parameter in them is none.
  return text.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g, (found: string, number?: string) =>
    number === undefined ? found : `/* $${number} */ ${printValue(parameters[Number(number) - 1]!)}`,
  );
}

function printValue(value: ParameterValue): string {
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "number") return `cast('${value}' as double)`;
  return `[${value.map(quoteText).join(", ")}]`;
}

type Bind = (value: ParameterValue) => string;

function printStatement(statement: Statement, bind: Bind): string {
  switch (statement.kind) {
    case "create-temporary-table":
      return `create or replace temporary table ${quoteIdentifier(statement.name)} as ${printQuery(statement.query, bind)}`;
    case "drop-table":
      return `drop table if exists ${quoteIdentifier(statement.name)}`;
    case "describe":
      return `select column_name, column_type from (describe select * from ${printRelation(statement.relation, bind)})`;
    default:
      return printQuery(statement, bind);
  }
}

function printQuery(query: Query, bind: Bind): string {
  switch (query.kind) {
    case "select":
      return printSelect(query, bind);
    case "union-all":
      return query.queries.map((each) => `(${printQuery(each, bind)})`).join(" union all ");
  }
}

function printSelect(query: Select, bind: Bind): string {
  const columns = query.columns.map(
    ({ name, expression }) => `${print(expression, bind)} as ${quoteIdentifier(name)}`,
  );
  const clauses = [`select ${columns.join(", ")}`];
  if (query.from) clauses.push(`from ${printSource(query.from, bind)}`);
  if (query.where) clauses.push(`where ${print(query.where, bind)}`);
  clauses.push(...closingClauses(query));
  return clauses.join(" ");
}

function printSource(source: Relation | Aliased | Join, bind: Bind): string {
  switch (source.kind) {
    case "aliased":
      return `${printRelation(source.relation, bind)} as ${quoteIdentifier(source.alias)}`;
    case "join":
      return `${printSource(source.left, bind)} join ${printSource(source.right, bind)} on ${print(source.on, bind)}`;
    default:
      return printRelation(source, bind);
  }
}

function printRelation(relation: Relation, bind: Bind): string {
  switch (relation.kind) {
    case "table":
      return quoteIdentifier(relation.name);
    case "named-table":
      return [ATTACHED_DATABASE, relation.database ?? "main", relation.name].map(quoteIdentifier).join(".");
    case "files":
      return printFiles(relation, bind);
    case "subquery":
      return `(${printQuery(relation.query, bind)})`;
  }
}

function print(expression: Expression, bind: Bind): string {
  switch (expression.kind) {
    case "literal":
      return printLiteral(expression);
    case "parameter":
      return bind(expression.value);
    case "column":
      return expression.relation === null
        ? quoteIdentifier(expression.name)
        : `${quoteIdentifier(expression.relation)}.${quoteIdentifier(expression.name)}`;
    case "cast":
      return `${expression.attempt ? "try_cast" : "cast"}(${print(expression.operand, bind)} as ${TYPES[expression.type]})`;
    case "call":
      return printCall(expression, bind);
    case "row-number":
      return "row_number() over ()";
    case "binary":
      return `(${print(expression.left, bind)} ${OPERATORS[expression.operator]} ${print(expression.right, bind)})`;
    case "not":
      return `(not ${print(expression.operand, bind)})`;
    case "is-null":
      return `(${print(expression.operand, bind)} is null)`;
    case "one-of":
      return expression.values.length === 0
        ? "false"
        : `(${print(expression.operand, bind)} in (${expression.values.map((value) => print(value, bind)).join(", ")}))`;
    case "case": {
      const branches = expression.branches.map(
        ({ when, then }) => `when ${print(when, bind)} then ${print(then, bind)}`,
      );
      const otherwise = print(expression.otherwise, bind);
      return branches.length === 0 ? otherwise : `case ${branches.join(" ")} else ${otherwise} end`;
    }
  }
}

/** DuckDB gives whole numbers 32 bits where they fit, and their sums and products overflow. */
function printLiteral({ value }: Literal): string {
  if (typeof value !== "bigint") return value === null ? "null" : value.toString();
  return BigInt.asIntN(64, value) === value ? `cast(${value} as bigint)` : value.toString();
}

function printCall({ name, operands, filter }: Call, bind: Bind): string {
  const list = operands.map((operand) => print(operand, bind)).join(", ");
  if (name === "instant-of-text") return printInstantOfText(list);
  if (name === "behind-mark") return `('=' || ${list})`;
  const text = `${FUNCTIONS[name]}(${name === "count" && list === "" ? "*" : list})`;
  return filter ? `${text} filter (where ${print(filter, bind)})` : text;
}

/**
 * DuckDB reads a text with the name of a zone, and then the texts after it without one in that zone too. Names stand
 * behind the time: only texts that have something there pay for being looked at.
 */
function printInstantOfText(text: string): string {
  const unnamed = `regexp_replace(replace(${text}, ' UTC', 'Z'), ' [A-Za-z].*', ' ?')`;
  return `case when contains(substr(${text}, 12), ' ') then try_cast(${unnamed} as timestamptz) else try_cast(${text} as timestamptz) end`;
}

const TYPES: Readonly<Record<SqlType, string>> = {
  text: "varchar",
  integer: "bigint",
  "wide-integer": "hugeint",
  double: "double",
  boolean: "boolean",
  instant: "timestamptz",
  "local-time": "timestamp",
};

const OPERATORS: Readonly<Record<BinaryOperator, string>> = {
  and: "and",
  or: "or",
  equal: "=",
  unequal: "<>",
  less: "<",
  "at-most": "<=",
  more: ">",
  "at-least": ">=",
  plus: "+",
  minus: "-",
  times: "*",
  "divided-by": "/",
  "whole-quotient": "//",
  "shifted-left": "<<",
  "shifted-right": ">>",
  "bit-and": "&",
};

const FUNCTIONS: Readonly<Record<Exclude<FunctionName, "behind-mark" | "instant-of-text">, string>> = {
  absolute: "abs",
  average: "avg",
  "bit-or": "bit_or",
  coalesce: "coalesce",
  count: "count",
  "is-finite": "isfinite",
  max: "max",
  md5: "md5",
  "microseconds-of-instant": "epoch_us",
  "microseconds-of-local-time": "epoch_us",
  "instant-of-microseconds": "make_timestamptz",
  "local-time-of-microseconds": "make_timestamp",
  min: "min",
  "precise-sum": "fsum",
  sum: "sum",
  trim: "trim",
};
