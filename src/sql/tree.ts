/** A value of ours: whole numbers, truth values, NULL. Whatever a person or a file wrote is a `Parameter`. */
export interface Literal {
  readonly kind: "literal";
  readonly value: bigint | boolean | null;
}

/** Bound, never printed. Numbers are doubles. */
export interface Parameter {
  readonly kind: "parameter";
  readonly value: ParameterValue;
}

export type ParameterValue = string | number | readonly string[];

export interface Column {
  readonly kind: "column";
  /** Alias of the relation; null where the name alone is clear. */
  readonly relation: string | null;
  readonly name: string;
}

/** `instant` is a point in time, in UTC; `local-time` is a wall clock's. */
export type SqlType = "text" | "integer" | "wide-integer" | "double" | "boolean" | "instant" | "local-time";

/** `attempt`: NULL where the value does not fit the type. */
export interface Cast {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: SqlType;
  readonly attempt: boolean;
}

export type FunctionName =
  | "absolute"
  | "average"
  /** Of a text: "=" and the text, with U+FFFD in place of bytes that are no UTF-8. */
  | "behind-mark"
  | "bit-or"
  | "coalesce"
  | "count"
  | "is-finite"
  | "max"
  /** Of a text's UTF-8 bytes, in lower-case hex. */
  | "md5"
  | "microseconds-of-instant"
  | "microseconds-of-local-time"
  | "instant-of-microseconds"
  /** Of ISO 8601, without a zone in the session's; NULL where the text is none, and where it names another zone than UTC. */
  | "instant-of-text"
  | "local-time-of-microseconds"
  | "min"
  | "precise-sum"
  | "sum"
  | "trim";

/** `count` without arguments counts rows. `filter` is for aggregates: rows that it does not hold for are left out. */
export interface Call {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly operands: readonly Expression[];
  readonly filter: Expression | null;
}

/** 1, 2, … in the order of the rows. */
export interface RowNumber {
  readonly kind: "row-number";
}

export type BinaryOperator =
  | "and"
  | "or"
  | "equal"
  | "unequal"
  | "less"
  | "at-most"
  | "more"
  | "at-least"
  | "plus"
  | "minus"
  | "times"
  | "divided-by"
  /** Of whole numbers, none of them negative. */
  | "whole-quotient"
  /** 1 shifted by 0 to 62. */
  | "shifted-left"
  | "shifted-right"
  | "bit-and";

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Not {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface IsNull {
  readonly kind: "is-null";
  readonly operand: Expression;
}

/** Equals one of the values; false where there are none. */
export interface OneOf {
  readonly kind: "one-of";
  readonly operand: Expression;
  readonly values: readonly Expression[];
}

/** The result of the first branch whose condition holds. */
export interface Case {
  readonly kind: "case";
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
  readonly otherwise: Expression;
}

export type Expression =
  | Literal
  | Parameter
  | Column
  | Cast
  | Call
  | RowNumber
  | Binary
  | Not
  | IsNull
  | OneOf
  | Case;

export type FileFormat = "parquet" | "csv" | "tsv" | "json" | "ndjson";

export interface Table {
  readonly kind: "table";
  readonly name: string;
}

/** A table or view that the warehouse keeps, as against one of the session's own. */
export interface NamedTable {
  readonly kind: "named-table";
  /** DuckDB calls it a schema, ClickHouse a database; null: the usual one. */
  readonly database: string | null;
  readonly name: string;
}

/**
 * The rows of files of one format, their columns matched by name. Texts in CSV and JSON stay texts.
 * `columns` says which fields of JSON are wanted (null: whatever is found, in a sample or in every row);
 * the other formats name their own. Where nothing is sampled (CSV and TSV), `columns` are those of every line,
 * the header's too.
 */
export interface Files {
  readonly kind: "files";
  readonly format: FileFormat;
  readonly paths: readonly string[];
  readonly columns: readonly string[] | null;
  readonly sample: "some" | "all" | "none";
}

export interface Subquery {
  readonly kind: "subquery";
  readonly query: Query;
}

/** The engine keeps the right side in memory, so the smaller one belongs there. */
export interface Join {
  readonly kind: "join";
  readonly left: Aliased;
  readonly right: Aliased;
  readonly on: Expression;
}

export type Relation = Table | NamedTable | Files | Subquery;

export interface Aliased {
  readonly kind: "aliased";
  readonly relation: Relation;
  readonly alias: string;
}

/** An expression under a name. */
export interface Named {
  readonly name: string;
  readonly expression: Expression;
}

export interface Select {
  readonly kind: "select";
  readonly columns: readonly Named[];
  readonly from: Relation | Aliased | Join | null;
  readonly where: Expression | null;
  /** Names of columns of `columns`. */
  readonly groupBy: readonly string[];
  readonly orderBy: readonly { readonly name: string; readonly descending: boolean }[];
  readonly limit: number | null;
}

/** The rows of all, which must have the same columns in the same order. */
export interface UnionAll {
  readonly kind: "union-all";
  readonly queries: readonly Query[];
}

export type Query = Select | UnionAll;

/** Replaces a table of the same name. It lasts as long as the session. */
export interface CreateTemporaryTable {
  readonly kind: "create-temporary-table";
  readonly name: string;
  readonly query: Query;
}

export interface DropTable {
  readonly kind: "drop-table";
  readonly name: string;
}

/** One row per column: `column_name`, `column_type`. */
export interface Describe {
  readonly kind: "describe";
  readonly relation: Relation;
}

export type Statement = Query | CreateTemporaryTable | DropTable | Describe;
