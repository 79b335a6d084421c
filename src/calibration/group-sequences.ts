import { checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { type DrawDay, dailyMean, dailyPast, dailyRate, follow, watch } from "./looks.ts";
import { ALPHA, type Design, openTrial, plannedUnits } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { belowLevels, checkLevels } from "./tail-counts.ts";
import { compareSeen } from "./trial.ts";

interface Group {
  readonly setting: string;
  /** With a baseline: the weeks bring parts of what it plans. */
  readonly design: Design;
  readonly draw: DrawDay;
  /** Units by week, over the planned units. */
  readonly weeks: readonly number[];
  readonly lift: number;
  /** The control's value. */
  readonly value: number;
}

const RATE = { kind: "rate", rate: 0.1 } as const;
const MEAN = { kind: "mean", mean: 10, standardDeviation: 10, reporting: 1 } as const;
export const FIVE_WEEKS: readonly number[] = [0.2, 0.2, 0.2, 0.2, 0.2];

const GROUPS: readonly Group[] = [
  {
    setting: "rates of 10%, five equal weeks",
    design: { kind: "conversion", baseline: RATE, mde: { kind: "relative", value: 0.15 } },
    draw: dailyRate,
    weeks: FIVE_WEEKS,
    lift: 0.1,
    value: 0.1,
  },
  {
    setting: "normal, four uneven weeks, the last a quarter beyond the plan",
    design: { kind: "sum", baseline: MEAN, mde: { kind: "relative", value: 0.1 } },
    draw: dailyMean,
    weeks: [0.2, 0.45, 0.1, 0.5],
    lift: 0.05,
    value: 10,
  },
  {
    setting: "normal with its past, CUPED by what each week knew, a run that ends short of its plan",
    design: { kind: "sum", cuped: true, baseline: MEAN, mde: { kind: "relative", value: 0.1 } },
    draw: dailyPast,
    weeks: [0.3, 0.3, 0.2],
    lift: 0.05,
    value: 10,
  },
];

/** A design that is looked at every week. */
export function openWeekly(design: Design, draw: DrawDay, weeks: readonly number[]) {
  const spending = { ...design, method: "group-sequential" } as const;
  const trial = openTrial(spending);
  const planned = plannedUnits(trial)[0]!;
  const units = weeks.map((part) => Math.ceil(part * planned));
  return {
    units,
    compare: (sampler: Sampler, lift: number) =>
      compareSeen(trial, follow(spending, watch(sampler, draw, lift, units), 7))[0]!,
  };
}

function groupScenario({ setting, design, draw, weeks, lift, value }: Group): Scenario {
  return {
    topic: "group-sequential",
    setting,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const { compare } = openWeekly(design, draw, weeks);
      const counts = countWorlds(worlds, () => {
        const [still, moved] = [compare(sampler, 0), compare(sampler, lift)];
        return [
          still.look?.crossed !== null,
          !covers(moved.absolute, lift * value),
          !covers(moved.relative, lift),
          ...belowLevels(still.adjustedPValue),
        ];
      });
      const [crossed, absolute, relative, ...levels] = counts;
      const atMost = (claim: string, count: number) => checkCount(claim, "at-most", ALPHA, { count, worlds });
      return [
        ...checkLevels("at-most", levels, worlds),
        atMost("a bound is crossed at any look", crossed!),
        atMost("the interval of the last look loses the truth", absolute!),
        atMost("the interval of the last look's lift loses the truth", relative!),
      ];
    },
  };
}

function marginScenario(setting: string, design: Design, draw: DrawDay, worse: number): Scenario {
  return {
    topic: "group-sequential",
    setting,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const { compare } = openWeekly(design, draw, FIVE_WEEKS);
      const [established] = countWorlds(worlds, () => [compare(sampler, worse).nonInferiority!.established]);
      return [
        checkCount("shown not worse at its margin at any of five weekly looks", "at-most", ALPHA, {
          count: established!,
          worlds,
        }),
      ];
    },
  };
}

/** Lan–DeMets bounds at weekly looks, of information as it came. */
export const groupSequences: readonly Scenario[] = [
  ...GROUPS.map(groupScenario),
  marginScenario(
    "conversion, 10%, higher is better, a margin of 2 points",
    { kind: "conversion", baseline: RATE, margin: { kind: "absolute", value: 0.02 } },
    dailyRate,
    -0.2,
  ),
];
