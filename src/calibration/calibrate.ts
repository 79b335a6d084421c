import { beliefs } from "./beliefs.ts";
import { passes, type ScenarioResult } from "./check.ts";
import { confidenceSequences } from "./confidence-sequences.ts";
import { conversionGrids } from "./conversion-grid.ts";
import { doses } from "./doses.ts";
import { families } from "./families.ts";
import { fixedTests } from "./fixed-tests.ts";
import { groupSequences } from "./group-sequences.ts";
import { mainEffects } from "./main-effects.ts";
import { margins } from "./margins.ts";
import { negativeControls } from "./negative-controls.ts";
import { plannedFewUnits } from "./planned-few-units.ts";
import { plannedLooks } from "./planned-looks.ts";
import { plannedPower } from "./planned-power.ts";
import { quantiles } from "./quantiles.ts";
import { openSampler } from "./sampler.ts";
import type { Scenario } from "./scenario.ts";
import { spendingFunctions } from "./spending-functions.ts";
import { splits } from "./splits.ts";
import { winsorizing } from "./winsorizing.ts";

export interface CalibrationOptions {
  readonly seed: number;
  /** Worlds whose moments are drawn; of those that are slow there are an eighth as many, a fifth from 20,000 on. At least `FEWEST_WORLDS`. */
  readonly worlds: number;
  /** Told which scenario comes next, and how many are done of how many. */
  readonly onScenario?: (setting: string, done: number, all: number) => void;
}

export interface CalibrationReport {
  readonly formatVersion: 1;
  readonly kind: "calibration";
  readonly seed: number;
  readonly worlds: number;
  readonly scenarios: readonly (ScenarioResult & { readonly passes: boolean })[];
  readonly passes: boolean;
}

/** With fewer, bands are so wide that an abuse can hide in them. */
export const FEWEST_WORLDS = 2000;

/** From here on there are more of the slow worlds, and the larger grids are enumerated. */
const THOROUGH_WORLDS = 20_000;

/** Holds what the statistics claim against worlds whose truth is known. The same seed gives the same report. */
export function calibrate({ seed, worlds, onScenario }: CalibrationOptions): CalibrationReport {
  const thorough = worlds >= THOROUGH_WORLDS;
  const scenarios = scenariosOf(thorough);
  const size = { worlds, slowWorlds: Math.ceil(worlds / (thorough ? 5 : 8)) };
  const results = scenarios.map(({ check, ...scenario }, index) => {
    onScenario?.(`${scenario.topic}: ${scenario.setting}`, index, scenarios.length);
    const checks = check(openSampler(seed, `${scenario.topic}: ${scenario.setting}`), size);
    return { ...scenario, checks, passes: passes({ ...scenario, checks }) };
  });
  const passed = results.every((result) => result.passes);
  return { formatVersion: 1, kind: "calibration", seed, worlds, scenarios: results, passes: passed };
}

function scenariosOf(thorough: boolean): readonly Scenario[] {
  return [
    ...conversionGrids(thorough),
    ...fixedTests,
    ...winsorizing,
    ...families,
    mainEffects,
    doses,
    quantiles,
    ...margins,
    ...confidenceSequences,
    ...groupSequences,
    ...spendingFunctions,
    ...beliefs,
    ...splits,
    ...plannedPower,
    ...plannedLooks,
    plannedFewUnits,
    ...negativeControls,
  ];
}
