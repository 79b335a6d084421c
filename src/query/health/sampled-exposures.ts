import { all, binary, call, column, isNull } from "../../sql/expressions.ts";
import { aliased, createTemporaryTable, join, named, select, subquery, table } from "../../sql/queries.ts";
import type { CreateTemporaryTable, Query } from "../../sql/tree.ts";

/**
 * The exposures of the sample's units: `unit`, `at`, `variant`, and `also`, columns of the rows by name; of those that
 * are the unit's first, `is first` is true.
 */
export function createSampledExposures(
  name: string,
  rows: Query,
  sample: string,
  also: readonly string[],
): CreateTemporaryTable {
  return createTemporaryTable(
    name,
    select({
      columns: [
        ...["unit", "at", "variant", ...also].map((each) => named(each, column(each, "row"))),
        named(
          "is first",
          all([
            binary("equal", column("at", "row"), column("first", "sample")),
            binary("equal", column("variant", "row"), column("variant", "sample")),
          ]),
        ),
      ],
      from: join(
        aliased(subquery(counted(rows, also)), "row"),
        aliased(table(sample), "sample"),
        binary("equal", column("unit", "row"), column("unit", "sample")),
      ),
    }),
  );
}

function counted(rows: Query, also: readonly string[]): Query {
  return select({
    columns: ["unit", "at", "variant", ...also].map((name) => named(name, column(name))),
    from: subquery(rows),
    where: isNull(column("reason")),
  });
}

/** What each unit's first exposure said of it; the least, where two at the same instant differ. */
export function firstSayings(name: string, also: readonly string[]): Query {
  return select({
    columns: [
      ...["unit", "variant"].map((each) => named(each, column(each))),
      ...also.map((each) => named(each, call("min", column(each)))),
    ],
    from: table(name),
    where: column("is first"),
    groupBy: ["unit", "variant"],
  });
}

/** How many rows there are (`rows`), and how many say the same as another one (`repeated`), by these columns. */
export function countRepeated(name: string, by: readonly string[]): Query {
  const alike = select({
    columns: [...by.map((each) => named(each, column(each))), named("count", call("count"))],
    from: table(name),
    groupBy: by,
  });
  return select({
    columns: [named("rows", call("sum", column("count"))), named("groups", call("count"))],
    from: subquery(alike),
  });
}
