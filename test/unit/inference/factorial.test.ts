import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment, Variant } from "../../../src/model/experiment.ts";
import { type Moments, momentsOf } from "../../../src/statistics/moments.ts";
import { decide } from "../../../src/verdict/decide.ts";
import { drawRows } from "./park-miller.ts";
import { experimentOf, meanMoments, metricOf, observationOf, planOf } from "./trial-fixture.ts";

const CELLS = [
  { headline: "bold", price: 9 },
  { headline: "bold", price: 12 },
  { headline: "bold", price: 15 },
  { headline: "plain", price: 9 },
  { headline: "plain", price: 12 },
  { headline: "plain", price: 15 },
] as const;

const variants: readonly Variant[] = CELLS.map((params, index) => ({
  key: `headline=${params.headline},price=${params.price}`,
  share: index < 4 ? 166_667 : 166_666,
  params,
}));

function factorial(change: Partial<Experiment["analysis"]> = {}, rest: Partial<Experiment> = {}): Experiment {
  const base = experimentOf({
    variants,
    control: variants[0]!.key,
    default: variants[0]!.key,
    draw: { kind: "parameters", parameters: [] },
    primary: { metric: metricOf("revenue", "sum"), goal: "better", margin: null },
    mde: { kind: "relative", value: 0.05 },
    ...rest,
  });
  return { ...base, analysis: { ...base.analysis, effects: "main", dose: "price", ...change } };
}

const UNITS = [400, 410, 390, 405, 395, 420];
const MEANS = [10, 10.6, 11.5, 10.8, 11.6, 12.1];
const arms = UNITS.map((units, cell) =>
  momentsOf(
    drawRows(101 + cell, units, (next) => [MEANS[cell]! + 4 * (next() + next() + next() - 1.5)]),
    1,
  ),
);

function estimatesOf(experiment: Experiment, metrics: Readonly<Record<string, readonly Moments[]>>) {
  return estimate({ experiment, plan: planOf(experiment, 300), observation: observationOf(metrics) });
}

/** Expected values: the same rows in Python; scipy's ttest_ind, numpy's lstsq on the cells' means. */
describe("two headlines by three prices", () => {
  const [revenue] = estimatesOf(factorial(), { revenue: arms });
  const effects = revenue!.effects;

  test("each value is compared with its parameter's first, over the other parameter's values", () => {
    expect(effects.map(({ parameter, value, against }) => [parameter, value, against])).toEqual([
      ["headline", "plain", "bold"],
      ["price", 12, 9],
      ["price", 15, 9],
    ]);
    expect(effects.map(({ variants: [a, b] }) => [a!.variant, a!.units, b!.variant, b!.units])).toEqual([
      ["headline=bold", 1200, "headline=plain", 1220],
      ["price=9", 805, "price=12", 805],
      ["price=9", 805, "price=15", 810],
    ]);
  });

  test.each([
    [0, 0.7100078619320112, 8.416196740040581, 2403.7876055573697, 6.582167659673032e-17, 0.5445779264232804],
    [1, 0.6498685210278801, 6.48615288825878, 1603.2652984040042, 1.1698429530670045e-10, 0.4533450641033003],
    [
      2, 1.3347140822902865, 12.954300274878438, 1612.9999710942984, 1.3857078197277472e-36,
      1.1326224281845547,
    ],
  ])("effect %i", (index, difference, statistic, df, pValue, lower) => {
    const { comparison } = effects[index]!;
    expect(comparison.absolute.estimate).toBeCloseTo(difference, 11);
    expect(comparison.absolute.lower).toBeCloseTo(lower, 10);
    expect(comparison.statistic).toBeCloseTo(statistic, 9);
    expect(comparison.degreesOfFreedom).toBeCloseTo(df, 5);
    expect(comparison.pValue! / pValue).toBeCloseTo(1, 8);
  });

  test("Holm over the primary's main effects; the cells have a family of their own", () => {
    const p = effects.map(({ comparison }) => comparison.pValue!);
    const adjusted = effects.map(({ comparison }) => comparison.adjustedPValue!);
    expect(adjusted[2]).toBeCloseTo(3 * p[2]!, 45);
    expect(adjusted[0]! / (2 * p[0]!)).toBeCloseTo(1, 12);
    expect(adjusted[1]).toBe(p[1]);
    const cells = revenue!.comparisons.map(({ pValue }) => pValue!);
    expect(cells).toHaveLength(5);
    expect(Math.min(...revenue!.comparisons.map(({ adjustedPValue }) => adjustedPValue!))).toBeCloseTo(
      5 * Math.min(...cells),
      30,
    );
  });

  test("whether the effects add up", () => {
    expect(revenue!.interaction!.statistic).toBeCloseTo(4.985081794272007, 9);
    expect(revenue!.interaction!.degreesOfFreedom).toBe(2);
    expect(revenue!.interaction!.pValue).toBeCloseTo(0.08269956829195033, 10);
  });

  test("the trend over the price, and whether it is a line", () => {
    const dose = revenue!.dose!;
    expect(dose.slope.estimate).toBeCloseTo(0.222458350659818, 11);
    expect(dose.slope.lower).toBeCloseTo(0.18877625562112463, 11);
    expect(dose.slope.upper).toBeCloseTo(0.25614044569851135, 11);
    expect(dose.degreesOfFreedom).toBeCloseTo(1613.0001370707191, 5);
    expect(dose.pValue! / 1.380957937015808e-36).toBeCloseTo(1, 8);
    expect(dose.curvature!.statistic).toBeCloseTo(0.04132807002194276, 10);
    expect(dose.curvature!.pValue).toBeCloseTo(0.8389059761756171, 10);
    expect(dose.levels.map(({ value, units }) => [value, units])).toEqual([
      [9, 805],
      [12, 805],
      [15, 810],
    ]);
  });

  test("two doses: Welch's test over their distance", () => {
    const two = factorial({ effects: "cells" }, { variants: variants.slice(0, 2) });
    const [found] = estimatesOf(two, { revenue: arms.slice(0, 2) });
    const { comparisons, dose, effects: none } = found!;
    expect(none).toEqual([]);
    expect(dose!.slope.estimate).toBeCloseTo(comparisons[0]!.absolute.estimate! / 3, 12);
    expect(dose!.slope.lower).toBeCloseTo(comparisons[0]!.absolute.lower! / 3, 12);
    expect(dose!.pValue! / comparisons[0]!.pValue!).toBeCloseTo(1, 10);
    expect(dose!.curvature).toBeNull();
  });
});

describe("the verdict on main effects", () => {
  const load = {
    metric: metricOf("load", "sum", "lower"),
    margin: { kind: "relative", value: 0.2 },
  } as const;
  const judge = (cells: readonly Moments[], guardrail: readonly Moments[] | null = null) => {
    const experiment = factorial({}, { guardrails: guardrail ? [load] : [] });
    const metrics = guardrail ? { revenue: cells, load: guardrail } : { revenue: cells };
    const observation = observationOf(metrics);
    const plan = planOf(experiment, 300);
    return decide({ experiment, plan, observation, estimates: estimate({ experiment, plan, observation }) });
  };
  const codes = ({ reasons }: ReturnType<typeof judge>, decides: boolean) =>
    reasons.filter((reason) => reason.decides === decides).map(({ code, variant }) => [code, variant]);

  test("recommends the cell of the winning values, and says what each of them did", () => {
    const verdict = judge(arms);
    expect(verdict).toMatchObject({ decision: "ship", variant: "headline=plain,price=15" });
    expect(codes(verdict, true)).toEqual([
      ["significant-benefit", "price=15"],
      ["significant-benefit", "headline=plain"],
      ["recommended-combination", "headline=plain,price=15"],
    ]);
    expect(verdict.summary).toMatch(
      /^Ship headline=plain,price=15: revenue \+12\.\d+% \(.*\) for price=15 and \+6\./,
    );
    expect(verdict.reasons.find(({ code }) => code === "recommended-combination")).toMatchObject({
      units: 420,
    });
  });

  test("a value that does not win leaves its parameter's first", () => {
    const flat = [10, 10, 11, 10, 10, 11].map((mean) => meanMoments(mean, 2, 400));
    expect(judge(flat)).toMatchObject({ decision: "ship", variant: "headline=bold,price=15" });
  });

  test("a guardrail is asked of each value", () => {
    const loads = (price15: number) =>
      [1, 1, price15, 1, 1, price15].map((mean) => meanMoments(mean, 0.5, 400));
    expect(judge(arms, loads(1))).toMatchObject({ decision: "ship", variant: "headline=plain,price=15" });
    const held = judge(arms, loads(1.5));
    expect(held).toMatchObject({ decision: "ship", variant: "headline=plain,price=12" });
    expect(codes(held, false)).toContainEqual(["guardrail-worse", "price=15"]);
  });

  test("where effects do not add up, the combination has to win by itself", () => {
    const of = (means: readonly number[]) => means.map((mean) => meanMoments(mean, 2, 400));
    const better = judge(of([10, 10, 10, 10, 10, 12]));
    expect(better).toMatchObject({ decision: "ship", variant: "headline=plain,price=15" });
    expect(codes(better, false)).toContainEqual(["parameters-interact", undefined]);
    const refuted = judge(of([10, 14, 10, 12.5, 10, 12.5]));
    expect(refuted).toMatchObject({ decision: "inconclusive", variant: null });
    expect(codes(refuted, true)).toEqual([["parameters-interact", undefined]]);
    expect(refuted.summary).toContain("the combination of them does not win by itself");
  });

  test("an empty cell is still an empty arm", () => {
    const cells = [...arms.slice(0, 5), meanMoments(0, 0, 0)];
    expect(judge(cells)).toMatchObject({ decision: "invalid" });
  });
});
