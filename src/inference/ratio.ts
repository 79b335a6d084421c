import { linearise } from "../statistics/ratio.ts";
import { studentInterval } from "../statistics/student-interval.ts";
import type { Estimator } from "./estimator.ts";
import { meanLike } from "./mean-like.ts";
import { absentArm, readArm } from "./read-arm.ts";

/** Σ numerator / Σ denominator, linearised in each arm by its own ratio, then as a mean (A.7). */
export const ratio: Estimator = {
  ...meanLike,
  method: "delta-method ratio, Welch t; Fieller interval",
  read: ({ moments }, confidence) => {
    const { units } = moments;
    if (units < 1) return absentArm(units, "no-units");
    const line = linearise(moments);
    if (line === null) return absentArm(units, "denominator-not-positive");
    const { ratio: mean, variance } = line;
    return readArm({
      units,
      sum: units * (moments.means[0] ?? 0),
      mean,
      variance,
      moments: line.moments,
      interval: () => (variance === null ? null : studentInterval({ mean, variance, units }, confidence)),
    });
  },
};
