/** The day of an instant on a wall calendar of the zone, by the platform's own formatter. */
export function dayOf(at: number, timezone: string): string {
  const formatter = formatters.get(timezone) ?? new Intl.DateTimeFormat("en-CA", { timeZone: timezone });
  formatters.set(timezone, formatter);
  return formatter.format(Math.floor(at / 1000));
}

/** The first instant after a day: found by asking for days, so that no offset is reckoned with. */
export function endOfDay(day: string, timezone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`) * 1000;
  let [inside, after] = [noon - 2 * DAY_US, noon + 2 * DAY_US];
  while (after - inside > 1) {
    const middle = Math.floor((inside + after) / 2);
    if (dayOf(middle, timezone) > day) after = middle;
    else inside = middle;
  }
  return after;
}

const DAY_US = 86_400_000_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
