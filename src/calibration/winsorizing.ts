import { type Moments, momentsOf } from "../statistics/moments.ts";
import { winsorize } from "../statistics/winsorize.ts";
import { openTrial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import type { Scenario } from "./scenario.ts";
import { checkTails } from "./tail-counts.ts";
import { comparePrimary } from "./trial.ts";

const UNITS = 1000;
const QUANTILE = { upper: 0.95 };

/** Values by arm. */
type Arms = readonly (readonly number[])[];

/** Caps that all arms share; caps of each arm alone are among the negative controls. */
export const winsorizing: readonly Scenario[] = [
  {
    topic: "revenue",
    setting: `lognormal, σ 2, winsorized at the 95% quantile of both arms, units drawn, ${UNITS.toLocaleString("en")} an arm`,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds }) => {
      const trial = openTrial({ kind: "sum" });
      return checkTails(
        "exact",
        slowWorlds,
        () => comparePrimary(trial, cappedTogether(drawValues(sampler)))[0]!.pValue,
      );
    },
  },
];

/** Two arms of very heavy tails. */
export function drawValues(sampler: Sampler): Arms {
  return [0, 1].map(() => Array.from({ length: UNITS }, () => Math.exp(2 * sampler.normal())));
}

/** Each arm with a cap of its own. */
export function cappedApart(arms: Arms): readonly Moments[] {
  return arms.map((values) => momentsOfValues(winsorize(values, QUANTILE)!.values));
}

function cappedTogether(arms: Arms): readonly Moments[] {
  const { values } = winsorize(arms.flat(), QUANTILE)!;
  return arms.map((_, arm) => momentsOfValues(values.slice(arm * UNITS, (arm + 1) * UNITS)));
}

function momentsOfValues(values: readonly number[]): Moments {
  return momentsOf(
    values.map((value) => [value]),
    1,
  );
}
