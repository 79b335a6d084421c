import type { Path } from "../diagnostics/place.ts";
import { isDay } from "../model/calendar.ts";
import { type Findings, refuse } from "./findings.ts";

/** A day that exists; null where none is written, or where it does not, which is reported. */
export function resolveDay(findings: Findings, day: string | undefined, path: Path): string | null {
  if (day === undefined) return null;
  return isDay(day) ? day : refuse(findings, "date/not-a-day", path, { found: day });
}
