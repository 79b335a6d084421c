import { describe, expect, test } from "vitest";
import { acceptanceBand } from "../../../src/calibration/band.ts";
import { drawMean, drawRate } from "../../../src/calibration/moments-of-worlds.ts";
import { openSampler } from "../../../src/calibration/sampler.ts";
import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment, Variant } from "../../../src/model/experiment.ts";
import type { Baseline } from "../../../src/model/metric.ts";
import { plan } from "../../../src/plan/make-plan.ts";
import { renderPlan } from "../../../src/report/plan-text.ts";
import type { Moments } from "../../../src/statistics/moments.ts";
import { findHorizon } from "../../../src/verdict/horizon.ts";
import { CONVERSION, DAY, eventMetric, experimentOf, mean, projectOf, rate } from "./sample-project.ts";

const REVENUE = eventMetric("revenue", "sum", { event: "purchase", value: "amount" }, mean(20, 40));

/** Two headlines by three prices. */
function cells(headlines: readonly number[], prices: readonly number[]): readonly Variant[] {
  return headlines.flatMap((ofHeadline, headline) =>
    prices.map((ofPrice, price) => {
      const params = { headline: ["plain", "bold"][headline]!, price: [9, 12, 15][price]! };
      const key = `headline=${params.headline},price=${params.price}`;
      return { key, params, share: Math.round(1_000_000 * ofHeadline * ofPrice) };
    }),
  );
}

const EVEN = cells([0.5, 0.5], [1 / 3, 1 / 3, 1 / 3]).map((cell, index) => ({
  ...cell,
  share: index % 3 === 0 ? 166_668 : 166_666,
}));
const UNEVEN = cells([0.8, 0.2], [0.5, 0.25, 0.25]);

function factorial(
  variants: readonly Variant[],
  baseline: Baseline,
  mde: number,
  effects: "main" | "cells" = "main",
): Experiment {
  const base = experimentOf({
    draw: { kind: "parameters", parameters: [] },
    variants,
    control: variants[0]!.key,
    default: variants[0]!.key,
    primary: {
      metric: { ...(baseline.kind === "rate" ? CONVERSION : REVENUE), baseline },
      goal: "better",
      margin: null,
    },
    mde: { kind: "relative", value: mde },
  });
  return { ...base, analysis: { ...base.analysis, effects } };
}

const planOf = (experiment: Experiment) => plan(projectOf([experiment])).experiments[0]!;
const unitsOf = (experiment: Experiment) => planOf(experiment).sizes[0]!.unitsPerVariant!;

/** By Python: Fleiss's formula (scipy's norm), α .05/3, over the shares of the two groups; then the shares of the cells. */
describe("units", () => {
  test("are those of three comparisons of a value's cells with the first value's, which is half of a cell against a cell", () => {
    const [size] = planOf(factorial(EVEN, rate(0.1), 0.15)).sizes;
    // 8927.05 a price; the shares of a millionth of a unit are what they are.
    expect(size!.alpha).toBe(0.05 / 3);
    for (const units of size!.unitsPerVariant!) {
      expect(Math.abs(units - 4464)).toBeLessThanOrEqual(1);
    }
    expect(size!.formula).toMatch(/, per value of a parameter: all variants that have it/);
    const perCell = planOf(factorial(EVEN, rate(0.1), 0.15, "cells")).sizes[0]!;
    expect(perCell.alpha).toBe(0.05 / 5);
    expect(perCell.formula).not.toMatch(/per value/);
    for (const units of perCell.unitsPerVariant!) expect(Math.abs(units - 9959)).toBeLessThanOrEqual(1);
  });

  test("of uneven shares: the hungriest value sets them, here the headline of a fifth", () => {
    expect(unitsOf(factorial(UNEVEN, rate(0.1), 0.15))).toEqual([10_958, 5479, 5479, 2740, 1370, 1370]);
  });

  test("of means", () => {
    for (const units of unitsOf(factorial(EVEN, mean(20, 40), 0.1)))
      expect(Math.abs(units - 4188)).toBeLessThanOrEqual(1);
  });

  test("give the planned effect back by week, at those units", () => {
    const experiment = factorial(EVEN, mean(20, 40), 0.1);
    const { mdeByWeek, unitsPerDay } = planOf(experiment);
    const week = mdeByWeek.findLast(({ unitsPerVariant }) => unitsPerVariant[0]! > 0)!;
    const total = week.unitsPerVariant.reduce((sum, units) => sum + units, 0);
    expect(total).toBeLessThanOrEqual(unitsPerDay! * 7 * week.week);
    // The MDE goes with 1/√n from 10% at six cells of 4187.65 units.
    expect(week.relative!).toBeCloseTo(0.1 * Math.sqrt((6 * 4187.646) / total), 3);
  });

  test("stand in the plan by value of a parameter", () => {
    const experiment = factorial(UNEVEN, rate(0.1), 0.15);
    const project = projectOf([experiment]);
    const text = renderPlan(plan(project), project, { color: false });
    expect(text).toContain(
      "main effects decide: the sizes are per value of a parameter, over all variants that have it",
    );
    expect(text).toContain("headline=plain 21,916, headline=bold 5,480, price=9 13,698, price=12 6,849");
    const plain = projectOf([experimentOf()]);
    expect(renderPlan(plan(plain), plain, { color: false })).not.toContain("main effects");
  });
});

describe("the promised power", () => {
  const WORLDS = 600;
  const cases: readonly [string, Experiment, number, (price: number, bold: boolean) => boolean, string][] = [
    ["a price, even cells", factorial(EVEN, rate(0.1), 0.15), 0.15, (price) => price === 12, "price=12"],
    ["the rare headline", factorial(UNEVEN, rate(0.1), 0.15), 0.15, (_, bold) => bold, "headline=bold"],
    ["a price, means", factorial(EVEN, mean(20, 40), 0.1), 0.1, (price) => price === 15, "price=15"],
  ];
  test.each(cases)("is reached for %s", (name, experiment, lift, isLifted, effect) => {
    const planned = planOf(experiment);
    const [size] = planned.sizes;
    const sampler = openSampler(7, name);
    const drawn = (): readonly Moments[] =>
      experiment.variants.map(({ params }, index) => {
        const factor = 1 + (isLifted(params.price as number, params.headline === "bold") ? lift : 0);
        const units = size!.unitsPerVariant![index]!;
        return experiment.primary.metric.kind === "conversion"
          ? drawRate(sampler, 0.1 * factor, units)
          : drawMean(sampler, 20 * factor, 40, units);
      });
    let [found, kept] = [0, 0];
    for (let world = 0; world < WORLDS; world++) {
      const arms = drawn();
      const metric = { metric: size!.metric, arms, exposed: arms.map(({ units }) => units) };
      const [primary] = estimate({ experiment, plan: planned, observation: { metrics: [metric] } });
      const { comparison } = primary!.effects.find((each) => each.comparison.variant === effect)!;
      if (comparison.pValue! < size!.alpha) found++;
      if (comparison.adjustedPValue! < 0.05) kept++;
    }
    const { least, most } = acceptanceBand(0.8, WORLDS);
    expect(found).toBeGreaterThanOrEqual(least);
    expect(found).toBeLessThanOrEqual(most);
    expect(kept).toBeGreaterThanOrEqual(found);
  });
});

describe("the horizon", () => {
  const experiment = factorial(UNEVEN, rate(0.1), 0.15);
  const planned = planOf(experiment);
  const asOf = Date.parse("2026-11-17T00:00:00Z");
  const instant = Date.parse("2026-11-16T00:00:00Z");
  const horizonAt = (units: readonly number[]) =>
    findHorizon({
      ...{ experiment, timezone: "UTC", asOf, plan: planned },
      maturity: [{ instant, window: 7 * DAY, units }],
    }).by;
  const needed = planned.sizes[0]!.unitsPerVariant!;
  const moved = (from: number, to: number) =>
    needed.map((units, cell) => units + (cell === to ? 1 : 0) - (cell === from ? 1 : 0));

  test("asks for the units of every value, not of every cell", () => {
    expect(horizonAt(needed)).toBe("planned-units");
    const [plain9, plain12, bold9, bold12] = [0, 1, 3, 4] as const;
    const traded = moved(plain9, plain12).map(
      (units, cell) => units + (cell === bold9 ? 1 : 0) - (cell === bold12 ? 1 : 0),
    );
    expect(traded).not.toEqual(needed);
    expect(horizonAt(traded)).toBe("planned-units");
  });

  test("is not there where one value has a unit too few", () => {
    expect(horizonAt(moved(0, 1))).toBe("end");
    expect(horizonAt(moved(0, 3))).toBe("end");
  });
});
