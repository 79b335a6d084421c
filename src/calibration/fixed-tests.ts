import type { Moments } from "../statistics/moments.ts";
import { checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { clusteredArm, heavyArm, ordersArm, pairedArm } from "./hard-worlds.ts";
import { drawMean, drawNormals, drawRate } from "./moments-of-worlds.ts";
import { ALPHA, type Design, openTrial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { belowLevels, checkLevels } from "./tail-counts.ts";
import { compareSeen, seenOf } from "./trial.ts";

interface FixedTest {
  readonly topic: string;
  readonly setting: string;
  /** With CUPED, moments are of the outcome and then of its past. */
  readonly design: Design;
  /** Its units are drawn one by one, or its moments are many. */
  readonly slow?: boolean;
  readonly control: (sampler: Sampler) => Moments;
  /** `lift` 0 is no effect. */
  readonly variant: (sampler: Sampler, lift: number) => Moments;
  readonly lift: number;
  /** The control's true value. */
  readonly value: number;
}

const TESTS: readonly FixedTest[] = [
  {
    topic: "conversion",
    setting: "10% of 5,000 against 5,000",
    design: { kind: "conversion" },
    control: (sampler) => drawRate(sampler, 0.1, 5000),
    variant: (sampler, lift) => drawRate(sampler, 0.1 * (1 + lift), 5000),
    lift: 0.2,
    value: 0.1,
  },
  {
    topic: "conversion",
    setting: "10% of 9,000 against 3,000",
    design: { kind: "conversion" },
    control: (sampler) => drawRate(sampler, 0.1, 9000),
    variant: (sampler, lift) => drawRate(sampler, 0.1 * (1 + lift), 3000),
    lift: -0.2,
    value: 0.1,
  },
  {
    topic: "mean",
    setting: "normal, 2,000 against 500, deviations 1 : 3",
    design: { kind: "sum" },
    control: (sampler) => drawMean(sampler, 10, 1, 2000),
    variant: (sampler, lift) => drawMean(sampler, 10 * (1 + lift), 3, 500),
    lift: 0.03,
    value: 10,
  },
  {
    topic: "mean",
    setting: "normal, 12 against 40, deviations 2 : 1",
    design: { kind: "sum" },
    control: (sampler) => drawMean(sampler, 10, 2, 12),
    variant: (sampler, lift) => drawMean(sampler, 10 * (1 + lift), 1, 40),
    lift: 0.1,
    value: 10,
  },
  {
    topic: "revenue",
    setting: "lognormal, σ 1, units drawn, 2,000 an arm",
    design: { kind: "sum" },
    slow: true,
    control: (sampler) => heavyArm(sampler, 2000, 0),
    variant: (sampler, lift) => heavyArm(sampler, 2000, lift),
    lift: 0.15,
    value: Math.exp(0.5),
  },
  {
    topic: "ratio",
    setting: "revenue per order, units drawn, 2,000 an arm",
    design: { kind: "ratio" },
    slow: true,
    control: (sampler) => ordersArm(sampler, 2000, 0),
    variant: (sampler, lift) => ordersArm(sampler, 2000, lift),
    lift: 0.1,
    value: 20,
  },
  {
    topic: "ratio",
    setting: "jointly normal, 1,000 against 3,000",
    design: { kind: "ratio" },
    control: (sampler) => drawNormals(sampler, jointRatio(0), 1000),
    variant: (sampler, lift) => drawNormals(sampler, jointRatio(lift), 3000),
    lift: 0.04,
    value: 5,
  },
  {
    topic: "clusters",
    setting: "users of 200 organisations an arm, sizes 1 to 19, ICC .2, users drawn",
    design: { kind: "sum", clustered: true },
    slow: true,
    control: (sampler) => clusteredArm(sampler, 200, 0).clusters,
    variant: (sampler, lift) => clusteredArm(sampler, 200, lift).clusters,
    lift: 0.05,
    value: 10,
  },
  {
    topic: "CUPED",
    setting: "lognormal with its past, correlation of logs .8, units drawn, 2,000 an arm",
    design: { kind: "sum", cuped: true },
    slow: true,
    control: (sampler) => pairedArm(sampler, 2000, 0),
    variant: (sampler, lift) => pairedArm(sampler, 2000, lift),
    lift: 0.1,
    value: Math.exp(0.5),
  },
  {
    topic: "CUPED",
    setting: "two covariates, jointly normal, 1,000 against 400",
    design: { kind: "sum", cuped: true },
    control: (sampler) => drawNormals(sampler, jointPast(0), 1000),
    variant: (sampler, lift) => drawNormals(sampler, jointPast(lift), 400),
    lift: 0.02,
    value: 10,
  },
  {
    topic: "CUPED",
    setting: "ratio with its past, jointly normal, 1,500 an arm",
    design: { kind: "ratio", cuped: true },
    slow: true,
    control: (sampler) => drawNormals(sampler, jointPastRatio(0), 1500),
    variant: (sampler, lift) => drawNormals(sampler, jointPastRatio(lift), 1500),
    lift: 0.02,
    value: 5,
  },
];

/** Tests at a horizon that was fixed: size in the tails, and coverage of both intervals. */
export const fixedTests: readonly Scenario[] = TESTS.map((test) => ({
  topic: test.topic,
  setting: test.setting,
  through: "estimate",
  negativeControl: false,
  check: (sampler, size) => {
    const worlds = test.slow ? size.slowWorlds : size.worlds;
    const trial = openTrial(test.design);
    const compare = (arms: readonly Moments[]) => compareSeen(trial, seenOf(test.design, arms))[0]!;
    const counts = countWorlds(worlds, () => {
      const control = test.control(sampler);
      const still = compare([control, test.variant(sampler, 0)]);
      const moved = compare([control, test.variant(sampler, test.lift)]);
      return [
        covers(moved.absolute, test.lift * test.value),
        covers(moved.relative, test.lift),
        ...belowLevels(still.pValue),
      ];
    });
    const [absolute, relative, ...levels] = counts;
    return [
      ...checkLevels("exact", levels, worlds),
      checkCount("absolute interval covers the truth", "exact", 1 - ALPHA, { count: absolute!, worlds }),
      checkCount("relative interval covers the truth", "exact", 1 - ALPHA, { count: relative!, worlds }),
    ];
  },
}));

/** Of a numerator 20 and a denominator 4 that go together. */
function jointRatio(lift: number) {
  return {
    means: [20 * (1 + lift), 4],
    factor: [
      [8, 0],
      [0.9, 1.2],
    ],
  };
}

/** An outcome and two covariates that explain 64% of it together. */
function jointPast(lift: number) {
  return {
    means: [10 * (1 + lift), 5, -3],
    factor: [
      [2, 0, 0],
      [0.7, 1, 0],
      [1.5, -0.4, 0.8],
    ],
  };
}

/** A ratio of 5 and the same units' ratio before. */
function jointPastRatio(lift: number) {
  return {
    means: [20 * (1 + lift), 4, 15, 3],
    factor: [
      [6, 0, 0, 0],
      [0.5, 1.1, 0, 0],
      [4, 0.4, 2.5, 0],
      [0.3, 0.6, 0.2, 0.6],
    ],
  };
}
