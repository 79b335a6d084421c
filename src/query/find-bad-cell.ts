import { all, binary, column, literal, parameter, rowNumber } from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import { isBad } from "./cell-check.ts";
import { textOf } from "./cell-expressions.ts";
import type { ColumnNeed } from "./column-need.ts";
import { decodeNumber, decodeText } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

export interface FoundCell {
  readonly file: string;
  /** The first row of data is 1. */
  readonly row: number;
  readonly value: string;
}

/** The first cell, in the order of the files, that cannot be read as needed. */
export async function findBadCell(
  engine: Engine,
  relation: SourceRelation,
  need: ColumnNeed,
): Promise<FoundCell> {
  for (const file of relation.files) {
    const rows = select({
      columns: [
        named("row", rowNumber()),
        named("value", textOf(relation, need.column)),
        named("bad", isBad(relation, need)),
        named("event", need.event ? textOf(relation, need.event.column) : literal(null)),
      ],
      from: scan(relation, [file]),
    });
    const [found] = await engine.run(
      select({
        columns: [named("row", column("row")), named("value", column("value"))],
        from: subquery(rows),
        where: need.event
          ? all([column("bad"), binary("equal", column("event"), parameter(need.event.key))])
          : column("bad"),
        limit: 1,
      }),
    );
    if (found) return { file, row: decodeNumber(found, "row"), value: decodeText(found, "value") };
  }
  throw new Error(`no bad cell in ${need.column}`);
}
