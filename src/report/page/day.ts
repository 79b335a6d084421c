import { dayOf, daysBetween } from "../../model/calendar.ts";
import type { ExperimentPlan } from "../../plan/plan.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { ABSENT } from "../../verdict/number-format.ts";
import { type Html, html } from "../html.ts";

/** A day or an instant for people and machines; a dash where there is none. */
export function time(value: string | null): Html {
  return value ? html`<time datetime="${value}">${readable(value)}</time>` : html`${ABSENT}`;
}

/** `2026-11-02 to 2026-11-29`; an end that is not set is said. */
export function dateRange(start: string | null, end: string | null): Html {
  if (!start && !end) return html`not scheduled`;
  return html`${time(start)} to ${end ? time(end) : "open"}`;
}

/** Days from the newest data to the day on which a decision is due, never below 0; null when it cannot be told. */
export function daysLeft(
  analysis: Analysis,
  plan: ExperimentPlan | undefined,
  timezone: string,
): number | null {
  const due = dueDay(analysis, plan);
  const asOf = analysis.asOf === null ? Number.NaN : Date.parse(analysis.asOf);
  if (analysis.design.horizon.reached) return 0;
  return due && Number.isFinite(asOf) ? Math.max(0, daysBetween(dayOf(asOf, timezone), due)) : null;
}

/** The day that ends the run: the horizon's, else the day on which the last window has closed. */
function dueDay(analysis: Analysis, plan: ExperimentPlan | undefined): string | null {
  return analysis.design.horizon.day ?? plan?.completeOn ?? null;
}

/** An ISO instant without its `T`, seconds of zero, and `Z`: `2026-11-30 00:00 UTC`. Days stay as they are. */
function readable(value: string): string {
  const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(?:\.\d+)?Z$/.exec(value);
  if (!instant) return value;
  const [, day, minutes, seconds] = instant;
  return `${day} ${minutes}${seconds && seconds !== ":00" ? seconds : ""} UTC`;
}
