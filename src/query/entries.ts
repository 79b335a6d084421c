import { aggregateWhere, binary, call, cast, column, literal, rowNumber } from "../sql/expressions.ts";
import { createTemporaryTable, named, select, subquery, table } from "../sql/queries.ts";
import type { Query } from "../sql/tree.ts";
import { decodeMicroseconds, decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { toMicroseconds } from "./microseconds.ts";
import { keyOf } from "./unit-key.ts";

/** Units that were met, and where the engine keeps them. */
export interface Entries {
  /** Temporary table, one row per unit: `unit`, `first` (microseconds) and `key`, as of an experiment with one variant. */
  readonly table: string;
  readonly units: number;
  /** Microseconds of the earliest; null without units. */
  readonly earliest: bigint | null;
}

/** Keeps each unit with the first of its rows (`unit`, `at`). */
export async function createEntries(engine: Engine, name: string, rows: Query): Promise<Entries> {
  const firsts = select({
    columns: [named("unit", column("unit")), named("first", call("min", column("at")))],
    from: subquery(rows),
    groupBy: ["unit"],
  });
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: [
          named("unit", column("unit")),
          named("first", column("first")),
          named("key", cast(keyOf(rowNumber(), 0, literal(0n)), "integer")),
        ],
        from: subquery(firsts),
      }),
    ),
  );
  const [row] = await engine.run(
    select({
      columns: [named("units", call("count")), named("earliest", call("min", column("first")))],
      from: table(name),
    }),
  );
  return {
    table: name,
    units: decodeNumber(row!, "units"),
    earliest: decodeMicroseconds(row!, "earliest"),
  };
}

/** How many of them were met early enough for their window to have passed by the cutoff, milliseconds. */
export async function countPassed(
  engine: Engine,
  { table: name, units }: Entries,
  cutoff: number | null,
  window: number | null,
): Promise<number> {
  if (cutoff === null || window === null) return units;
  const isPassed = binary("at-most", column("first"), literal(toMicroseconds(cutoff - window)));
  const [row] = await engine.run(
    select({ columns: [named("units", aggregateWhere(isPassed, "count"))], from: table(name) }),
  );
  return decodeNumber(row!, "units");
}
