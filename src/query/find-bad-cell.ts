import { all, binary, column, literal, parameter, rowNumber } from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import { isBad } from "./cell-check.ts";
import { textOf } from "./cell-expressions.ts";
import type { ColumnNeed } from "./column-need.ts";
import { decodeNumber, decodeText } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { type SourceRelation, scan, scanFiles } from "./source-relation.ts";

export interface FoundCell {
  /** Path of the file, or the table as the YAML names it. */
  readonly file: string;
  /** The first row of data of a file is 1; 0 of a table, whose rows have no order. */
  readonly row: number;
  readonly value: string;
}

/** The first cell, in the order of the files, that cannot be read as needed; of a table, any such cell. */
export async function findBadCell(
  engine: Engine,
  relation: SourceRelation,
  need: ColumnNeed,
): Promise<FoundCell> {
  const parts =
    relation.kind === "table"
      ? [{ name: relation.name, rows: scan(relation), number: literal(0n) }]
      : relation.files.map((file) => ({
          name: file,
          rows: scanFiles(relation, [file]),
          number: rowNumber(),
        }));
  for (const { name: file, rows: from, number } of parts) {
    const rows = select({
      columns: [
        named("row", number),
        named("value", textOf(relation, need.column)),
        named("bad", isBad(relation, need)),
        named("event", need.event ? textOf(relation, need.event.column) : literal(null)),
      ],
      from,
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
