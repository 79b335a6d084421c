import { printClickhouseCall } from "./clickhouse-calls.ts";
import { CLICKHOUSE_TYPES, printAttempt, printCast, printWide } from "./clickhouse-casts.ts";
import { quoteClickhouseIdentifier as quote, quoteClickhouseText as quoteText } from "./clickhouse-quote.ts";
import { closingClauses } from "./closing-clauses.ts";
import { isDouble, isTruthValue } from "./expression-type.ts";
import type {
  Aliased,
  BinaryOperator,
  Cast,
  Expression,
  Join,
  Literal,
  NamedTable,
  OneOf,
  ParameterValue,
  Query,
  Relation,
  Select,
  Statement,
} from "./tree.ts";

export interface ClickhousePrinting {
  /** IANA name: what dates and texts without a zone mean. */
  readonly timezone: string;
  /** Where the rows of temporary tables are kept. */
  readonly temporaryTables: "disk" | "memory";
  /** Which table a shard reads in place of one of the cluster's. Default: the same. */
  readonly tableOf?: (table: NamedTable) => NamedTable;
}

/** A statement as ClickHouse takes it: `{p0:String}` is `parameters.p0`. */
export interface ClickhouseStatement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Prints a statement in ClickHouse's dialect, with the meaning that DuckDB's has. */
export function printClickhouse(statement: Statement, printing: ClickhousePrinting): ClickhouseStatement {
  const parameters: Record<string, ParameterValue> = {};
  const places = new Map<string, string>();
  const bind = (value: ParameterValue) => {
    const key = typeof value === "number" ? String(value) : JSON.stringify(value);
    const name = `p${places.size}`;
    const place = places.get(key) ?? `{${name}:${typeOf(value)}}`;
    if (!places.has(key)) parameters[name] = value;
    places.set(key, place);
    return place;
  };
  return { text: printStatement(statement, { ...printing, bind }), parameters };
}

/** The statement with its parameters in their places, each after its name in a comment. */
export function showClickhouse(statement: Statement, printing: ClickhousePrinting): string {
  const { text, parameters } = printClickhouse(statement, printing);
  // Identifiers and texts are skipped whole: what looks like a parameter in them is none.
  return text.replaceAll(
    /`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|\{(p\d+):[A-Za-z0-9()]+\}/gs,
    (found: string, name?: string) =>
      name === undefined ? found : `/* ${name} */ ${printValue(parameters[name]!)}`,
  );
}

function printValue(value: ParameterValue): string {
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "number") return `toFloat64(${quoteText(String(value))})`;
  return `[${value.map(quoteText).join(", ")}]`;
}

interface Context extends ClickhousePrinting {
  readonly bind: (value: ParameterValue) => string;
}

function typeOf(value: ParameterValue): string {
  if (typeof value === "number") return "Float64";
  return typeof value === "string" ? "String" : "Array(String)";
}

/** `drop temporary table` cannot meet a table that stays. */
function printStatement(statement: Statement, context: Context): string {
  switch (statement.kind) {
    case "create-temporary-table": {
      const engine = context.temporaryTables === "disk" ? "MergeTree order by tuple()" : "Memory";
      return `create or replace temporary table ${quote(statement.name)} engine = ${engine} as ${printQuery(statement.query, context)}`;
    }
    case "drop-table":
      return `drop temporary table if exists ${quote(statement.name)}`;
    case "describe":
      return `describe table ${printRelation(statement.relation, context)}`;
    default:
      return printQuery(statement, context);
  }
}

function printQuery(query: Query, context: Context): string {
  switch (query.kind) {
    case "select":
      return printSelect(query, context);
    case "union-all":
      return query.queries.map((each) => `(${printQuery(each, context)})`).join(" union all ");
  }
}

/** Columns are always called by their relation: a bare name could mean one of the select's own columns. */
function printSelect(query: Select, context: Context): string {
  const own = query.from === null || query.from.kind === "join" ? null : aliasOf(query.from);
  const print = (expression: Expression) => printExpression(expression, own, context);
  const columns = query.columns.map(({ name, expression }) => {
    const text = print(expression);
    return `${isTruthValue(expression) ? `toBool(${text})` : text} as ${quote(name)}`;
  });
  const clauses = [`select ${columns.join(", ")}`];
  if (query.from) clauses.push(`from ${printSource(query.from, context)}`);
  if (query.where) clauses.push(`where ${print(query.where)}`);
  clauses.push(...closingClauses(query, " nulls last"));
  return clauses.join(" ");
}

const SOURCE = "source";

function aliasOf(source: Relation | Aliased): string {
  return source.kind === "aliased" ? source.alias : SOURCE;
}

/** A table of a cluster would send the join to its shards, which do not have the session's own tables. */
function printSide(side: Aliased | Join, context: Context): string {
  return side.kind === "aliased" && side.relation.kind === "named-table"
    ? `(select * from ${printRelation(side.relation, context)}) as ${quote(side.alias)}`
    : printSource(side, context);
}

function printSource(source: Relation | Aliased | Join, context: Context): string {
  switch (source.kind) {
    case "aliased":
      return `${printRelation(source.relation, context)} as ${quote(source.alias)}`;
    case "join": {
      const on = printExpression(source.on, null, context);
      return `${printSide(source.left, context)} all inner join ${printSide(source.right, context)} on ${on}`;
    }
    default:
      return `${printRelation(source, context)} as ${quote(SOURCE)}`;
  }
}

function printRelation(relation: Relation, context: Context): string {
  switch (relation.kind) {
    case "table":
      return quote(relation.name);
    case "named-table": {
      const { database, name } = context.tableOf?.(relation) ?? relation;
      return database === null ? quote(name) : `${quote(database)}.${quote(name)}`;
    }
    case "files":
      throw new Error("ClickHouse reads no files");
    case "subquery":
      return `(${printQuery(relation.query, context)})`;
  }
}

function printExpression(expression: Expression, own: string | null, context: Context): string {
  const print = (part: Expression) => printExpression(part, own, context);
  switch (expression.kind) {
    case "literal":
      return printLiteral(expression);
    case "parameter":
      return context.bind(expression.value);
    case "column": {
      const relation = expression.relation ?? own;
      return relation === null ? quote(expression.name) : `${quote(relation)}.${quote(expression.name)}`;
    }
    case "cast":
      return convert(expression, print(expression.operand), context);
    case "call":
      return printClickhouseCall(expression, print, context.timezone);
    case "row-number":
      return "row_number() over ()";
    case "binary":
      return printBinary(expression.operator, print(expression.left), print(expression.right));
    case "not":
      return `(not ${print(expression.operand)})`;
    case "is-null":
      return `(${print(expression.operand)} is null)`;
    case "one-of":
      return printOneOf(expression, print, context);
    case "case": {
      const otherwise = print(expression.otherwise);
      const branches = expression.branches.map(({ when, then }) => `${print(when)}, ${print(then)}`);
      return branches.length === 0 ? otherwise : `multiIf(${[...branches, otherwise].join(", ")})`;
    }
  }
}

function convert({ operand, type, attempt }: Cast, text: string, { timezone }: Context): string {
  if (operand.kind === "literal" && operand.value === null) {
    return `cast(null as Nullable(${CLICKHOUSE_TYPES[type]}))`;
  }
  if (isDouble(operand) && type === "wide-integer") return printWide(text);
  const rounded = isDouble(operand) && type === "integer" ? `round(${text})` : text;
  return attempt ? printAttempt(rounded, type, timezone) : printCast(rounded, type, timezone);
}

/** Texts as one list: as parameters of their own, a thousand would be too many for an address. */
function printOneOf(
  { operand, values }: OneOf,
  print: (expression: Expression) => string,
  { bind }: Context,
): string {
  if (values.length === 0) return "false";
  const text = print(operand);
  const texts = values.flatMap((value) =>
    value.kind === "parameter" && typeof value.value === "string" ? [value.value] : [],
  );
  const list =
    texts.length === values.length && texts.length > 1 ? bind(texts) : `(${values.map(print).join(", ")})`;
  return `(${text} in ${list})`;
}

/** The engine gives whole numbers the width of their value, and sums and products of narrow ones overflow. */
function printLiteral({ value }: Literal): string {
  if (typeof value !== "bigint") return value === null ? "null" : value.toString();
  return BigInt.asIntN(64, value) === value ? `toInt64(${value})` : `toInt256('${value}')`;
}

function printBinary(operator: BinaryOperator, left: string, right: string): string {
  const text = OPERATORS[operator];
  return CALLED.has(operator) ? `${text}(${left}, ${right})` : `(${left} ${text} ${right})`;
}

const CALLED: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>([
  "whole-quotient",
  "shifted-left",
  "shifted-right",
  "bit-and",
]);

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
  "whole-quotient": "intDiv",
  "shifted-left": "bitShiftLeft",
  "shifted-right": "bitShiftRight",
  "bit-and": "bitAnd",
};
