import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import type { LookMethod } from "../../../src/model/experiment.ts";
import { decide } from "../../../src/verdict/decide.ts";
import { estimateFollowed, type Followed, follow } from "./run-fixture.ts";
import { experimentOf, metricOf, rateMoments } from "./trial-fixture.ts";

const CONVERSION = "checkout-conversion";
const analysisBy = (method: LookMethod) => ({ analysis: { ...experimentOf().analysis, method } });

/** Successes and units of control and variant, so far. */
const RATES = [
  [30, 300, 36, 300],
  [60, 620, 80, 610],
  [95, 950, 130, 940],
  [124, 1250, 178, 1240],
] as const;
const ratesOf = (rows: readonly (readonly number[])[]) =>
  rows.map(([xA, nA, xB, nB]) => [rateMoments(xA!, nA!), rateMoments(xB!, nB!)]);

function judged(method: LookMethod, change: Partial<Followed> = {}) {
  const run = { experiment: analysisBy(method), days: { [CONVERSION]: ratesOf(RATES) }, ...change };
  return estimateFollowed(run)[0]!.comparisons[0]!;
}

/** Expected values: A.14's formulas written out in Python, Fieller's as the roots of B − (1+ρ)A. */
describe("the sequential design", () => {
  test("keeps the smallest p and what no interval has excluded", () => {
    const { pValue, absolute, relative, look, statistic } = judged("sequential");
    expect(pValue).toBeCloseTo(0.020277872736429, 12);
    expect(statistic).toBeCloseTo(3.393671912103633, 10);
    expect(absolute.estimate).toBeCloseTo(0.0443483870967742, 12);
    expect(absolute.lower).toBeCloseTo(0.004396599292789, 12);
    expect(absolute.upper).toBeCloseTo(0.084300174900759, 12);
    expect(relative.lower).toBeCloseTo(0.037862873278627, 10);
    expect(relative.upper).toBeCloseTo(1.067261370925698, 10);
    expect(look).toMatchObject({
      number: 4,
      day: "2026-11-05",
      units: 2490,
      plannedUnits: 4000,
      fraction: 0.6225,
      crossed: { number: 4, day: "2026-11-05" },
    });
    expect(look!.boundary).toBeCloseTo(3.0572309160386766, 10);
  });

  test("shows what is not worse by the one-sided sequence", () => {
    const guardrail = {
      metric: metricOf("errors", "conversion"),
      margin: { kind: "relative", value: 0.1 },
    } as const;
    const estimates = estimateFollowed({
      experiment: { ...analysisBy("sequential"), guardrails: [guardrail] },
      days: { [CONVERSION]: ratesOf(RATES), errors: ratesOf(RATES) },
    });
    const { nonInferiority } = estimates[1]!.comparisons[0]!;
    expect(nonInferiority!.established).toBe(true);
    expect(nonInferiority!.bound).toBeCloseTo(0.066583765564631, 10);
    expect(nonInferiority!.pValue).toBeCloseTo(0.000632467580772, 10);
    expect(nonInferiority!.statistic).toBeCloseTo(4.328632624628938, 9);
  });

  test("takes no look before both arms have 100 units, and says so", () => {
    const days = { [CONVERSION]: ratesOf([[9, 99, 30, 300]]) };
    const found = judged("sequential", { days });
    expect(found).toMatchObject({ pValue: null, look: null, statistic: null, power: null });
    expect(found.absolute).toMatchObject({ lower: null, upper: null });
    expect(found.absolute.estimate).toBeCloseTo(0.1 - 9 / 99, 12);
    expect(found.notes).toContain("no-look");
  });

  test("has nothing to say where looks exclude each other's effects", () => {
    const days = {
      [CONVERSION]: ratesOf([
        [100, 1000, 400, 1000],
        [5000, 20_000, 5000, 20_000],
      ]),
    };
    const { pValue, absolute, relative, notes } = judged("sequential", { days });
    expect([pValue, absolute.lower, absolute.upper, relative.lower, relative.upper]).toEqual(
      Array(5).fill(null),
    );
    expect(notes).toContain("effect-drift");
  });

  test("needs planned units", () => {
    const found = judged("sequential", { planned: null });
    expect(found.pValue).toBeNull();
    expect(found.notes).toContain("no-baseline");
  });
});

/** Published two-sided bounds of four equal looks at .05, O'Brien and Fleming's type: ldbounds, gsDesign. */
describe("the group-sequential design", () => {
  const weekly = (rows: readonly (readonly number[])[], change: Partial<Followed> = {}) =>
    judged("group-sequential", { days: { [CONVERSION]: ratesOf(rows) }, step: 7, ...change });
  const WEEKS = [
    [50, 500, 60, 500],
    [100, 1000, 122, 1000],
    [150, 1500, 186, 1500],
    [200, 2000, 250, 2000],
  ];

  test.each([
    [1, 4.3326],
    [2, 2.9631],
    [3, 2.359],
    [4, 2.0141],
  ])("has the published bound at look %i", (looks, bound) => {
    const { look, absolute, statistic } = weekly(WEEKS.slice(0, looks));
    expect(look!.boundary).toBeCloseTo(bound, 3);
    expect(look).toMatchObject({
      number: looks,
      fraction: looks / 4,
      day: `2026-11-${1 + 7 * looks}`.replace("-8", "-08"),
    });
    const error = absolute.estimate! / statistic!;
    expect(absolute.upper! - absolute.estimate!).toBeCloseTo(look!.boundary! * error, 12);
  });

  test("decides by p as by the bounds", () => {
    // z at the four looks: 1.01, 1.57, 2.10, 2.50.
    expect(weekly(WEEKS.slice(0, 3)).pValue).toBeGreaterThan(0.05);
    expect(weekly(WEEKS.slice(0, 3)).look!.crossed).toBeNull();
    expect(weekly(WEEKS).pValue).toBeLessThan(0.05);
    expect(weekly(WEEKS).look!.crossed).toEqual({ number: 4, day: "2026-11-29" });
  });

  test("shows the last look between looks", () => {
    const daily = [...Array(13).keys()].map((day) => [
      10 * (day + 1),
      100 * (day + 1),
      12 * (day + 1),
      100 * (day + 1),
    ]);
    const { look, absolute } = judged("group-sequential", { days: { [CONVERSION]: ratesOf(daily) } });
    expect(look).toMatchObject({ number: 1, day: "2026-11-08", units: 1400 });
    expect(absolute.estimate).toBeCloseTo(0.02, 12);
  });

  test("spends all at the end, whatever came", () => {
    const { look } = weekly(WEEKS.slice(0, 2), { isFinal: true });
    expect(look).toMatchObject({ number: 2, fraction: 1, units: 2000 });
    expect(look!.boundary!).toBeLessThan(2);
  });

  test("looks without new units are one look, and beyond the planned units there is none", () => {
    const last = WEEKS[3]!;
    expect(weekly([WEEKS[0]!, WEEKS[0]!, WEEKS[1]!]).look!.number).toBe(2);
    const beyond = weekly([...WEEKS, [...last].map((count) => 2 * count)]);
    expect(beyond.look).toMatchObject({ number: 4, units: 4000, fraction: 1 });
  });

  test("non-inferiority spends one-sided", () => {
    const margin = { kind: "absolute", value: 0.02 } as const;
    const metric = { ...metricOf("errors", "conversion") };
    const same = WEEKS.map(([, n]) => [n! / 10, n!, n! / 10, n!]);
    const estimates = estimateFollowed({
      experiment: { ...analysisBy("group-sequential"), guardrails: [{ metric, margin }] },
      days: { [CONVERSION]: ratesOf(WEEKS), errors: ratesOf(same) },
      step: 7,
    });
    const { nonInferiority } = estimates[1]!.comparisons[0]!;
    // z = .02/√(2·.09/1999) = 2.108 against the last one-sided bound of four looks at .05 (scipy, multivariate normal).
    expect(nonInferiority!.statistic).toBeCloseTo(2.1076, 3);
    expect(nonInferiority!.bound).toBeCloseTo(-1.7201775 * Math.sqrt(0.18 / 1999), 4);
    expect(nonInferiority!.established).toBe(true);
  });
});

describe("harm", () => {
  test("once shown stays shown, in every design", () => {
    const days = {
      [CONVERSION]: ratesOf([
        [300, 1000, 100, 1000],
        [3000, 10_000, 2950, 10_000],
      ]),
    };
    for (const method of ["fixed", "sequential", "group-sequential"] as const) {
      expect(judged(method, { days }).harm!.shown, method).toBe(true);
    }
    const last = { [CONVERSION]: days[CONVERSION].slice(1) };
    expect(judged("fixed", { days: last }).harm!.shown).toBe(false);
  });
});

describe("the series", () => {
  test("has every day, with both intervals, in a fixed design too", () => {
    const [estimate] = estimateFollowed({ days: { [CONVERSION]: ratesOf(RATES) } });
    expect(estimate!.series.map(({ day }) => day)).toEqual([
      "2026-11-02",
      "2026-11-03",
      "2026-11-04",
      "2026-11-05",
    ]);
    const [point] = estimate!.series.at(-1)!.comparisons;
    expect(point!.absolute).toEqual(estimate!.comparisons[0]!.absolute);
    expect(point!.sequence!.lower).toBeCloseTo(0.004396599292789, 12);
    expect(point!.repeated).toBeNull();
  });

  test("begins with the first mature unit", () => {
    const none = [rateMoments(0, 0), rateMoments(0, 0)];
    const [estimate] = estimateFollowed({ days: { [CONVERSION]: [none, none, ...ratesOf(RATES)] } });
    expect(estimate!.series[0]!.day).toBe("2026-11-04");
  });
});

describe("a verdict before the horizon", () => {
  const winning = [...Array(8).keys()].map((day) => {
    const units = 400 * (day + 1);
    return [units * 0.1, units, units * 0.15, units];
  });
  const verdictOf = (method: LookMethod, change: Partial<Followed> = {}) => {
    const run = follow({
      experiment: { ...analysisBy(method), ...change.experiment },
      days: { [CONVERSION]: ratesOf(winning) },
      planned: 10_000,
      ...change,
      ...(change.experiment && { experiment: { ...analysisBy(method), ...change.experiment } }),
    });
    const estimates = estimate(run);
    return decide({ ...run, estimates });
  };

  test("a sequential win may ship after a week, and says by which look", () => {
    const verdict = verdictOf("sequential");
    expect(verdict).toMatchObject({ decision: "ship", variant: "one-page" });
    const early = verdict.reasons.find(({ code }) => code === "crossed-early")!;
    expect(early).toMatchObject({
      decides: true,
      look: 8,
      fraction: 0.32,
      metric: CONVERSION,
      variant: "one-page",
    });
    expect(early.boundary).toBeLessThan(early.statistic as number);
    expect(early).toMatchObject({
      crossedAt: expect.any(Number),
      crossedOn: expect.stringMatching(/^2026-11-0/),
    });
    expect(verdict.summary).toContain("at look 8 with 32% of the planned units");
  });

  test("not before a week, not by a fixed design", () => {
    const week = { days: { [CONVERSION]: ratesOf(winning.slice(0, 6)) } };
    expect(verdictOf("sequential", week).decision).toBe("keep-running");
    expect(verdictOf("fixed").decision).toBe("keep-running");
    expect(verdictOf("fixed").reasons.map(({ code }) => code)).not.toContain("crossed-early");
  });

  test("a stopped sequential trial may have won; a stopped fixed one may not", () => {
    expect(verdictOf("sequential", { experiment: { status: "stopped" } }).decision).toBe("ship");
    expect(verdictOf("fixed", { experiment: { status: "stopped" } }).decision).toBe("inconclusive");
  });

  test("not while a guardrail is not shown safe by the same design", () => {
    const guardrail = {
      metric: metricOf("errors", "conversion"),
      margin: { kind: "relative", value: 0.1 },
    } as const;
    const same = winning.map(([, units]) => [units! * 0.1, units!, units! * 0.1, units!]);
    const verdict = verdictOf("sequential", {
      experiment: { guardrails: [guardrail] },
      days: { [CONVERSION]: ratesOf(winning), errors: ratesOf(same) },
    });
    expect(verdict.decision).toBe("keep-running");
    expect(verdict.reasons[0]).toMatchObject({ code: "before-horizon", look: 8 });
  });
});
