import { addDays, dayOf, startOfDay } from "../model/calendar.ts";
import type { Moments } from "../statistics/moments.ts";
import type { Steps } from "./metric-steps.ts";
import type { MomentsSoFar } from "./observation.ts";

/** A metric's moments at each step of a series; empty where the steps are none of a series. */
export function seriesOf(
  timezone: string,
  moments: readonly (readonly Moments[])[],
  covariates: readonly (readonly Moments[])[] | null,
  { instants, exposed, isSeries }: Steps,
): readonly MomentsSoFar[] {
  if (!isSeries) return [];
  return instants.map((instant, step) => ({
    ...dayAt(instant, timezone),
    arms: moments[step]!,
    exposed: exposed[step]!,
    ...(covariates ? { covariates: { arms: covariates[step]! } } : {}),
  }));
}

function dayAt(instant: number, timezone: string): Pick<MomentsSoFar, "day" | "isOver"> {
  const day = dayOf(instant - 1, timezone);
  return { day, isOver: startOfDay(addDays(day, 1), timezone) === instant };
}
