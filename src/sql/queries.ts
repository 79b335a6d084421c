import type {
  Aliased,
  CreateTemporaryTable,
  Describe,
  DropTable,
  Expression,
  Files,
  Join,
  Named,
  NamedTable,
  Query,
  Relation,
  Select,
  Subquery,
  Table,
  UnionAll,
} from "./tree.ts";

export function table(name: string): Table {
  return Object.freeze({ kind: "table", name });
}

export function namedTable(database: string | null, name: string): NamedTable {
  return Object.freeze({ kind: "named-table", database, name });
}

export function files(scan: Omit<Files, "kind">): Files {
  return Object.freeze({ kind: "files", ...scan });
}

export function subquery(query: Query): Subquery {
  return Object.freeze({ kind: "subquery", query });
}

export function aliased(relation: Relation, alias: string): Aliased {
  return Object.freeze({ kind: "aliased", relation, alias });
}

/** The rows of `left` with their partners in `right`; put the smaller one on the right. */
export function join(left: Aliased, right: Aliased, on: Expression): Join {
  return Object.freeze({ kind: "join", left, right, on });
}

export function named(name: string, expression: Expression): Named {
  return Object.freeze({ name, expression });
}

export function select(clauses: {
  readonly columns: readonly Named[];
  readonly from: Relation | Aliased | Join | null;
  readonly where?: Expression;
  readonly groupBy?: readonly string[];
  readonly orderBy?: Select["orderBy"];
  readonly limit?: number;
}): Select {
  return Object.freeze({
    kind: "select",
    columns: clauses.columns,
    from: clauses.from,
    where: clauses.where ?? null,
    groupBy: clauses.groupBy ?? [],
    orderBy: clauses.orderBy ?? [],
    limit: clauses.limit ?? null,
  });
}

export function unionAll(queries: readonly Query[]): UnionAll {
  return Object.freeze({ kind: "union-all", queries });
}

export function createTemporaryTable(name: string, query: Query): CreateTemporaryTable {
  return Object.freeze({ kind: "create-temporary-table", name, query });
}

export function dropTable(name: string): DropTable {
  return Object.freeze({ kind: "drop-table", name });
}

export function describe(relation: Relation): Describe {
  return Object.freeze({ kind: "describe", relation });
}
