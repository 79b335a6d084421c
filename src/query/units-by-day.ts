import { binary, call, choose, column, literal } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, subquery, table } from "../sql/queries.ts";
import type { Row } from "../sql/result.ts";
import type { Expression, Query } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { toMicroseconds } from "./microseconds.ts";

/** Units per day of a period. */
export interface UnitsByDay {
  /** Units that were not met on an earlier day of the period. Their sum is the number of units. */
  readonly fresh: readonly number[];
  /** Units that were met on the day. */
  readonly active: readonly number[];
}

/**
 * Counts the units of rows (`unit`, `at`) by day. `starts` are the instants, milliseconds, at which the days
 * begin; no row is earlier than the first or later than the last day's end.
 */
export async function unitsByDay(
  engine: Engine,
  name: string,
  rows: Query,
  starts: readonly number[],
): Promise<UnitsByDay> {
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: [named("unit", column("unit")), named("day", dayIndex(starts, 0, starts.length))],
        from: subquery(rows),
        groupBy: ["unit", "day"],
      }),
    ),
  );
  const firsts = select({
    columns: [named("unit", column("unit")), named("day", call("min", column("day")))],
    from: table(name),
    groupBy: ["unit"],
  });
  const count = (from: Query) =>
    engine.run(
      select({
        columns: [named("day", column("day")), named("units", call("count"))],
        from: subquery(from),
        groupBy: ["day"],
      }),
    );
  const days = select({ columns: [named("day", column("day"))], from: table(name) });
  const [fresh, active] = [await count(firsts), await count(days)];
  await engine.run(dropTable(name));
  return { fresh: perDay(fresh, starts.length), active: perDay(active, starts.length) };
}

/** Which day an instant falls on: a search by halves, because days of a timezone differ in length. */
function dayIndex(starts: readonly number[], first: number, end: number): Expression {
  if (end - first <= 1) return literal(BigInt(first));
  const middle = Math.floor((first + end) / 2);
  const isEarlier = binary("less", column("at"), literal(toMicroseconds(starts[middle]!)));
  return choose([[isEarlier, dayIndex(starts, first, middle)]], dayIndex(starts, middle, end));
}

function perDay(rows: readonly Row[], days: number): readonly number[] {
  const counts = new Map(rows.map((row) => [decodeNumber(row, "day"), decodeNumber(row, "units")]));
  return Array.from({ length: days }, (_, day) => counts.get(day) ?? 0);
}
