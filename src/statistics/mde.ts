import { requireErrorRate, requireFinite } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import { normalIsf } from "./normal.ts";
import { pooledStandardError, standardError } from "./power-proportions.ts";

interface Run {
  readonly unitsControl: number;
  readonly unitsVariant: number;
  /** Two-sided error rate. */
  readonly alpha: number;
  readonly power: number;
}

/**
 * The smallest distance from the control's rate, in the direction of `better`, that the pooled z test finds
 * with `power`: the root of `powerOfProportions`, where the distance is z_{1−α/2} standard errors of no difference
 * and z_power of its own. Null where not even a rate of 0 or 1 is found, and without units.
 */
export function detectableRateDifference(
  run: Run & { readonly control: number; readonly better: "higher" | "lower" },
): number | null {
  const { control, better, unitsControl, unitsVariant, alpha, power } = run;
  requireErrors(alpha, power);
  requireFinite("units", unitsControl, unitsVariant);
  if (!(control >= 0 && control <= 1 && unitsControl > 0 && unitsVariant > 0)) return null;
  const sign = better === "higher" ? 1 : -1;
  const critical = normalIsf(alpha / 2);
  const reach = normalIsf(1 - power);
  const surplus = (distance: number) => {
    const arms = { control, variant: control + sign * distance, unitsControl, unitsVariant };
    return distance - critical * pooledStandardError(arms) - reach * standardError(arms);
  };
  const nearest = Number.MIN_VALUE;
  const farthest = (better === "higher" ? 1 - control : control) * (1 - Number.EPSILON);
  return !(surplus(farthest) >= 0) || surplus(nearest) >= 0 ? null : findRoot(surplus, nearest, farthest);
}

/** The smallest difference of means found with `power`: (z_{1−α/2} + z_power)·se. Null without units. */
export function detectableMeanDifference(run: Run & { readonly standardDeviation: number }): number | null {
  const { unitsControl, unitsVariant, alpha, power, standardDeviation } = run;
  requireErrors(alpha, power);
  requireFinite("a standard deviation", standardDeviation);
  if (!(unitsControl > 0 && unitsVariant > 0)) return null;
  const error = standardDeviation * Math.sqrt(1 / unitsControl + 1 / unitsVariant);
  return (normalIsf(alpha / 2) + normalIsf(1 - power)) * error;
}

function requireErrors(alpha: number, power: number): void {
  requireErrorRate(alpha);
  requireErrorRate(1 - power);
}
