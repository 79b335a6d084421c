import { checkCount } from "./check.ts";
import { rarePayersArm } from "./hard-worlds.ts";
import { drawMean, drawRate } from "./moments-of-worlds.ts";
import { ALPHA, openTrial } from "./open-trial.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { checkTails } from "./tail-counts.ts";
import { comparePrimary, judgeTrial } from "./trial.ts";

/** Several variants, one control: what Holm's adjustment and the verdict promise. */
export const families: readonly Scenario[] = [
  {
    topic: "several variants",
    setting: "three variants, 10% of 3,000 each, Holm",
    through: "estimate",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const trial = openTrial({ kind: "conversion", split: [1, 1, 1, 1] });
      return checkTails("at-most", worlds, () => {
        const compared = comparePrimary(
          trial,
          [0, 1, 2, 3].map(() => drawRate(sampler, 0.1, 3000)),
        );
        return Math.min(...compared.map(({ adjustedPValue }) => adjustedPValue ?? 1));
      });
    },
  },
  {
    topic: "several variants",
    setting: "one of three variants is better by 1, normal, 400 against 200 each, Holm",
    through: "estimate",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const trial = openTrial({ kind: "sum", split: [2, 1, 1, 1] });
      const [wrong] = countWorlds(worlds, () => {
        const arms = [0, 1, 0, 0].map((effect, arm) => drawMean(sampler, effect, 3, arm === 0 ? 400 : 200));
        const [, ...unmoved] = comparePrimary(trial, arms);
        return [unmoved.some(({ adjustedPValue }) => (adjustedPValue ?? 1) < ALPHA)];
      });
      return [
        checkCount("any of the others is called different", "at-most", ALPHA, { count: wrong!, worlds }),
      ];
    },
  },
  {
    topic: "verdict",
    setting: "A/A of three variants, 10% of 3,000 each",
    through: "verdict",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const trial = openTrial({ kind: "conversion", split: [1, 1, 1, 1] });
      const [shipped, refused] = countWorlds(worlds, () => {
        const decision = judgeTrial(trial, [{ arms: [0, 1, 2, 3].map(() => drawRate(sampler, 0.1, 3000)) }]);
        return [decision === "ship", decision === "do-not-ship"];
      });
      return [
        checkCount("ship", "at-most", ALPHA / 2, { count: shipped!, worlds }),
        checkCount("do not ship", "at-most", ALPHA / 2, { count: refused!, worlds }),
      ];
    },
  },
  {
    topic: "verdict",
    setting: "A/A of which 3% of units pay, 1,900 against 100: what no test can judge is not shipped",
    through: "verdict",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const trial = openTrial({ kind: "sum" });
      const [shipped] = countWorlds(worlds, () => {
        const arms = [rarePayersArm(sampler, 1900), rarePayersArm(sampler, 100)];
        return [judgeTrial(trial, [{ arms }]) === "ship"];
      });
      return [checkCount("ship", "at-most", ALPHA / 2, { count: shipped!, worlds })];
    },
  },
  {
    topic: "verdict",
    setting: "a guardrail is worse by all of its margin, the primary truly better",
    through: "verdict",
    negativeControl: false,
    check: (sampler, { slowWorlds: worlds }) => {
      const guardrail = {
        kind: "sum",
        baseline: { kind: "mean", mean: 10, standardDeviation: 5, reporting: 1 },
        margin: { kind: "relative", value: 0.05 },
      } as const;
      const trial = openTrial({ kind: "conversion", guardrail });
      const [shipped] = countWorlds(worlds, () => {
        const primary = [drawRate(sampler, 0.1, 2000), drawRate(sampler, 0.16, 2000)];
        const guarded = [drawMean(sampler, 10, 5, 2000), drawMean(sampler, 10.5, 5, 2000)];
        return [judgeTrial(trial, [{ arms: primary }, { arms: guarded }]) === "ship"];
      });
      return [checkCount("ship", "at-most", ALPHA, { count: shipped!, worlds })];
    },
  },
];
