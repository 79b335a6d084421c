import { decidingComparisons } from "../inference/metric-estimate.ts";
import type { Baseline } from "../model/metric.ts";
import type { Moments } from "../statistics/moments.ts";
import { checkCount } from "./check.ts";
import { clusteredArm } from "./hard-worlds.ts";
import { drawMean, drawNormals, drawRate } from "./moments-of-worlds.ts";
import { ALPHA, type Design, openTrial, POWER, plannedUnits, RANDOMISED, type Trial } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { compareSeen, estimateTrial, judgeTrial, type Seen, seenOf } from "./trial.ts";

interface PlannedDesign {
  readonly setting: string;
  readonly design: Design & { readonly baseline: Baseline };
  /** `at-least`: the plan reckons with less than the analysis has. */
  readonly type: "exact" | "at-least";
  readonly claim: string;
  /** The first variant's true lift; the other variants do nothing. */
  readonly lift: number;
  /** The variants that have it, in place of the first. */
  readonly movedCells?: readonly number[];
  /** Its units are drawn one by one. */
  readonly slow?: boolean;
  /** Default: what the baseline says. */
  readonly draw?: (sampler: Sampler, lift: number, units: number) => Moments;
  readonly succeeds: (trial: Trial, seen: Seen, sampler: Sampler) => boolean;
}

const rate = (value: number): Baseline => ({ kind: "rate", rate: value });
const mean = (value: number, standardDeviation: number, reporting = 1): Baseline => ({
  kind: "mean",
  mean: value,
  standardDeviation,
  reporting,
});
const relative = (value: number) => ({ kind: "relative", value }) as const;
const absolute = (value: number) => ({ kind: "absolute", value }) as const;

const found: PlannedDesign["succeeds"] = (trial, seen) => {
  const [metric] = estimateTrial(trial, [seen]);
  return (decidingComparisons(metric!)[0]!.adjustedPValue ?? 1) < ALPHA;
};
const shownSafe: PlannedDesign["succeeds"] = (trial, seen) =>
  compareSeen(trial, seen)[0]!.nonInferiority!.established;

/** 1 to 19 of them, as likely each. */
const CLUSTERS = { meanSize: 10, sizeVariation: Math.sqrt(30) / 10, intraclassCorrelation: 0.2 };

const FOUND = { claim: "the effect planned for is found", succeeds: found } as const;
const SAFE = { claim: "shown not worse where nothing changes", succeeds: shownSafe, lift: 0 } as const;

const DESIGNS: readonly PlannedDesign[] = [
  {
    ...FOUND,
    setting: "conversion, 10%, MDE 10%, two equal arms",
    design: { kind: "conversion", baseline: rate(0.1), mde: relative(0.1) },
    type: "exact",
    lift: 0.1,
  },
  {
    ...FOUND,
    setting: "conversion, 10%, MDE 15%, split 80 : 20",
    design: { kind: "conversion", baseline: rate(0.1), mde: relative(0.15), split: [4, 1] },
    type: "exact",
    lift: 0.15,
  },
  {
    ...FOUND,
    setting: "conversion, 30%, lower is better, MDE 2 points, split 30 : 70",
    design: { kind: "conversion", better: "lower", baseline: rate(0.3), mde: absolute(0.02), split: [3, 7] },
    type: "exact",
    lift: -0.02 / 0.3,
  },
  {
    ...FOUND,
    setting: "sum, mean 20 ± 40, MDE 10%, two equal arms",
    design: { kind: "sum", baseline: mean(20, 40), mde: relative(0.1) },
    type: "exact",
    lift: 0.1,
  },
  {
    ...FOUND,
    setting: "count, mean 3 ± 4, MDE 0.3, split 1 : 3",
    design: { kind: "count", baseline: mean(3, 4), mde: absolute(0.3), split: [1, 3] },
    type: "exact",
    lift: 0.1,
  },
  {
    ...FOUND,
    setting: "mean that 40% of units report, 50 ± 30, MDE 5%",
    design: { kind: "mean", baseline: mean(50, 30, 0.4), mde: relative(0.05) },
    type: "exact",
    lift: 0.05,
  },
  {
    ...FOUND,
    setting: "ratio, 5 ± 3 by the delta method, MDE 4%",
    design: { kind: "ratio", baseline: mean(5, 3), mde: relative(0.04) },
    type: "exact",
    lift: 0.04,
  },
  {
    ...FOUND,
    setting: "conversion, 10%, MDE 15%, three variants of which one works, Holm",
    design: { kind: "conversion", baseline: rate(0.1), mde: relative(0.15), split: [1, 1, 1, 1] },
    type: "at-least",
    lift: 0.15,
  },
  {
    ...FOUND,
    setting: "sum, mean 20 ± 40, MDE 10%, four variants, the control twice as large, Holm",
    design: { kind: "sum", baseline: mean(20, 40), mde: relative(0.1), split: [2, 1, 1, 1, 1] },
    type: "at-least",
    lift: 0.1,
  },
  {
    ...SAFE,
    setting: "non-inferiority, conversion, 20%, margin 8%",
    design: { kind: "conversion", baseline: rate(0.2), margin: relative(0.08) },
    type: "exact",
  },
  {
    ...SAFE,
    setting: "non-inferiority, conversion, 5%, lower is better, margin 1 point, split 2 : 1",
    design: {
      kind: "conversion",
      better: "lower",
      baseline: rate(0.05),
      margin: absolute(0.01),
      split: [2, 1],
    },
    type: "exact",
  },
  {
    ...SAFE,
    setting: "non-inferiority, sum, 20 ± 40, margin 10%, split 1 : 2",
    design: { kind: "sum", baseline: mean(20, 40), margin: relative(0.1), split: [1, 2] },
    type: "exact",
  },
  {
    ...SAFE,
    setting: "non-inferiority, mean, 300 ± 200, lower is better, margin 15",
    design: { kind: "mean", better: "lower", baseline: mean(300, 200), margin: absolute(15) },
    type: "exact",
  },
  {
    setting: "conversion, 10%, MDE 10%, with a guardrail, 20 ± 40, margin 8%",
    design: {
      kind: "conversion",
      baseline: rate(0.1),
      mde: relative(0.1),
      guardrail: { kind: "sum", baseline: mean(20, 40), margin: relative(0.08) },
    },
    claim: "shipped, the guardrail untouched",
    type: "at-least",
    lift: 0.1,
    succeeds: (trial, seen, sampler) =>
      judgeTrial(trial, [seen, { arms: seen.arms.map(({ units }) => drawMean(sampler, 20, 40, units)) }]) ===
      "ship",
  },
  {
    ...FOUND,
    setting: "sum, mean 10 ± 2, MDE 1%, CUPED with a correlation of .7",
    design: {
      kind: "sum",
      cuped: true,
      baseline: { ...mean(10, 2), cuped: { correlation: 0.7 } },
      mde: relative(0.01),
    },
    type: "exact",
    lift: 0.01,
    draw: (sampler, lift, units) =>
      drawNormals(
        sampler,
        { means: [10 * (1 + lift), 5], factor: [[2], [0.7 * 3, Math.sqrt(1 - 0.7 ** 2) * 3]] },
        units,
      ),
  },
  {
    ...FOUND,
    setting: "sum per user of organisations that are randomised, 1 to 19 users each, ICC .2, MDE 5%",
    design: {
      kind: "sum",
      clustered: true,
      baseline: { ...mean(10, 3), clusters: { [RANDOMISED]: CLUSTERS } },
      mde: relative(0.05),
    },
    type: "exact",
    lift: 0.05,
    slow: true,
    draw: (sampler, lift, units) => clusteredArm(sampler, units, lift).clusters,
  },
  {
    ...FOUND,
    setting: "main effects of 3 × 2 values, conversion, 10%, MDE 15%, one value works, Holm",
    design: {
      kind: "conversion",
      baseline: rate(0.1),
      mde: relative(0.15),
      parameters: { price: [1, 2, 3], steps: [1, 2] },
    },
    type: "at-least",
    lift: 0.15,
    movedCells: [2, 3],
  },
];

/** What `plan` promises of as many units as it asks for. */
export const plannedPower: readonly Scenario[] = DESIGNS.map((planned) => ({
  topic: "planned power",
  setting: planned.setting,
  through: planned.claim.startsWith("shipped") ? "verdict" : "estimate",
  negativeControl: false,
  check: (sampler, size) => {
    const { design, movedCells = [1], draw = drawArm(design) } = planned;
    const worlds = planned.slow ? size.slowWorlds : size.worlds;
    const trial = openTrial(design);
    const units = plannedUnits(trial);
    const [count] = countWorlds(worlds, () => {
      const arms = units.map((many, arm) => draw(sampler, movedCells.includes(arm) ? planned.lift : 0, many));
      return [planned.succeeds(trial, seenOf(design, arms), sampler)];
    });
    return [
      checkCount(`${planned.claim} (${units.join(" : ")} units)`, planned.type, POWER, {
        count: count!,
        worlds,
      }),
    ];
  },
}));

/** Arms with the baseline that was planned with. */
function drawArm({ kind, baseline }: PlannedDesign["design"]): NonNullable<PlannedDesign["draw"]> {
  return (sampler, lift, units) => {
    if (baseline.kind === "rate") return drawRate(sampler, baseline.rate * (1 + lift), units);
    if (baseline.kind === "quantile") throw new Error("a quantile has no moments to draw");
    const { standardDeviation, reporting } = baseline;
    const value = baseline.mean * (1 + lift);
    if (kind !== "ratio")
      return drawMean(sampler, value, standardDeviation, sampler.binomial(units, reporting));
    // A denominator 4 ± 1; the numerator is the ratio times it, and noise, which is what linearising leaves.
    const spread = Math.hypot(value, 4 * standardDeviation);
    const shared = value / spread;
    const factor = [[spread], [shared, Math.sqrt(1 - shared ** 2)]];
    return drawNormals(sampler, { means: [4 * value, 4], factor }, units);
  };
}
