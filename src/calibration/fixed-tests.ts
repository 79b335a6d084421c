import type { Moments } from "../statistics/moments.ts";
import { checkCount, type Through } from "./check.ts";
import { type Compared, covers } from "./compared.ts";
import { compareWithCuped } from "./cuped-comparison.ts";
import { clusteredArm, heavyArm, ordersArm, pairedArm } from "./hard-worlds.ts";
import { drawMean, drawNormals, drawRate } from "./moments-of-worlds.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { belowLevels, checkLevels } from "./tail-counts.ts";
import { ALPHA, comparePrimary, type Design, openTrial } from "./trial.ts";

interface FixedTest {
  readonly topic: string;
  readonly setting: string;
  readonly compare: Design["kind"] | "cuped";
  /** Its units are drawn one by one. */
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
    compare: "conversion",
    control: (sampler) => drawRate(sampler, 0.1, 5000),
    variant: (sampler, lift) => drawRate(sampler, 0.1 * (1 + lift), 5000),
    lift: 0.2,
    value: 0.1,
  },
  {
    topic: "conversion",
    setting: "10% of 9,000 against 3,000",
    compare: "conversion",
    control: (sampler) => drawRate(sampler, 0.1, 9000),
    variant: (sampler, lift) => drawRate(sampler, 0.1 * (1 + lift), 3000),
    lift: -0.2,
    value: 0.1,
  },
  {
    topic: "mean",
    setting: "normal, 2,000 against 500, deviations 1 : 3",
    compare: "sum",
    control: (sampler) => drawMean(sampler, 10, 1, 2000),
    variant: (sampler, lift) => drawMean(sampler, 10 * (1 + lift), 3, 500),
    lift: 0.03,
    value: 10,
  },
  {
    topic: "mean",
    setting: "normal, 12 against 40, deviations 2 : 1",
    compare: "sum",
    control: (sampler) => drawMean(sampler, 10, 2, 12),
    variant: (sampler, lift) => drawMean(sampler, 10 * (1 + lift), 1, 40),
    lift: 0.1,
    value: 10,
  },
  {
    topic: "revenue",
    setting: "lognormal, σ 1, units drawn, 2,000 an arm",
    compare: "sum",
    slow: true,
    control: (sampler) => heavyArm(sampler, 2000, 0),
    variant: (sampler, lift) => heavyArm(sampler, 2000, lift),
    lift: 0.15,
    value: Math.exp(0.5),
  },
  {
    topic: "ratio",
    setting: "revenue per order, units drawn, 2,000 an arm",
    compare: "ratio",
    slow: true,
    control: (sampler) => ordersArm(sampler, 2000, 0),
    variant: (sampler, lift) => ordersArm(sampler, 2000, lift),
    lift: 0.1,
    value: 20,
  },
  {
    topic: "ratio",
    setting: "jointly normal, 1,000 against 3,000",
    compare: "ratio",
    control: (sampler) => drawNormals(sampler, jointRatio(0), 1000),
    variant: (sampler, lift) => drawNormals(sampler, jointRatio(lift), 3000),
    lift: 0.04,
    value: 5,
  },
  {
    topic: "clusters",
    setting: "users of 200 organisations an arm, sizes 1 to 19, ICC .2, users drawn",
    compare: "ratio",
    slow: true,
    control: (sampler) => clusteredArm(sampler, 200, 0).clusters,
    variant: (sampler, lift) => clusteredArm(sampler, 200, lift).clusters,
    lift: 0.05,
    value: 10,
  },
  {
    topic: "CUPED",
    setting: "lognormal with its past, correlation of logs .8, units drawn, 2,000 an arm",
    compare: "cuped",
    slow: true,
    control: (sampler) => pairedArm(sampler, 2000, 0),
    variant: (sampler, lift) => pairedArm(sampler, 2000, lift),
    lift: 0.1,
    value: Math.exp(0.5),
  },
  {
    topic: "CUPED",
    setting: "two covariates, jointly normal, 1,000 against 400",
    compare: "cuped",
    control: (sampler) => drawNormals(sampler, jointPast(0), 1000),
    variant: (sampler, lift) => drawNormals(sampler, jointPast(lift), 400),
    lift: 0.02,
    value: 10,
  },
];

/** Tests at a horizon that was fixed: size in the tails, and coverage of both intervals. */
export const fixedTests: readonly Scenario[] = TESTS.map((test) => ({
  topic: test.topic,
  setting: test.setting,
  through: (test.compare === "cuped" ? "statistics" : "estimate") satisfies Through,
  negativeControl: false,
  check: (sampler, size) => {
    const worlds = test.slow ? size.slowWorlds : size.worlds;
    const compare = comparison(test.compare);
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

function comparison(by: FixedTest["compare"]): (arms: readonly [Moments, Moments]) => Compared {
  if (by === "cuped") return ([control, variant]) => compareWithCuped(control, variant, 1 - ALPHA);
  const trial = openTrial({ kind: by });
  return (arms) => comparePrimary(trial, arms)[0]!;
}

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
