import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Moments } from "../../../src/statistics/moments.ts";
import { checkout, experimentOf, metricOf, observationOf, planOf, rateMoments } from "./trial-fixture.ts";

const MARGIN = { kind: "absolute", value: 0.003 } as const;

function estimatesOf(change: Partial<Experiment>, arms: Record<string, readonly Moments[]>) {
  const experiment = experimentOf(change);
  return estimate({ experiment, plan: planOf(experiment, 10_201), observation: observationOf(arms) });
}

describe("245 of 5,000 against 290 of 5,000", () => {
  const [estimates] = [estimatesOf({}, checkout)];
  const comparison = estimates[0]!.comparisons[0]!;

  test("arms: the count, the rate, Wilson's interval", () => {
    const [control] = estimates[0]!.variants;
    expect(control).toMatchObject({ variant: "control", units: 5000, sum: 245, mean: 0.049 });
    expect(control!.standardDeviation).toBeCloseTo(0.2159, 4);
    expect(control!.interval!.lower).toBeCloseTo(0.0434, 4);
    expect(control!.interval!.upper).toBeCloseTo(0.0553, 4);
  });

  test("test and intervals agree with the published numbers", () => {
    expect(estimates[0]!.method).toBe("two-proportion z (pooled); Mee and Koopman intervals");
    expect(comparison.statistic).toBeCloseTo(1.99975, 5);
    expect(comparison.degreesOfFreedom).toBeNull();
    expect(comparison.pValue).toBeCloseTo(0.045527, 6);
    expect(comparison.adjustedPValue).toBe(comparison.pValue);
    expect(comparison.absolute.lower).toBeCloseTo(0.0002, 4);
    expect(comparison.absolute.upper).toBeCloseTo(0.0179, 4);
    expect(comparison.relative.estimate).toBeCloseTo(0.1837, 4);
    expect(comparison.relative.lower).toBeCloseTo(0.0034, 4);
    expect(comparison.relative.upper).toBeCloseTo(0.3965, 4);
  });

  test("power, units needed and beliefs agree with the published numbers", () => {
    expect(comparison.power).toBeCloseTo(0.516, 3);
    expect(comparison.powerAtMde).toBeCloseTo(0.501, 3);
    expect(comparison.unitsNeeded).toBe(9813);
    expect(comparison.probabilityToBeatControl).toBeCloseTo(0.977, 3);
    expect(comparison.expectedLoss).toBeCloseTo(0.000038, 6);
    expect(comparison.practical).toBe("unclear");
  });

  test("lower is better: the same effect, the beliefs and the MDE turned", () => {
    const metric = metricOf("checkout-conversion", "conversion", "lower");
    const [turned] = estimatesOf({ primary: { metric, goal: "better", margin: null } }, checkout);
    const worse = turned!.comparisons[0]!;
    expect(worse.absolute).toEqual(comparison.absolute);
    expect(worse.probabilityToBeatControl).toBeCloseTo(1 - comparison.probabilityToBeatControl!, 12);
    expect(worse.expectedLoss! - comparison.expectedLoss!).toBeCloseTo(291 / 5002 - 246 / 5002, 9);
    expect(worse.powerAtMde).toBeGreaterThan(comparison.powerAtMde!);
    expect(worse.practical).toBe("harmful");
  });
});

test("cookie-cats: day-7 and day-1 retention", () => {
  const [day7, day1] = estimatesOf(
    { primary: { metric: metricOf("day-7"), goal: "better", margin: null }, secondary: [metricOf("day-1")] },
    {
      "day-7": [rateMoments(8502, 44_700), rateMoments(8279, 45_489)],
      "day-1": [rateMoments(20_034, 44_700), rateMoments(20_119, 45_489)],
    },
  ).map(({ comparisons }) => comparisons[0]!);
  expect(day7!.statistic).toBeCloseTo(-3.16436, 5);
  expect(day7!.pValue).toBeCloseTo(0.001554, 6);
  expect(day7!.absolute.lower).toBeCloseTo(-0.013282, 6);
  expect(day7!.absolute.upper).toBeCloseTo(-0.003121, 6);
  expect(day7!.relative.lower).toBeCloseTo(-0.068891, 6);
  expect(day7!.relative.upper).toBeCloseTo(-0.016635, 6);
  expect(day7!.practical).toBe("harmful");
  expect(day1!.statistic).toBeCloseTo(-1.78409, 5);
  expect(day1!.pValue).toBeCloseTo(0.07441, 6);
  expect(day1!.absolute.lower).toBeCloseTo(-0.012392, 6);
  expect(day1!.absolute.upper).toBeCloseTo(0.000582, 6);
  expect(day1!.relative.lower).toBeCloseTo(-0.02745, 6);
  expect(day1!.relative.upper).toBeCloseTo(0.001308, 6);
});

/** Expected values: the constrained likelihood maximised numerically by scipy, and its root in the margin. */
describe("not worse than a margin", () => {
  const margins = [
    {
      better: "lower",
      margin: MARGIN,
      arms: [60, 62],
      statistic: 1.1769186,
      pValue: 0.119614,
      bound: -0.00405328,
    },
    {
      better: "higher",
      margin: { kind: "absolute", value: 0.01 },
      arms: [500, 495],
      statistic: 1.502209,
      pValue: 0.06652158,
      bound: -0.01085603,
    },
    {
      better: "lower",
      margin: { kind: "relative", value: 0.2 },
      arms: [300, 310],
      statistic: 1.9070165,
      pValue: 0.02825922,
      bound: -0.17561875,
    },
    {
      better: "higher",
      margin: { kind: "relative", value: 0.1 },
      arms: [300, 290],
      statistic: 0.8946933,
      pValue: 0.18547553,
      bound: -0.15228624,
    },
  ] as const;

  test.each(margins)(
    "$better is better, $margin.kind",
    ({ better, margin, arms, statistic, pValue, bound }) => {
      const guardrail = { metric: metricOf("errors", "conversion", better), margin };
      const estimates = estimatesOf(
        { guardrails: [guardrail] },
        { ...checkout, errors: arms.map((count) => rateMoments(count, 5000)) },
      );
      const { nonInferiority, adjustedPValue } = estimates[1]!.comparisons[0]!;
      expect(nonInferiority!.statistic).toBeCloseTo(statistic, 5);
      expect(nonInferiority!.pValue).toBeCloseTo(pValue, 6);
      expect(nonInferiority!.bound).toBeCloseTo(bound, 6);
      expect(nonInferiority!.established).toBe(pValue < 0.05);
      expect(adjustedPValue).toBeNull();
    },
  );

  test("no error in either arm is safe by an absolute margin, and untestable by a relative one", () => {
    const none = [rateMoments(0, 5000), rateMoments(0, 5000)];
    const [absolute, relative] = [MARGIN, { kind: "relative", value: 0.1 } as const].map((margin) => {
      const guardrails = [{ metric: metricOf("errors", "conversion", "lower"), margin }];
      return estimatesOf({ guardrails }, { ...checkout, errors: none })[1]!.comparisons[0]!;
    });
    expect(absolute!.nonInferiority!.established).toBe(true);
    expect(absolute!.pValue).toBe(1);
    expect(relative!.nonInferiority).toMatchObject({
      statistic: null,
      pValue: null,
      bound: null,
      established: false,
    });
    expect(relative!.notes).toEqual(["small-counts", "relative-undefined"]);
  });
});

test("four successes expected in an arm are too few, five are not", () => {
  const notesOf = (...arms: readonly Moments[]) =>
    estimatesOf({}, { "checkout-conversion": arms })[0]!.comparisons[0]!.notes;
  expect(notesOf(rateMoments(4, 1000), rateMoments(6, 1000))).not.toContain("small-counts");
  expect(notesOf(rateMoments(4, 900), rateMoments(6, 1100))).toContain("small-counts");
  expect(notesOf(rateMoments(896, 900), rateMoments(1094, 1100))).toContain("small-counts");
});
