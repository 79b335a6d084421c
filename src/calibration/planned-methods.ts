import { obrienFlemingSpending } from "../statistics/alpha-spending.ts";
import { designEffect } from "../statistics/design-effect.ts";
import { spendingBounds } from "../statistics/group-sequential-bounds.ts";
import { groupSequentialSize } from "../statistics/group-sequential-power.ts";
import { unitsForMeans } from "../statistics/power-means.ts";
import { studentPower, studentUnits } from "../statistics/power-t.ts";
import { sequenceInflation } from "../statistics/sequence-inflation.ts";
import { checkCount } from "./check.ts";
import { sequenceOf } from "./confidence-sequences.ts";
import { compareWithCuped } from "./cuped-comparison.ts";
import { clusteredArm } from "./hard-worlds.ts";
import { dailyMean, everyDay, watch } from "./looks.ts";
import { drawMean, drawNormals } from "./moments-of-worlds.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario, type Size } from "./scenario.ts";
import { ALPHA, comparePrimary, openTrial, POWER } from "./trial.ts";

interface PlannedMethod {
  readonly setting: string;
  readonly through: Scenario["through"];
  readonly worlds: keyof Pick<Size, "worlds" | "slowWorlds">;
  readonly type: "exact" | "at-least";
  readonly prepare: () => {
    readonly units: string;
    readonly promised: number;
    readonly finds: (sampler: Sampler) => boolean;
  };
}

const METHODS: readonly PlannedMethod[] = [
  {
    setting: "CUPED, correlation .7 with the past: 1 − ρ² of the units",
    through: "statistics",
    worlds: "worlds",
    type: "exact",
    prepare: () => {
      const units = Math.ceil((1 - 0.7 ** 2) * fixedUnits(10, 1));
      const joint = (lift: number) => ({
        means: [10 * (1 + lift), 5],
        factor: [[10], [1.4, Math.sqrt(4 - 1.4 ** 2)]],
      });
      return {
        units: `${units} an arm`,
        promised: POWER,
        finds: (sampler) => {
          const arms = [0, 0.1].map((lift) => drawNormals(sampler, joint(lift), units));
          return (compareWithCuped(arms[0]!, arms[1]!, 1 - ALPHA).pValue ?? 1) < ALPHA;
        },
      };
    },
  },
  {
    setting: "clusters of 1 to 19 users, ICC .2: the design effect times the units",
    through: "estimate",
    worlds: "slowWorlds",
    type: "exact",
    prepare: () => {
      const [meanSize, variance] = [10, (19 ** 2 - 1) / 12];
      const sizeVariation = Math.sqrt(variance) / meanSize;
      const effect = designEffect({ meanSize, sizeVariation, intraclassCorrelation: 0.2 });
      const clusters = Math.ceil((effect * fixedUnits(3, 0.5)) / meanSize);
      const trial = openTrial({ kind: "ratio" });
      return {
        units: `${clusters} clusters an arm`,
        promised: POWER,
        finds: (sampler) => {
          const arms = [0, 0.05].map((lift) => clusteredArm(sampler, clusters, lift).clusters);
          return (comparePrimary(trial, arms)[0]!.pValue ?? 1) < ALPHA;
        },
      };
    },
  },
  {
    setting: "normal, a few dozen units, by the noncentral t",
    through: "estimate",
    worlds: "worlds",
    type: "exact",
    prepare: () => {
      const design = { standardDeviation: 1, effect: 0.7, alpha: ALPHA };
      const units = Math.ceil(studentUnits({ ...design, power: POWER })!);
      const trial = openTrial({ kind: "sum" });
      return {
        units: `${units} an arm`,
        promised: studentPower({ ...design, unitsControl: units, unitsVariant: units })!,
        finds: (sampler) => {
          const arms = [5, 5.7].map((value) => drawMean(sampler, value, 1, units));
          return (comparePrimary(trial, arms)[0]!.pValue ?? 1) < ALPHA;
        },
      };
    },
  },
  {
    setting: "a confidence sequence looked at on 28 days: its inflation times the units",
    through: "statistics",
    worlds: "worlds",
    type: "at-least",
    prepare: () => {
      const days = everyDay(sequenceInflation(ALPHA, POWER) * fixedUnits(10, 1));
      const units = days.reduce((sum, day) => sum + day, 0);
      return {
        units: `${units} an arm`,
        promised: POWER,
        finds: (sampler) =>
          Math.exp(sequenceOf(watch(sampler, dailyMean, 0.1, days), 2 * units).logP ?? 0) < ALPHA,
      };
    },
  },
  {
    setting: "five weekly looks, O'Brien–Fleming spending: its inflation times the units",
    through: "statistics",
    worlds: "worlds",
    type: "exact",
    prepare: () => {
      const fractions = [0.2, 0.4, 0.6, 0.8, 1];
      const { bounds } = spendingBounds(
        fractions.map((fraction) => ({ fraction })),
        ALPHA,
        obrienFlemingSpending,
      );
      const { inflation } = groupSequentialSize({ fractions, bounds, alpha: ALPHA, power: POWER });
      const week = Math.ceil((inflation * fixedUnits(10, 1)) / fractions.length);
      return {
        units: `${week} an arm and week`,
        promised: POWER,
        finds: (sampler) =>
          watch(
            sampler,
            dailyMean,
            0.1,
            fractions.map(() => week),
          ).some(
            ({ difference, standardError }, look) => Math.abs(difference) > bounds[look]! * standardError,
          ),
      };
    },
  },
];

/** Power of designs that are planned by functions of `statistics`. */
export const plannedMethods: readonly Scenario[] = METHODS.map((method) => ({
  topic: "planned power",
  setting: method.setting,
  through: method.through,
  negativeControl: false,
  check: (sampler, size) => {
    const worlds = size[method.worlds];
    const { units, promised, finds } = method.prepare();
    const [count] = countWorlds(worlds, () => [finds(sampler)]);
    const claim = `the effect planned for is found (${units})`;
    return [checkCount(claim, method.type, promised, { count: count!, worlds })];
  },
}));

/** Units of an arm that the fixed test needs. */
function fixedUnits(standardDeviation: number, effect: number): number {
  return unitsForMeans({
    standardDeviationControl: standardDeviation,
    standardDeviationVariant: standardDeviation,
    effect,
    alpha: ALPHA,
    power: POWER,
  })!;
}
