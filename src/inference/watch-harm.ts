import { finite } from "./finite.ts";
import { lookForHarm } from "./harm.ts";
import type { HarmLook } from "./metric-estimate.ts";
import type { Pair } from "./pair.ts";
import type { Question } from "./question.ts";

/** Both arms at some time of the run. */
interface HarmDay extends Pair {
  /** Mature exposed units of both. */
  readonly units: number;
}

/**
 * Harm over all looks of a run: shown once it was shown on any day, and its upper bound the lowest of all, for the
 * sequence behind it holds at every look at once. Null where harm is not watched.
 */
export function watchHarm(
  { harm, margin, sign }: Question,
  plannedUnits: number | null,
  days: readonly HarmDay[],
): HarmLook | null {
  if (harm === null) return null;
  const looks = days.map((pair) =>
    lookForHarm(pair, { margin, sign, alpha: harm.alpha, units: pair.units, plannedUnits }),
  );
  const uppers = looks.flatMap(({ upper }) => finite(upper) ?? []);
  return {
    upper: uppers.length > 0 ? Math.min(...uppers) : null,
    threshold: margin === null ? 0 : -margin.value,
    shown: looks.some(({ shown }) => shown),
  };
}
