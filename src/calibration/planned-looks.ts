import { checkCount } from "./check.ts";
import { openDaily } from "./confidence-sequences.ts";
import { FIVE_WEEKS, openWeekly } from "./group-sequences.ts";
import { type DrawDay, dailyMean, dailyPast, dailyRate } from "./looks.ts";
import { ALPHA, type Design, POWER } from "./open-trial.ts";
import { countWorlds, type Scenario } from "./scenario.ts";

interface PlannedLooks {
  readonly setting: string;
  readonly open: typeof openDaily;
  /** A sequence's inflation is of its last look alone: it has earlier ones as well. */
  readonly type: "exact" | "at-least";
  readonly design: Design;
  readonly draw: DrawDay;
  /** The variant's true lift. */
  readonly lift: number;
}

const RATE = { kind: "rate", rate: 0.1 } as const;
const MEAN = { kind: "mean", mean: 10, standardDeviation: 10, reporting: 1 } as const;
const TENTH = { kind: "relative", value: 0.1 } as const;

/** Five weeks, of which the plan has to know: it reckons with as many looks. */
const weekly: typeof openDaily = (design, draw) => {
  const { units, compare } = openWeekly({ ...design, newPerDay: perDay(design, draw) }, draw, FIVE_WEEKS);
  return { days: units, compare };
};

/** As many units as make five weeks of a design. */
function perDay(design: Design, draw: DrawDay): number {
  const week = openWeekly(design, draw, [1]).units[0]!;
  return Math.ceil((2 * week) / 33);
}

const DESIGNS: readonly PlannedLooks[] = [
  {
    setting: "a look a day, conversion, 10%, MDE 15%",
    open: openDaily,
    type: "at-least",
    design: { kind: "conversion", baseline: RATE, mde: { kind: "relative", value: 0.15 } },
    draw: dailyRate,
    lift: 0.15,
  },
  {
    setting: "a look a day, sum, 10 ± 10, MDE 10%, CUPED with a correlation of √½",
    open: openDaily,
    type: "at-least",
    design: {
      kind: "sum",
      cuped: true,
      baseline: { ...MEAN, cuped: { correlation: Math.SQRT1_2 } },
      mde: TENTH,
    },
    draw: dailyPast,
    lift: 0.1,
  },
  {
    setting: "a look a day, non-inferiority, sum, 10 ± 10, margin 10%",
    open: openDaily,
    type: "at-least",
    design: { kind: "sum", baseline: MEAN, margin: TENTH },
    draw: dailyMean,
    lift: 0,
  },
  {
    setting: "a look a week for five weeks, sum, 10 ± 10, MDE 10%",
    open: weekly,
    type: "exact",
    design: { kind: "sum", baseline: MEAN, mde: TENTH },
    draw: dailyMean,
    lift: 0.1,
  },
  {
    setting: "a look a week for five weeks, non-inferiority, sum, 10 ± 10, margin 10%",
    open: weekly,
    type: "exact",
    design: { kind: "sum", baseline: MEAN, margin: TENTH },
    draw: dailyMean,
    lift: 0,
  },
];

/** What `plan` promises of designs whose every look may end the run. */
export const plannedLooks: readonly Scenario[] = DESIGNS.map(
  ({ setting, open, type, design, draw, lift }) => ({
    topic: "planned power",
    setting,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const { days, compare } = open(design, draw);
      const units = days.reduce((sum, day) => sum + day, 0);
      const [count] = countWorlds(worlds, () => {
        const { nonInferiority, adjustedPValue } = compare(sampler, lift);
        return [nonInferiority ? nonInferiority.established : (adjustedPValue ?? 1) < ALPHA];
      });
      const what = design.margin
        ? "shown not worse where nothing changes"
        : "the effect planned for is found";
      return [checkCount(`${what} (${units} units an arm)`, type, POWER, { count: count!, worlds })];
    },
  }),
);
