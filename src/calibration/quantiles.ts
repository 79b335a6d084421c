import type { QuantileData } from "../inference/estimator.ts";
import { clusterInflation, quantileEstimate } from "../statistics/quantile-interval.ts";
import { checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { ALPHA, openTrial, QUANTILE, type Trial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { belowLevels, checkLevels } from "./tail-counts.ts";
import { compareSeen } from "./trial.ts";

const UNITS = 800;

/** ln of the waits of one user. */
const [OWN, SHARED] = [0.6, 0.8];

/** The 90% quantile of waits, several of each user: theirs are alike. */
export const quantiles: Scenario = {
  topic: "quantile",
  setting: "90% quantile of lognormal waits, 1 to 9 of each of 800 users an arm, who are unlike each other",
  through: "estimate",
  negativeControl: false,
  check: (sampler, { slowWorlds: worlds }) => {
    const trial = openTrial({ kind: "quantile" });
    const lift = 0.1;
    const truth = lift * Math.exp(Math.hypot(OWN, SHARED) * 1.2815515655446004);
    const [absolute, relative, ...levels] = countWorlds(worlds, () => {
      const control = drawWaits(sampler, 0);
      const still = compareWaits(trial, [control, drawWaits(sampler, 0)]);
      const moved = compareWaits(trial, [control, drawWaits(sampler, lift)]);
      return [covers(moved.absolute, truth), covers(moved.relative, lift), ...belowLevels(still.pValue)];
    });
    return [
      ...checkLevels("at-most", levels, worlds),
      checkCount("absolute interval covers the truth", "at-least", 1 - ALPHA, { count: absolute!, worlds }),
      checkCount("relative interval covers the truth", "at-least", 1 - ALPHA, { count: relative!, worlds }),
    ];
  },
};

/** A world without an effect whose waits are all taken for independent: an abuse. */
export function isFooledByClusters(sampler: Sampler, trial: Trial): boolean {
  const arms = [0, 1].map(() => ({ ...drawWaits(sampler, 0), inflation: 1 }));
  return (compareWaits(trial, arms).pValue ?? 1) < ALPHA;
}

interface Waits {
  readonly ascending: Float64Array;
  /** How much likeness within users inflates the variance of a rank. */
  readonly inflation: number;
}

function compareWaits(trial: Trial, arms: readonly Waits[]) {
  const nothing = { units: UNITS, means: [], second: [], third: [] };
  return compareSeen(trial, { arms: [nothing, nothing], quantile: arms.map(quantileOfWaits) })[0]!;
}

function quantileOfWaits({ ascending, inflation }: Waits): QuantileData {
  const { estimate, lower, upper, ranks } = quantileEstimate([...ascending], QUANTILE, 1 - ALPHA, inflation)!;
  return { events: ascending.length, units: UNITS, value: estimate, lower, upper, inside: ranks.inside };
}

function drawWaits(sampler: Sampler, lift: number): Waits {
  const users = Array.from({ length: UNITS }, () => {
    const shared = SHARED * sampler.normal();
    return Array.from(
      { length: 1 + Math.floor(9 * sampler.uniform()) },
      () => (1 + lift) * Math.exp(shared + OWN * sampler.normal()),
    );
  });
  const ascending = Float64Array.from(users.flat()).sort();
  const value = ascending[Math.ceil(QUANTILE * ascending.length) - 1]!;
  const units = users.map((waits) => ({
    below: waits.filter((wait) => wait <= value).length,
    values: waits.length,
  }));
  return { ascending, inflation: clusterInflation(units, QUANTILE)! };
}
