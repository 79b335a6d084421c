import type { IdJoin } from "../model/source-report.ts";
import { aggregateWhere, binary, call, column, not } from "../sql/expressions.ts";
import { aliased, join, named, select, subquery } from "../sql/queries.ts";
import type { Query } from "../sql/tree.ts";
import { isBlank, textOf } from "./cell-expressions.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

/** The column of a unit's ids in a source. */
export interface IdColumn {
  readonly relation: SourceRelation;
  readonly column: string;
}

/** Counts a unit's ids in a source, and how many of them the exposures have. */
export async function joinIds(
  engine: Engine,
  unit: string,
  ids: IdColumn,
  exposures: IdColumn | null,
): Promise<IdJoin> {
  const [counted] = await engine.run(
    select({
      columns: [named("ids", call("count"))],
      from: subquery(distinctIds(ids)),
    }),
  );
  const [blank] = await engine.run(
    select({
      columns: [named("rows", aggregateWhere(isBlank(textOf(ids.relation, ids.column)), "count"))],
      from: scan(ids.relation),
    }),
  );
  const found = {
    unit,
    column: ids.column,
    ids: decodeNumber(counted!, "ids"),
    rowsWithout: decodeNumber(blank!, "rows"),
  };
  if (exposures === null) return { ...found, exposed: null, exposedIds: null };
  const [exposed] = await engine.run(
    select({
      columns: [named("ids", call("count"))],
      from: subquery(distinctIds(exposures)),
    }),
  );
  const [joined] = await engine.run(
    select({
      columns: [named("ids", call("count"))],
      from: join(
        aliased(subquery(distinctIds(ids)), "a"),
        aliased(subquery(distinctIds(exposures)), "b"),
        binary("equal", column("id", "a"), column("id", "b")),
      ),
    }),
  );
  return {
    ...found,
    exposed: decodeNumber(joined!, "ids"),
    exposedIds: decodeNumber(exposed!, "ids"),
  };
}

function distinctIds({ relation, column: name }: IdColumn): Query {
  return select({
    columns: [named("id", textOf(relation, name))],
    from: scan(relation),
    where: not(isBlank(textOf(relation, name))),
    groupBy: ["id"],
  });
}
