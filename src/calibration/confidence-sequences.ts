import { checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { type DrawDay, dailyMean, dailyPast, dailyRate, everyDay, follow, watch } from "./looks.ts";
import { ALPHA, type Design, openTrial, plannedUnits } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { compareSeen } from "./trial.ts";

interface Sequence {
  readonly setting: string;
  /** With a baseline: the run is as long as it plans. */
  readonly design: Design;
  readonly draw: DrawDay;
  /** What the variant is better by where something is there. */
  readonly lift: number;
  /** The control's value. */
  readonly value: number;
}

const MEAN = { kind: "mean", mean: 10, standardDeviation: 10, reporting: 1 } as const;

const SEQUENCES: readonly Sequence[] = [
  {
    setting: "rates of 10%, as long as planned for a lift of 17%",
    design: {
      kind: "conversion",
      baseline: { kind: "rate", rate: 0.1 },
      mde: { kind: "relative", value: 0.17 },
    },
    draw: dailyRate,
    lift: 0.1,
    value: 0.1,
  },
  {
    setting: "normal, as long as planned for a lift of 10%",
    design: { kind: "sum", baseline: MEAN, mde: { kind: "relative", value: 0.1 } },
    draw: dailyMean,
    lift: 0.05,
    value: 10,
  },
  {
    setting: "normal with its past, CUPED by what each day knew, as long as planned for a lift of 10%",
    design: {
      kind: "sum",
      cuped: true,
      baseline: { ...MEAN, cuped: { correlation: Math.SQRT1_2 } },
      mde: { kind: "relative", value: 0.1 },
    },
    draw: dailyPast,
    lift: 0.05,
    value: 10,
  },
];

/** A design that is looked at every day of as long a run as it plans. */
export function openDaily(design: Design, draw: DrawDay) {
  const sequential = { ...design, method: "sequential" } as const;
  const trial = openTrial(sequential);
  const days = everyDay(plannedUnits(trial)[0]!);
  return {
    days,
    compare: (sampler: Sampler, lift: number) =>
      compareSeen(trial, follow(sequential, watch(sampler, draw, lift, days)))[0]!,
  };
}

function sequenceScenario({ setting, design, draw, lift, value }: Sequence): Scenario {
  return {
    topic: "sequential",
    setting,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const { compare } = openDaily(design, draw);
      const counts = countWorlds(worlds, () => {
        const [still, moved] = [compare(sampler, 0), compare(sampler, lift)];
        return [
          (still.adjustedPValue ?? 1) < ALPHA,
          still.look?.crossed !== null,
          !covers(moved.absolute, lift * value),
          !covers(moved.relative, lift),
        ];
      });
      const claims = [
        "called different at any of 28 daily looks",
        "a bound is crossed at any of 28 daily looks",
        "the running interval loses the truth",
        "the running interval of the lift loses the truth",
      ];
      return claims.map((claim, index) =>
        checkCount(claim, "at-most", ALPHA, { count: counts[index]!, worlds }),
      );
    },
  };
}

function marginScenario(setting: string, design: Design, draw: DrawDay, worse: number): Scenario {
  return {
    topic: "sequential",
    setting,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const { compare } = openDaily(design, draw);
      const [established] = countWorlds(worlds, () => [compare(sampler, worse).nonInferiority!.established]);
      return [
        checkCount("shown not worse at its margin at any of 28 daily looks", "at-most", ALPHA, {
          count: established!,
          worlds,
        }),
      ];
    },
  };
}

function harmScenario(
  setting: string,
  lift: number,
  check: { readonly claim: string; readonly type: "at-most" | "at-least"; readonly rate: number },
): Scenario {
  return {
    topic: "harm",
    setting,
    through: "estimate",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const { design, draw } = SEQUENCES[0]!;
      const trial = openTrial(design);
      const days = everyDay(plannedUnits(trial)[0]!);
      const [shown] = countWorlds(worlds, () => {
        const seen = follow(design, watch(sampler, draw, lift, days));
        return [compareSeen(trial, seen)[0]!.harm!.shown];
      });
      return [checkCount(check.claim, check.type, check.rate, { count: shown!, worlds })];
    },
  };
}

/** Anytime-valid claims, looked at every day. */
export const confidenceSequences: readonly Scenario[] = [
  ...SEQUENCES.map(sequenceScenario),
  marginScenario(
    "conversion, 10%, higher is better, a margin of 2 points",
    {
      kind: "conversion",
      baseline: { kind: "rate", rate: 0.1 },
      margin: { kind: "absolute", value: 0.02 },
    },
    dailyRate,
    -0.2,
  ),
  marginScenario(
    "normal, higher is better, a margin of 10% of a control that is only estimated",
    { kind: "sum", baseline: MEAN, margin: { kind: "relative", value: 0.1 } },
    dailyMean,
    -0.1,
  ),
  harmScenario("no effect, rates of 10%, looked at every day", 0, {
    claim: "harm is shown at any of 28 daily looks",
    type: "at-most",
    rate: ALPHA,
  }),
  harmScenario("30% worse, rates of 10%, looked at every day", -0.3, {
    claim: "harm is shown by the last look",
    type: "at-least",
    rate: 0.9,
  }),
];
