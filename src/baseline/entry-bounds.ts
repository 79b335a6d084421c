import { addDays, startOfDay } from "../model/calendar.ts";
import type { Period } from "../model/measured.ts";
import type { Bounds } from "../query/entry-rows.ts";
import { toMicroseconds } from "../query/microseconds.ts";

/** From the first to the last microsecond of the days. */
export function boundsOf(period: Period | null, timezone: string): Bounds {
  if (period === null) return { from: null, to: null };
  return {
    from: toMicroseconds(startOfDay(period.from, timezone)),
    to: toMicroseconds(startOfDay(addDays(period.to, 1), timezone)) - 1n,
  };
}
