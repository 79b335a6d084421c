import { DAY_MS } from "../model/calendar.ts";

/** `14d` or `12h` in milliseconds. */
export function milliseconds(duration: string): number {
  const count = Number(duration.slice(0, -1));
  return duration.endsWith("d") ? count * DAY_MS : (count * DAY_MS) / 24;
}
