import type { Path } from "../diagnostics/place.ts";
import { addDays, dayOf, formatInstant, isDay, startOfDay } from "../model/calendar.ts";
import type { Condition } from "../runtime/manifest.ts";
import { type Findings, refuse } from "./findings.ts";

/**
 * A day or an instant with its zone, as both: a day's instant is its beginning in the timezone, an instant's day
 * the first that does not begin before it. Null where the day does not exist, which is reported.
 */
export function resolveMoment(
  findings: Findings,
  text: string,
  timezone: string,
  path: Path,
): Pick<Extract<Condition, { kind: "date" }>, "day" | "instant"> | null {
  const written = text.slice(0, 10);
  if (!isDay(written)) return refuse(findings, "date/not-a-day", path, { found: written });
  if (text === written) return { day: text, instant: formatInstant(startOfDay(text, timezone)) };
  const instant = Date.parse(text);
  const day = dayOf(instant, timezone);
  return {
    day: startOfDay(day, timezone) < instant ? addDays(day, 1) : day,
    instant: formatInstant(instant),
  };
}
