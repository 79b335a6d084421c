import type { Effect } from "../model/effect.ts";
import type { Moments } from "../statistics/moments.ts";
import { checkCount } from "./check.ts";
import { heavyArm } from "./hard-worlds.ts";
import { drawMean, drawRate } from "./moments-of-worlds.ts";
import { ALPHA, type Design, openTrial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { comparePrimary } from "./trial.ts";

interface MarginTest {
  readonly setting: string;
  readonly kind: Design["kind"];
  readonly better: "higher" | "lower";
  readonly margin: Effect;
  readonly slow?: boolean;
  readonly control: (sampler: Sampler) => Moments;
  /** Worse by exactly the margin. */
  readonly variant: (sampler: Sampler) => Moments;
}

const TESTS: readonly MarginTest[] = [
  {
    setting: "conversion, 10% of 4,000, higher is better, margin 2 points",
    kind: "conversion",
    better: "higher",
    margin: { kind: "absolute", value: 0.02 },
    control: (sampler) => drawRate(sampler, 0.1, 4000),
    variant: (sampler) => drawRate(sampler, 0.08, 4000),
  },
  {
    setting: "conversion, 20% of 6,000 against 2,000, lower is better, margin 15%",
    kind: "conversion",
    better: "lower",
    margin: { kind: "relative", value: 0.15 },
    control: (sampler) => drawRate(sampler, 0.2, 6000),
    variant: (sampler) => drawRate(sampler, 0.23, 2000),
  },
  {
    setting: "normal, 1,000 against 500, lower is better, margin 1",
    kind: "mean",
    better: "lower",
    margin: { kind: "absolute", value: 1 },
    control: (sampler) => drawMean(sampler, 20, 8, 1000),
    variant: (sampler) => drawMean(sampler, 21, 12, 500),
  },
  {
    setting: "normal, 800 an arm, higher is better, margin 10% of a control that is only estimated",
    kind: "sum",
    better: "higher",
    margin: { kind: "relative", value: 0.1 },
    control: (sampler) => drawMean(sampler, 5, 6, 800),
    variant: (sampler) => drawMean(sampler, 4.5, 6, 800),
  },
  {
    setting: "lognormal, σ 1, units drawn, 2,000 an arm, lower is better, margin 10%",
    kind: "sum",
    better: "lower",
    margin: { kind: "relative", value: 0.1 },
    slow: true,
    control: (sampler) => heavyArm(sampler, 2000, 0),
    variant: (sampler) => heavyArm(sampler, 2000, 0.1),
  },
];

/** Non-inferiority where the truth lies exactly on the margin. Its power is among the planned designs. */
export const margins: readonly Scenario[] = TESTS.map((test) => ({
  topic: "non-inferiority",
  setting: test.setting,
  through: "estimate",
  negativeControl: false,
  check: (sampler, size) => {
    const worlds = test.slow ? size.slowWorlds : size.worlds;
    const trial = openTrial({ kind: test.kind, better: test.better, margin: test.margin });
    const [established] = countWorlds(worlds, () => {
      const [comparison] = comparePrimary(trial, [test.control(sampler), test.variant(sampler)]);
      return [comparison!.nonInferiority!.established];
    });
    return [checkCount("shown not worse at its margin", "at-most", ALPHA, { count: established!, worlds })];
  },
}));
