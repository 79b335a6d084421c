import { pocockSpending, powerSpending, type SpendingFunction } from "../statistics/alpha-spending.ts";
import { spendingBounds } from "../statistics/group-sequential-bounds.ts";
import { checkCount } from "./check.ts";
import { type DrawDay, dailyMean, watch } from "./looks.ts";
import { ALPHA } from "./open-trial.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { LEVELS } from "./tail-counts.ts";

interface Group {
  readonly setting: string;
  readonly spending: SpendingFunction;
  readonly draw: DrawDay;
  /** Units of an arm by week. */
  readonly weeks: readonly number[];
  readonly planned: number;
  /** The control's value. */
  readonly value: number;
}

const GROUPS: readonly Group[] = [
  {
    setting: "Pocock spending, four uneven weeks, normal",
    spending: pocockSpending,
    draw: dailyMean,
    weeks: [700, 1900, 400, 1000],
    planned: 4000,
    value: 10,
  },
  {
    setting: "Kim–DeMets ρ 2, the last look a quarter beyond the plan, normal",
    spending: powerSpending(2),
    draw: dailyMean,
    weeks: [1000, 1000, 1000, 2000],
    planned: 4000,
    value: 10,
  },
];

/** Bounds at weekly looks by spending functions that no experiment asks for: of the library alone. */
export const spendingFunctions: readonly Scenario[] = GROUPS.map((group) => ({
  topic: "group-sequential",
  setting: group.setting,
  through: "statistics",
  negativeControl: false,
  check: (sampler, { worlds }) => {
    const bounds = LEVELS.map((level) => weeklyBounds(group, level));
    const counts = countWorlds(worlds, () => {
      const looks = watch(sampler, group.draw, 0, group.weeks);
      return bounds.map((critical) =>
        looks.some(
          ({ difference, standardError }, week) => Math.abs(difference) > critical[week]! * standardError,
        ),
      );
    });
    const lift = 0.1;
    const critical = weeklyBounds(group, ALPHA);
    const [missed] = countWorlds(worlds, () => {
      const looks = watch(sampler, group.draw, lift, group.weeks);
      return [
        looks.some(
          ({ difference, standardError }, week) =>
            Math.abs(difference - lift * group.value) > critical[week]! * standardError,
        ),
      ];
    });
    return [
      ...LEVELS.map((level, index) =>
        checkCount(`crosses the bounds of α ${level} at any look`, "at-most", level, {
          count: counts[index]!,
          worlds,
        }),
      ),
      checkCount("the interval of any look loses the truth", "at-most", ALPHA, { count: missed!, worlds }),
    ];
  },
}));

/** Critical z by week: the last look spends what is left, and correlations come of the units that there were. */
function weeklyBounds({ spending, weeks, planned }: Group, alpha: number): readonly number[] {
  let information = 0;
  const looks = weeks.map((units, week) => {
    information += units;
    const fraction = week === weeks.length - 1 ? 1 : Math.min(1, information / planned);
    return { fraction, information };
  });
  return spendingBounds(looks, alpha, spending).bounds;
}
