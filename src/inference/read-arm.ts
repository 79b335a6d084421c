import type { Bounds } from "../statistics/bounds.ts";
import type { Moments } from "../statistics/moments.ts";
import type { Reading } from "./estimator.ts";
import { finite } from "./finite.ts";
import type { Note } from "./metric-estimate.ts";

interface Arm {
  readonly units: number;
  readonly sum: number;
  readonly mean: number;
  /** Of one unit's value. */
  readonly variance: number | null;
  readonly moments: Moments;
  readonly interval: () => Bounds | null;
}

/** An arm with the numbers that exist: none without units, with one unit the mean only (A.10). */
export function readArm(arm: Arm): Reading {
  const { units, variance } = arm;
  if (units < 1) return absentArm(units, "no-units");
  const sum = finite(arm.sum);
  const mean = finite(arm.mean);
  if (mean === null) return absentArm(units, "overflow");
  if (units < 2) return unspreadArm(units, sum, mean, "one-unit");
  if (variance === null || !Number.isFinite(variance ** 2)) return unspreadArm(units, sum, mean, "overflow");
  return {
    units,
    sum,
    mean,
    standardDeviation: Math.sqrt(variance),
    interval: arm.interval(),
    sample: { mean, variance, units },
    missing: null,
    moments: arm.moments,
  };
}

/** An arm whose value does not exist. */
export function absentArm(units: number, missing: Note): Reading {
  return unspreadArm(units, null, null, missing);
}

/** An arm without the numbers that need a variance. */
function unspreadArm(units: number, sum: number | null, mean: number | null, missing: Note): Reading {
  return { units, sum, mean, standardDeviation: null, interval: null, sample: null, missing, moments: null };
}
