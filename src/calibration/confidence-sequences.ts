import { confidenceSequence } from "../statistics/confidence-sequence.ts";
import { running } from "../statistics/running.ts";
import { checkCount } from "./check.ts";
import { type DrawDay, dailyMean, dailyRate, everyDay, type Look, watch } from "./looks.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { ALPHA, comparePrimary, openTrial } from "./trial.ts";

const UNITS = 5600;

/** What no look of a day has excluded, and the smallest p-value so far, after the last look. */
export function sequenceOf(looks: readonly Look[], plannedUnits: number) {
  const results = looks.map(({ difference, standardError, units }) =>
    confidenceSequence({ estimate: difference, standardError, units, alpha: ALPHA, plannedUnits }),
  );
  return running(results).at(-1)!;
}

function sequenceScenario(setting: string, draw: DrawDay, control: number): Scenario {
  return {
    topic: "sequential",
    setting,
    through: "statistics",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const after = (lift: number) => sequenceOf(watch(sampler, draw, lift, everyDay(UNITS)), 2 * UNITS);
      const lift = 0.1;
      const [called, missed] = countWorlds(worlds, () => {
        const nothing = after(0);
        const something = after(lift);
        const truth = lift * control;
        const { bounds } = something;
        return [
          Math.exp(nothing.logP ?? 0) < ALPHA,
          bounds === null || truth < bounds.lower || truth > bounds.upper,
        ];
      });
      return [
        checkCount("called different at any of 28 daily looks", "at-most", ALPHA, { count: called!, worlds }),
        checkCount("the running interval loses the truth", "at-most", ALPHA, { count: missed!, worlds }),
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
      const baseline = { kind: "rate", rate: 0.1 } as const;
      const trial = openTrial({ kind: "conversion", baseline, mde: { kind: "relative", value: 0.17 } });
      const [shown] = countWorlds(worlds, () => {
        const looks = watch(sampler, dailyRate, lift, everyDay(UNITS));
        return [looks.some(({ arms }) => comparePrimary(trial, arms)[0]!.harm!.shown)];
      });
      return [checkCount(check.claim, check.type, check.rate, { count: shown!, worlds })];
    },
  };
}

/** Anytime-valid claims, looked at every day. */
export const confidenceSequences: readonly Scenario[] = [
  sequenceScenario("rates of 10%, 200 a day and arm", dailyRate, 0.1),
  sequenceScenario("normal, 200 a day and arm", dailyMean, 10),
  harmScenario("no effect, rates of 10%, 200 a day and arm", 0, {
    claim: "harm is shown at any of 28 daily looks",
    type: "at-most",
    rate: ALPHA,
  }),
  harmScenario("30% worse, rates of 10%, 200 a day and arm", -0.3, {
    claim: "harm is shown by the last look",
    type: "at-least",
    rate: 0.9,
  }),
];
