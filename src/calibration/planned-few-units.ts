import { studentPower, studentUnits } from "../statistics/power-t.ts";
import { checkCount } from "./check.ts";
import { drawMean } from "./moments-of-worlds.ts";
import { ALPHA, openTrial, POWER } from "./open-trial.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { comparePrimary } from "./trial.ts";

/** Power of a few units, which `plan` does not size by: the library's noncentral t, through the test that is run. */
export const plannedFewUnits: Scenario = {
  topic: "planned power",
  setting: "normal, a few dozen units, by the noncentral t",
  through: "estimate",
  negativeControl: false,
  check: (sampler, { worlds }) => {
    const design = { standardDeviation: 1, effect: 0.7, alpha: ALPHA };
    const units = Math.ceil(studentUnits({ ...design, power: POWER })!);
    const promised = studentPower({ ...design, unitsControl: units, unitsVariant: units })!;
    const trial = openTrial({ kind: "sum" });
    const [count] = countWorlds(worlds, () => {
      const arms = [5, 5.7].map((value) => drawMean(sampler, value, 1, units));
      return [(comparePrimary(trial, arms)[0]!.pValue ?? 1) < ALPHA];
    });
    const claim = `the effect planned for is found (${units} an arm)`;
    return [checkCount(claim, "exact", promised, { count: count!, worlds })];
  },
};
