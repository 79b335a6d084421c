import { addDays, dayOf, daysBetween, startOfDay } from "../../model/calendar.ts";
import type { Experiment } from "../../model/experiment.ts";
import { binary, call, column, literal } from "../../sql/expressions.ts";
import { named, select, table } from "../../sql/queries.ts";
import { decodeMicroseconds, decodeNumber } from "../decode.ts";
import type { Engine } from "../engine.ts";
import { instantIndex } from "../instant-index.ts";
import { floorToMilliseconds } from "../microseconds.ts";
import { variantOfKey } from "../unit-key.ts";
import type { DayUnits } from "./facts.ts";

/** Of longer runs no day is looked at by itself: nobody would read them. */
const MOST_DAYS = 1000;

/**
 * Units of a table (`key`, `first`) by the day of their first exposure, from the first such day to the last, those
 * without any included. Null of a run that is too long, or without units.
 */
export async function unitsOfDays(
  engine: Engine,
  units: string,
  { variants }: Experiment,
  timezone: string,
): Promise<readonly DayUnits[] | null> {
  const days = await daysOf(engine, units, timezone);
  if (days === null) return null;
  const starts = days.slice(1).map((day) => startOfDay(day, timezone));
  const next = binary("plus", column("first"), literal(1n));
  const rows = await engine.run(
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        named("day", instantIndex(next, starts)),
        named("units", call("count")),
      ],
      from: table(units),
      groupBy: ["variant", "day"],
    }),
  );
  const counts = days.map(() => variants.map(() => 0));
  for (const row of rows) {
    counts[decodeNumber(row, "day")]![decodeNumber(row, "variant")] = decodeNumber(row, "units");
  }
  return days.map((day, index) => ({ day, units: counts[index]! }));
}

/** From the day of the first of the units to that of the last. */
async function daysOf(engine: Engine, units: string, timezone: string): Promise<readonly string[] | null> {
  const [row] = await engine.run(
    select({
      columns: [named("least", call("min", column("first"))), named("most", call("max", column("first")))],
      from: table(units),
    }),
  );
  const [least, most] = [decodeMicroseconds(row!, "least"), decodeMicroseconds(row!, "most")];
  if (least === null || most === null) return null;
  const first = dayOf(floorToMilliseconds(least), timezone);
  const length = daysBetween(first, dayOf(floorToMilliseconds(most), timezone)) + 1;
  return length > MOST_DAYS ? null : Array.from({ length }, (_, index) => addDays(first, index));
}
