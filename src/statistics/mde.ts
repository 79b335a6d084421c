import { findRoot } from "./find-root.ts";
import { normalIsf } from "./normal.ts";
import { powerOfProportions } from "./power-proportions.ts";

interface Run {
  readonly unitsControl: number;
  readonly unitsVariant: number;
  /** Two-sided error rate. */
  readonly alpha: number;
  readonly power: number;
}

/**
 * The smallest distance from the control's rate, in the direction of `better`, that the pooled z test finds
 * with `power`: the root of `powerOfProportions`. Null where not even a rate of 0 or 1 is found.
 */
export function detectableRateDifference(
  run: Run & { readonly control: number; readonly better: "higher" | "lower" },
): number | null {
  const sign = run.better === "higher" ? 1 : -1;
  const surplus = (distance: number) =>
    (powerOfProportions({ ...run, variant: run.control + sign * distance }) ?? 0) - run.power;
  const farthest = (run.better === "higher" ? 1 - run.control : run.control) * (1 - Number.EPSILON);
  return surplus(farthest) < 0 || surplus(0) >= 0 ? null : findRoot(surplus, 0, farthest);
}

/** The smallest difference of means found with `power`: (z_{1−α/2} + z_power)·se. Null without units. */
export function detectableMeanDifference(run: Run & { readonly standardDeviation: number }): number | null {
  const { unitsControl, unitsVariant, alpha, power, standardDeviation } = run;
  if (!(unitsControl > 0 && unitsVariant > 0)) return null;
  const standardError = standardDeviation * Math.sqrt(1 / unitsControl + 1 / unitsVariant);
  return (normalIsf(alpha / 2) + normalIsf(1 - power)) * standardError;
}
