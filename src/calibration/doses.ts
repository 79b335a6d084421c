import { checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { drawMean } from "./moments-of-worlds.ts";
import { ALPHA, openTrial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { belowLevels, checkLevels } from "./tail-counts.ts";
import { estimateTrial } from "./trial.ts";

const DOSES = [0, 1, 3, 4];
const UNITS = [2000, 800, 1200, 500];
const SPREADS = [3, 4, 6, 2];

/** The linear trend over a numeric parameter, its arms unequal in all that they can be. */
export const doses: Scenario = {
  topic: "dose",
  setting: "doses 0, 1, 3 and 4, normal, 500 to 2,000 units each, deviations 2 to 6",
  through: "estimate",
  negativeControl: false,
  check: (sampler, { worlds }) => {
    const trial = openTrial({ kind: "sum", split: UNITS, doses: DOSES });
    const trend = (slope: number) => estimateTrial(trial, [{ arms: drawDoses(sampler, slope) }])[0]!.dose!;
    const [covered, bent, ...levels] = countWorlds(worlds, () => {
      const moved = trend(0.2);
      return [
        covers(moved.slope, 0.2),
        (moved.curvature?.pValue ?? 1) < ALPHA,
        ...belowLevels(trend(0).pValue),
      ];
    });
    return [
      ...checkLevels("exact", levels, worlds),
      checkCount("the slope's interval covers the truth", "exact", 1 - ALPHA, { count: covered!, worlds }),
      checkCount(`p of "means lie on a line" below ${ALPHA} where they do`, "exact", ALPHA, {
        count: bent!,
        worlds,
      }),
    ];
  },
};

function drawDoses(sampler: Sampler, slope: number) {
  return DOSES.map((dose, arm) => drawMean(sampler, 10 + slope * dose, SPREADS[arm]!, UNITS[arm]!));
}
