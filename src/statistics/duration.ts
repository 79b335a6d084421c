import { requireFinite, requireNumber } from "./domain.ts";
/**
 * Whole weeks, in days, after which `units` distinct units have come and a window of `windowDays` has passed for the last of them. Day by day counts returning units once:
 * `cumulativeUnits[d]` are the distinct units by the end of day d + 1; beyond its end the curve goes on with its last daily gain. Null where it never
 * gets there: there are no days, or the last one brings nobody.
 */
export function daysForUnits(
  units: number,
  cumulativeUnits: readonly number[],
  windowDays: number,
): number | null {
  requireNumber("units", units);
  requireFinite("the days of a window", windowDays);
  requireFinite("a number of units", ...cumulativeUnits);
  const reached = cumulativeUnits.findIndex((count) => count >= units);
  const enrolment = reached >= 0 ? reached + 1 : extrapolate(units, cumulativeUnits);
  return enrolment === null ? null : Math.ceil((enrolment + windowDays) / 7) * 7;
}

function extrapolate(units: number, cumulativeUnits: readonly number[]): number | null {
  const last = cumulativeUnits.at(-1) ?? 0;
  const gain = last - (cumulativeUnits.at(-2) ?? 0);
  return gain > 0 ? cumulativeUnits.length + Math.ceil((units - last) / gain) : null;
}
