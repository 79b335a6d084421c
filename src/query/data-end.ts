import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { addDays, dayOf, formatInstant, startOfDay } from "../model/calendar.ts";
import type { Project } from "../model/project.ts";
import type { Sources } from "./prepare-sources.ts";

/**
 * Until when the data are complete: what was asked for, else the last row (A.2). Whoever asks for more than the rest of
 * the last row's day, in the project's timezone, is warned: that nothing happened since is theirs to know.
 *
 * @param asked Milliseconds since 1970; null: the last row.
 */
export function dataEnd(
  { file, timezone }: Project,
  { timed, lastInstant }: Sources,
  asked: number | null,
): { readonly asOf: number | null; readonly diagnostics: readonly Diagnostic[] } {
  if (!timed) return { asOf: null, diagnostics: [] };
  if (asked === null || lastInstant === null) return { asOf: asked ?? lastInstant, diagnostics: [] };
  const endOfDay = startOfDay(addDays(dayOf(lastInstant, timezone), 1), timezone);
  if (asked <= Math.max(endOfDay, lastInstant)) return { asOf: asked, diagnostics: [] };
  const args = { asked: formatInstant(asked), last: formatInstant(lastInstant) };
  return {
    asOf: asked,
    diagnostics: [diagnose("data/as-of-beyond-data", { file, path: ["warehouse"], part: "key" }, args)],
  };
}
