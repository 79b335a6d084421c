import { requireErrorRate, requireFinite } from "./domain.ts";
import { findRoot } from "./find-root.ts";
import { noncentralTCdf, noncentralTSf } from "./noncentral-t.ts";
import { unitsForMeans } from "./power-means.ts";
import { studentTIsf } from "./student-t.ts";

export interface StudentDesign {
  readonly standardDeviation: number;
  /** Error rate over all `sides`. */
  readonly alpha: number;
  /** Default 2. */
  readonly sides?: 1 | 2;
  /** Count a significant result in the wrong direction too; default false, as R's `power.t.test`. */
  readonly strict?: boolean;
}

/**
 * Power of the two-sample t test with equal variances, exact through the noncentral t distribution with nA + nB − 2 degrees of
 * freedom: for a few hundred units and less; `powerOfMeans` is the limit. Null with fewer than two units in an arm or without spread.
 * Jacob Cohen, *Statistical Power Analysis for the Behavioral Sciences* (2nd ed., 1988), chapter 2.
 */
export function studentPower(
  design: StudentDesign & {
    readonly effect: number;
    readonly unitsControl: number;
    readonly unitsVariant: number;
  },
): number | null {
  const { standardDeviation, effect, unitsControl, unitsVariant, alpha, sides = 2, strict = false } = design;
  requireErrorRate(alpha / sides);
  requireFinite("an effect and units", effect, unitsControl, unitsVariant);
  if (!(unitsControl > 1 && unitsVariant > 1 && standardDeviation > 0)) return null;
  const df = unitsControl + unitsVariant - 2;
  const noncentrality =
    (Math.abs(effect) / standardDeviation) *
    Math.sqrt((unitsControl * unitsVariant) / (unitsControl + unitsVariant));
  const critical = studentTIsf(alpha / sides, df);
  const power = noncentralTSf(critical, df, noncentrality);
  return strict && sides === 2 ? power + noncentralTCdf(-critical, df, noncentrality) : power;
}

/** Units in the control, unrounded, for this power; the variant gets `allocation` times as many. Null where the effect is 0. */
export function studentUnits(
  design: StudentDesign & { readonly effect: number; readonly power: number; readonly allocation?: number },
): number | null {
  const { standardDeviation, allocation = 1, power } = design;
  requireErrorRate(1 - power);
  if (!(allocation >= 1 / MOST_ALLOCATION && allocation <= MOST_ALLOCATION))
    throw new RangeError(`an allocation is at most ${MOST_ALLOCATION} to 1; got ${allocation}`);
  const about = unitsForMeans({
    ...design,
    standardDeviationControl: standardDeviation,
    standardDeviationVariant: standardDeviation,
  });
  if (about === null || !(standardDeviation > 0)) return null;
  const surplus = (units: number) =>
    (studentPower({ ...design, unitsControl: units, unitsVariant: allocation * units }) ?? 0) - power;
  const least = Math.max(1, 1 / allocation) * (1 + 1e-6);
  if (surplus(least) >= 0) return least;
  let most = Math.max(2 * least, about);
  while (surplus(most) < 0) most *= 1.5;
  return findRoot(surplus, least, most);
}

/** The smallest effect found with this power; null as `studentPower`. */
export function studentEffect(
  design: StudentDesign & {
    readonly unitsControl: number;
    readonly unitsVariant: number;
    readonly power: number;
  },
): number | null {
  requireErrorRate(1 - design.power);
  const surplus = (effect: number) => (studentPower({ ...design, effect }) ?? Number.NaN) - design.power;
  if (Number.isNaN(surplus(0))) return null;
  if (surplus(0) >= 0) return 0;
  let most = design.standardDeviation;
  while (surplus(most) < 0) most *= 2;
  return findRoot(surplus, 0, most);
}

const MOST_ALLOCATION = 1e6;
