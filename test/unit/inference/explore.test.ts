import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { MetricMoments } from "../../../src/query/observation.ts";
import { drawRows } from "./park-miller.ts";
import { experimentOf, meanMoments, metricOf, observationOf, planOf, rateMoments } from "./trial-fixture.ts";

function estimateOne(
  found: Partial<MetricMoments> & Pick<MetricMoments, "arms">,
  kind: "conversion" | "sum",
) {
  const metric = metricOf("goal", kind);
  const experiment = experimentOf({ primary: { metric, goal: "better", margin: null } });
  const observation = observationOf({ goal: found.arms });
  const metrics = observation.metrics.map((moments) => ({ ...moments, ...found }));
  return estimate({
    experiment,
    plan: planOf(experiment, 100),
    observation: { ...observation, metrics },
  })[0]!;
}

describe("breakdowns", () => {
  const value = (name: string | null, a: [number, number], b: [number, number], other = false) => ({
    value: name,
    other,
    arms: [rateMoments(...a), rateMoments(...b)],
    exposed: [a[1], b[1]],
  });
  const arms = [rateMoments(215, 1640), rateMoments(249, 1644)];
  const device = {
    attribute: "device",
    values: [
      value("mobile", [120, 1000], [160, 1010]),
      value("desktop", [90, 600], [80, 590]),
      value("tablet", [5, 40], [9, 44]),
    ],
  };

  /** Expected values: scipy's norm and chi2, Benjamini and Hochberg's step-up written out in Python. */
  test("each value's effect, corrected over all values; one test that effects differ", () => {
    const { breakdowns } = estimateOne({ arms, breakdowns: [device] }, "conversion");
    const [{ attribute, interactions, values } = { attribute: "", interactions: [], values: [] }] =
      breakdowns;
    expect(attribute).toBe("device");
    const found = values.map(({ comparisons }) => comparisons[0]!);
    for (const [index, pValue] of [0.012884361734444877, 0.47764418795499786, 0.3285649834391966].entries())
      expect(found[index]!.pValue).toBeCloseTo(pValue, 12);
    for (const [index, pValue] of [0.03865308520333463, 0.4776441879549978, 0.4776441879549978].entries())
      expect(found[index]!.adjustedPValue).toBeCloseTo(pValue, 12);
    expect(interactions[0]!.statistic).toBeCloseTo(4.837275175694646, 9);
    expect(interactions[0]).toMatchObject({ variant: "one-page", degreesOfFreedom: 2, reversed: false });
    expect(interactions[0]!.pValue).toBeCloseTo(0.08904284791582023, 10);
    expect(values[0]).toMatchObject({ units: { control: 1000, "one-page": 1010 }, means: { control: 0.12 } });
    expect(found[2]!.notes).toEqual([]);
  });

  test("over several attributes: one correction of the values, one of the interactions", () => {
    const country = {
      attribute: "country",
      values: [value("de", [100, 800], [101, 800]), value(null, [115, 840], [148, 844])],
    };
    const { breakdowns } = estimateOne({ arms, breakdowns: [device, country] }, "conversion");
    const all = breakdowns.flatMap(({ values }) => values.map(({ comparisons }) => comparisons[0]!));
    const smallest = Math.min(...all.map(({ pValue }) => pValue!));
    expect(Math.min(...all.map(({ adjustedPValue }) => adjustedPValue!))).toBeCloseTo(5 * smallest, 12);
    const tests = breakdowns.map(({ interactions }) => interactions[0]!);
    const [low, high] = tests.map(({ pValue }) => pValue!).sort((x, y) => x - y) as [number, number];
    const raised = tests.map(({ adjustedPValue }) => adjustedPValue!).sort((x, y) => x - y);
    expect(raised[0]).toBeCloseTo(Math.min(2 * low, high), 12);
    expect(raised[1]).toBeCloseTo(high, 12);
  });

  test("an overall effect against that of every value: the mix differs", () => {
    const mixed = [value("a", [90, 100], [630, 700]), value("b", [140, 700], [21, 100])];
    const better = [value("a", [91, 100], [630, 700]), value("b", [147, 700], [20, 100])];
    const total = [rateMoments(238, 800), rateMoments(650, 800)];
    const reversed = estimateOne(
      { arms: total, breakdowns: [{ attribute: "x", values: better }] },
      "conversion",
    );
    expect(reversed.breakdowns[0]!.interactions[0]!.reversed).toBe(true);
    const same = estimateOne({ arms: total, breakdowns: [{ attribute: "x", values: mixed }] }, "conversion");
    expect(same.breakdowns[0]!.interactions[0]!.reversed).toBe(false);
  });

  test("a value without units in an arm has no comparison and bears on no other", () => {
    const lonely = { attribute: "device", values: [...device.values, value("watch", [0, 0], [3, 9])] };
    const { breakdowns } = estimateOne({ arms, breakdowns: [lonely] }, "conversion");
    expect(breakdowns[0]!.values[3]!.comparisons[0]).toMatchObject({ pValue: null, notes: ["no-units"] });
    expect(breakdowns[0]!.interactions[0]!.degreesOfFreedom).toBe(2);
  });
});

test("the effect by days since exposure", () => {
  const day = (from: number, means: readonly [number, number]) => ({
    from: from * 86_400_000,
    to: (from + 1) * 86_400_000,
    arms: [meanMoments(means[0], 2, 500), meanMoments(means[1], 2, 520)],
    exposed: [500, 520],
  });
  const arms = [meanMoments(3, 3, 500), meanMoments(3.5, 3, 520)];
  const { byAge } = estimateOne({ arms, byAge: [day(0, [2, 2.4]), day(1, [1, 1.1])] }, "sum");
  expect(byAge.map(({ from, to, units }) => [from, to, units.control])).toEqual([
    [0, 1, 500],
    [1, 2, 500],
  ]);
  expect(byAge[0]!.comparisons[0]!.absolute.estimate).toBeCloseTo(0.4, 12);
  expect(byAge[1]!.comparisons[0]!.adjustedPValue).toBeNull();
});

describe("sensitivity", () => {
  const draw = (seed: number, units: number, none: number, most: number) =>
    drawRows(seed, units, (next) => (next() < none ? 0 : Math.floor(most * next() ** 3) + 1));
  const [a, b] = [draw(31, 500, 0.6, 20), draw(37, 480, 0.55, 22)];
  const bins = {
    variables: 1 as const,
    counts: [...new Set([...a, ...b])]
      .sort((x, y) => x - y)
      .map((value) => ({
        values: [value],
        units: [a, b].map((arm) => arm.filter((each) => each === value).length),
      })),
  };
  const arms = [meanMoments(1, 3, 500), meanMoments(1.4, 3, 480)];

  /** Expected values: scipy's mannwhitneyu (asymptotic, no continuity), numpy's median and 40,000 resamples. */
  test("ranks, medians and a resampled interval of the difference", () => {
    const { sensitivity } = estimateOne({ arms, bins }, "sum").comparisons[0]!;
    expect(sensitivity!.rank!.statistic).toBe(125397);
    expect(sensitivity!.rank!.pValue).toBeCloseTo(0.177982806260513, 11);
    expect(sensitivity!.rank!.probability).toBeCloseTo(0.5224875, 12);
    expect(sensitivity!.median).toEqual({ control: 0, variant: 0, difference: 0 });
    expect(sensitivity!.bootstrap!.lower).toBeGreaterThan(-0.26);
    expect(sensitivity!.bootstrap!.lower).toBeLessThan(-0.13);
    expect(sensitivity!.bootstrap!.upper).toBeGreaterThan(0.97);
    expect(sensitivity!.bootstrap!.upper).toBeLessThan(1.11);
  });

  test("the same bytes again; none for zeros and ones", () => {
    const [once, again] = [1, 2].map(() => estimateOne({ arms, bins }, "sum").comparisons[0]!.sensitivity);
    expect(again).toEqual(once);
    const rates = [rateMoments(40, 500), rateMoments(48, 480)];
    expect(estimateOne({ arms: rates, bins }, "conversion").comparisons[0]!.sensitivity).toBeNull();
  });
});
