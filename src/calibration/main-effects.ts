import type { Comparison } from "../inference/metric-estimate.ts";
import type { Moments } from "../statistics/moments.ts";
import { checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { drawMean } from "./moments-of-worlds.ts";
import { ALPHA, openTrial, type Trial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { belowLevels, checkLevels } from "./tail-counts.ts";
import { estimateTrial } from "./trial.ts";

const UNITS = 6000;
const SPREAD = 4;

/** The control's cell. */
const BASE = 10;

/** What each value adds to the first of its parameter, by the order of `PARAMETERS`. */
type Effects = readonly (readonly number[])[];

const PARAMETERS = { steps: [1, 2], price: [9, 12, 15] };
const NOTHING: Effects = [
  [0, 0],
  [0, 0, 0],
];
const SOMETHING: Effects = [
  [0, 0.5],
  [0, -0.3, 0.8],
];

/** Two parameters that chance gives each by itself, analysed by their main effects. */
export const mainEffects: Scenario = {
  topic: "main effects",
  setting: "2 × 3 values, normal, 6,000 units that chance spreads over the cells, Holm",
  through: "estimate",
  negativeControl: false,
  check: (sampler, { worlds }) => {
    const trial = openFactorial();
    const truths = SOMETHING.flatMap(([, ...others]) => others);
    const lifts = truths.map((truth, index) => truth / firstMean(index));
    const count = countWorlds(worlds, () => {
      const still = estimateTrial(trial, [{ arms: drawCells(sampler, NOTHING) }])[0]!;
      const moved = estimateTrial(trial, [{ arms: drawCells(sampler, SOMETHING) }])[0]!;
      const effects = moved.effects.map(({ comparison }) => comparison);
      return [
        ...belowLevels(smallest(still.effects.map(({ comparison }) => comparison))),
        ...still.effects.map(({ comparison }) => (comparison.pValue ?? 1) < ALPHA),
        ...effects.map(({ absolute }, index) => covers(absolute, truths[index]!)),
        ...effects.map(({ relative }, index) => covers(relative, lifts[index]!)),
        (moved.interaction?.pValue ?? 1) < ALPHA,
      ];
    });
    const { length } = truths;
    const [levels, rates, absolute, relative] = [4, 4 + length, 4 + 2 * length, 4 + 3 * length].map(
      (end, index) => count.slice(index === 0 ? 0 : end - length, end),
    );
    const exact = (claim: string, promised: number, counted: number) =>
      checkCount(claim, "exact", promised, { count: counted, worlds });
    return [
      ...checkLevels("at-most", levels!, worlds),
      ...rates!.map((many, index) => exact(`p of ${NAMES[index]} alone below ${ALPHA}`, ALPHA, many)),
      ...absolute!.map((many, index) =>
        exact(`absolute interval of ${NAMES[index]} covers the truth`, 1 - ALPHA, many),
      ),
      ...relative!.map((many, index) =>
        exact(`relative interval of ${NAMES[index]} covers the truth`, 1 - ALPHA, many),
      ),
      exact(`p of "effects add up" below ${ALPHA} where they do`, ALPHA, count.at(-1)!),
    ];
  },
};

export function openFactorial(): Trial {
  return openTrial({ kind: "sum", parameters: PARAMETERS });
}

/** The main effects of a world without any, none of them corrected: an abuse. */
export function isAnyUncorrected(sampler: Sampler, trial: Trial): boolean {
  const [metric] = estimateTrial(trial, [{ arms: drawCells(sampler, NOTHING) }]);
  return metric!.effects.some(({ comparison }) => (comparison.pValue ?? 1) < ALPHA);
}

/** In the order of the estimate: each parameter's values but the first. */
const NAMES = Object.entries(PARAMETERS).flatMap(([name, [, ...values]]) =>
  values.map((value) => `${name} ${value}`),
);

/** Mean of the units with the first value of an effect's parameter: over all values of the others, as likely each. */
function firstMean(effect: number): number {
  const own = SOMETHING.findIndex(
    (_, parameter) => effect < SOMETHING.slice(0, parameter + 1).flat().length - parameter - 1,
  );
  return SOMETHING.reduce(
    (mean, values, parameter) =>
      parameter === own ? mean : mean + values.reduce((sum, value) => sum + value, 0) / values.length,
    BASE,
  );
}

/** A unit's cell is chance, so that a value's units are alike but for it. */
function drawCells(sampler: Sampler, [first, second]: Effects): readonly Moments[] {
  const cells = first!.flatMap((a) => second!.map((b) => BASE + a + b));
  let left = UNITS;
  return cells.map((mean, index) => {
    const units = sampler.binomial(left, 1 / (cells.length - index));
    left -= units;
    return drawMean(sampler, mean, SPREAD, units);
  });
}

function smallest(effects: readonly Comparison[]): number {
  return Math.min(...effects.map(({ adjustedPValue }) => adjustedPValue ?? 1));
}
