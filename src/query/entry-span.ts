import { call, column } from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import type { Query } from "../sql/tree.ts";
import { decodeMicroseconds } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { ceilToMilliseconds, floorToMilliseconds } from "./microseconds.ts";

/** The instants of the first and the last of some rows (`at`), milliseconds since 1970; null without rows. */
export async function entrySpan(
  engine: Engine,
  rows: Query,
): Promise<{ readonly first: number; readonly last: number } | null> {
  const at = column("at");
  const [row] = await engine.run(
    select({
      columns: [named("first", call("min", at)), named("last", call("max", at))],
      from: subquery(rows),
    }),
  );
  const first = decodeMicroseconds(row!, "first");
  const last = decodeMicroseconds(row!, "last");
  return first === null || last === null
    ? null
    : { first: floorToMilliseconds(first), last: ceilToMilliseconds(last) };
}
