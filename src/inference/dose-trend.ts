import type { ArmGroup } from "../model/contrasts.ts";
import { levelsOf } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import { lackOfFit } from "../statistics/lack-of-fit.ts";
import { linearTrend } from "../statistics/linear-trend.ts";
import type { Reading } from "./estimator.ts";
import { finite } from "./finite.ts";
import type { DoseTrend } from "./metric-estimate.ts";

/**
 * The linear trend over a numeric parameter, whatever the other parameters are: the slope of units' values on the dose,
 * and whether the doses' means lie off a line. Null where it is not asked for, or a variant has no such number.
 */
export function doseTrend(
  experiment: Experiment,
  alpha: number,
  read: (group: ArmGroup) => Reading,
): DoseTrend | null {
  const parameter = experiment.analysis.dose;
  if (parameter === undefined) return null;
  const levels = levelsOf(experiment, parameter).flatMap(({ value, ...group }) =>
    typeof value === "number" ? [{ value, reading: read(group) }] : [],
  );
  if (levels.length < 2) return null;
  const ascending = levels.sort((a, b) => a.value - b.value);
  const samples = ascending.flatMap(({ value, reading }) =>
    reading.sample ? [{ ...reading.sample, dose: value }] : [],
  );
  const trend = samples.length === ascending.length ? linearTrend(samples, 1 - alpha) : null;
  const fit =
    trend &&
    lackOfFit(
      samples.map(({ dose, mean, variance, units }) => ({
        value: mean,
        standardError: Math.sqrt(variance / units),
        terms: [dose],
      })),
    );
  return {
    parameter,
    slope: {
      estimate: finite(trend?.slope),
      lower: finite(trend?.lower),
      upper: finite(trend?.upper),
    },
    statistic: finite(trend?.statistic),
    degreesOfFreedom: finite(trend?.degreesOfFreedom),
    pValue: finite(trend?.pValue),
    curvature: fit,
    levels: ascending.map(({ value, reading: { units, mean, interval } }) => ({
      value,
      units,
      mean,
      interval,
    })),
  };
}
