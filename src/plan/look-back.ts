import { addDays, dayOf } from "../model/calendar.ts";
import type { Period } from "../model/measured.ts";

/** Rows from the first to the last instant, milliseconds since 1970. */
export interface DataSpan {
  readonly first: number;
  readonly last: number;
}

/** How units are followed after they were met. */
export interface Following {
  /** Milliseconds; null: no window. */
  readonly window: number | null;
  /** Milliseconds since 1970: until when the data tell what units did. */
  readonly until: number;
}

/** What a person asked for; null: look for it. */
export interface AskedPeriod {
  readonly from: string | null;
  readonly to: string | null;
}

const MOST_WEEKS = 4;
const HOUR_MS = 3_600_000;

/**
 * The days on which units are met: the last four whole weeks of the rows that bring them in, after which the data
 * go on for the window; fewer where the rows begin later, so that each weekday counts the same. Null where there
 * is no whole week. Days that were asked for are taken as they are. Without `following`, units are only met.
 */
export function lookBack(
  { first, last }: DataSpan,
  following: Following | null,
  timezone: string,
  asked: AskedPeriod,
): Period | null {
  const latest = following ? Math.min(last, following.until - (following.window ?? 0)) : last;
  const to = asked.to ?? lastWholeDay(latest, timezone);
  if (asked.from !== null) return asked.from <= to ? { from: asked.from, to } : null;
  const begins = firstWholeDay(first, timezone);
  for (let weeks = MOST_WEEKS; weeks > 0; weeks -= 1) {
    const from = addDays(to, 1 - 7 * weeks);
    if (from >= begins) return { from, to };
  }
  return null;
}

/** A day is whole when rows reach its last hour: nobody logs at every instant. */
function lastWholeDay(instant: number, timezone: string): string {
  const day = dayOf(instant, timezone);
  return dayOf(instant + HOUR_MS, timezone) > day ? day : addDays(day, -1);
}

function firstWholeDay(instant: number, timezone: string): string {
  const day = dayOf(instant, timezone);
  return dayOf(instant - HOUR_MS, timezone) < day ? day : addDays(day, 1);
}
