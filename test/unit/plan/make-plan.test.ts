import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Project } from "../../../src/model/project.ts";
import { plan } from "../../../src/plan/make-plan.ts";
import type { ExperimentPlan } from "../../../src/plan/plan.ts";
import {
  CONVERSION,
  DAY,
  eventMetric,
  experimentOf,
  mean,
  ORG,
  projectOf,
  rate,
  USER,
} from "./sample-project.ts";

function planOf(parts: Partial<Experiment> = {}, project: Partial<Project> = {}): ExperimentPlan {
  return plan(projectOf([experimentOf(parts)], project)).experiments[0]!;
}

const ERRORS = eventMetric("errors", "conversion", { event: "error", better: "lower" }, rate(0.02));
const REVENUE = eventMetric("revenue", "sum", { event: "purchase", value: "amount" }, mean(4.31, 22.8));
const LOAD_TIME = eventMetric(
  "load-time",
  "mean",
  { event: "page-load", value: "loadMs", better: "lower", window: 2 * DAY },
  mean(840, 390, 0.9),
);
const THREE_ARMS = [
  { key: "control", share: 500_000, params: {} },
  { key: "a", share: 300_000, params: {} },
  { key: "b", share: 200_000, params: {} },
];
const GUARDRAIL = { metric: ERRORS, margin: { kind: "absolute", value: 0.003 } } as const;

describe("units", () => {
  test("4.9% with an MDE of 18% needs 10,201 per variant", () => {
    expect(planOf().sizes).toEqual([
      {
        metric: "checkout-conversion",
        role: "primary",
        claim: "superiority",
        alpha: 0.05,
        power: 0.8,
        baseline: 0.049,
        measured: null,
        effect: 0.049 * 0.18,
        formula: "power.prop.test (Fleiss for unequal shares)",
        unitsPerVariant: [10_201, 10_201],
        windowDays: 7,
        days: 21,
      },
    ]);
  });

  test("of rates are those of R for an absolute effect", () => {
    const [size] = planOf({
      primary: { metric: { ...CONVERSION, baseline: rate(0.1) }, goal: "better", margin: null },
      mde: { kind: "absolute", value: 0.02 },
    }).sizes;
    expect(size!.unitsPerVariant).toEqual([3841, 3841]);
  });

  test("point to where the metric should go", () => {
    const lower = { ...CONVERSION, better: "lower", baseline: rate(0.12) } as const;
    const [size] = planOf({
      primary: { metric: lower, goal: "better", margin: null },
      mde: { kind: "absolute", value: 0.02 },
    }).sizes;
    expect(size!.unitsPerVariant).toEqual([3841, 3841]);
  });

  test("of a sum are the normal approximation", () => {
    const primary = { metric: REVENUE, goal: "better", margin: null } as const;
    const [size] = planOf({ primary, mde: { kind: "relative", value: 0.04 } }).sizes;
    expect(size!.unitsPerVariant).toEqual([274_558, 274_558]);
  });

  test("of a mean count the units without events too", () => {
    const primary = { metric: LOAD_TIME, goal: "better", margin: null } as const;
    const [size] = planOf({ primary, mde: { kind: "absolute", value: 20 } }).sizes;
    const reporting = (2 * 390 ** 2 * (1.959963984540054 + 0.8416212335729143) ** 2) / 20 ** 2;
    expect(size!.unitsPerVariant).toEqual([Math.ceil(reporting / 0.9), Math.ceil(reporting / 0.9)]);
  });

  test("prefer the experiment's own baseline", () => {
    const own = planOf({ planning: { newPerDay: null, baseline: rate(0.31) } });
    expect(own.sizes[0]!.baseline).toBe(0.31);
  });

  test("split error rate over variants and risk over guardrails", () => {
    const { sizes } = planOf({ variants: THREE_ARMS, guardrails: [GUARDRAIL] });
    expect(sizes.map(({ role, alpha, power }) => [role, alpha, power])).toEqual([
      ["primary", 0.025, 0.9],
      ["guardrail", 0.05, 0.9],
    ]);
  });

  test("satisfy the smallest variant, and are rounded up in every arm", () => {
    const [size] = planOf({
      variants: THREE_ARMS,
      primary: { metric: { ...CONVERSION, baseline: rate(0.1) }, goal: "better", margin: null },
      mde: { kind: "absolute", value: 0.02 },
    }).sizes;
    const [control, a, b] = size!.unitsPerVariant as [number, number, number];
    expect(a / control).toBeCloseTo(0.6, 3);
    expect(b / control).toBeCloseTo(0.4, 3);
    expect(b).toBeGreaterThan(3841 * 0.7);
  });

  test("of a relative margin carry the control's uncertainty", () => {
    const metric = { ...REVENUE, baseline: mean(10, 20) };
    const [, size] = planOf({ guardrails: [{ metric, margin: { kind: "relative", value: 0.1 } }] }).sizes;
    const reach = 1.6448536269514722 + 1.2815515655446004;
    expect(size!.unitsPerVariant![0]).toBe(Math.ceil(reach ** 2 * (20 ** 2 + 0.81 * 20 ** 2)));
    expect(size!.formula).toContain("normal approximation");
  });

  test("of a refactor are those of its margin, one-sided and unsplit", () => {
    const [size] = planOf({
      variants: THREE_ARMS,
      primary: { metric: CONVERSION, goal: "not-worse", margin: { kind: "relative", value: 0.1 } },
      mde: null,
    }).sizes;
    expect(size).toMatchObject({ claim: "non-inferiority", alpha: 0.05, power: 0.8, effect: 0.1 * 0.049 });
  });

  test("are unknown without a baseline, with one of another kind, and where the effect leads out of the rates", () => {
    const units = (metric: typeof CONVERSION, value = 0.18) =>
      planOf({ primary: { metric, goal: "better", margin: null }, mde: { kind: "relative", value } });
    const none = units({ ...CONVERSION, baseline: null });
    expect(none.sizes[0]).toMatchObject({ baseline: null, effect: null, unitsPerVariant: null, days: null });
    expect(none).toMatchObject({ binding: null, days: null, enrolmentDays: null });
    expect(units({ ...CONVERSION, baseline: mean(1, 1) }).sizes[0]!.unitsPerVariant).toBeNull();
    expect(units({ ...CONVERSION, baseline: rate(0.9) }).sizes[0]!.unitsPerVariant).toBeNull();
    expect(planOf({ mde: null }).sizes[0]!.unitsPerVariant).toBeNull();
  });
});

describe("days", () => {
  test("are whole weeks, window included", () => {
    expect(planOf()).toMatchObject({ unitsPerDay: 1800, days: 21, enrolmentDays: 14, scheduledDays: 28 });
  });

  test("are at least minDays", () => {
    expect(planOf({ planning: { newPerDay: 1e7, baseline: null } }).days).toBe(14);
  });

  test("follow holdout, range and rollout", () => {
    const layer = { layer: { key: "checkout", unit: USER }, from: 100_000, to: 500_000 };
    const holdout = { key: "h", unit: USER, share: 20_000 };
    const { unitsPerDay } = planOf({ layer, rollout: 500_000 }, { holdout });
    expect(unitsPerDay).toBeCloseTo(1800 * 0.98 * 0.4 * 0.5, 9);
    expect(planOf({}, { holdout: { ...holdout, unit: ORG } }).unitsPerDay).toBe(1800);
  });

  test("leave every metric its units before the longest window", () => {
    const slow = {
      metric: { ...LOAD_TIME, window: 14 * DAY },
      margin: { kind: "relative", value: 0.5 },
    } as const;
    const { days, enrolmentDays, sizes, binding } = planOf({ guardrails: [slow] });
    expect(binding).toBe("checkout-conversion");
    expect(enrolmentDays! * 1800).toBeGreaterThanOrEqual(2 * sizes[0]!.unitsPerVariant![0]!);
    expect(days).toBe(enrolmentDays! + 14);
    expect((days! - 7 - 14) * 1800).toBeLessThan(2 * sizes[0]!.unitsPerVariant![0]!);
  });

  test("are unknown where nobody comes", () => {
    expect(planOf({ unit: { ...USER, newPerDay: null } })).toMatchObject({
      unitsPerDay: null,
      days: null,
      mdeByWeek: [],
    });
    expect(planOf({ rollout: 0 })).toMatchObject({
      unitsPerDay: 0,
      days: null,
      binding: "checkout-conversion",
    });
  });

  test("end when the longest window of any metric has closed", () => {
    expect(planOf().completeOn).toBe("2026-11-30");
    const month = { ...REVENUE, window: 28 * DAY };
    expect(planOf({ secondary: [month] })).toMatchObject({ completeOn: "2026-12-21", scheduledDays: 28 });
    expect(planOf({ end: null })).toMatchObject({ completeOn: null, scheduledDays: null });
  });

  test("round a window of hours up", () => {
    const half = { ...CONVERSION, window: DAY / 2 };
    expect(planOf({ primary: { metric: half, goal: "better", margin: null } })).toMatchObject({
      days: 14,
      enrolmentDays: 13,
    });
  });
});

describe("the MDE by week", () => {
  test("falls, and reaches the MDE in the planned week", () => {
    const { mdeByWeek, days } = planOf();
    expect(mdeByWeek.map(({ week }) => week)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(mdeByWeek[0]).toEqual({ week: 1, unitsPerVariant: [0, 0], absolute: null, relative: null });
    expect(mdeByWeek[2]!.unitsPerVariant).toEqual([12_600, 12_600]);
    const found = mdeByWeek.slice(1).map(({ relative }) => relative!);
    expect(found).toEqual(found.toSorted((a, b) => b - a));
    expect(found[days! / 7 - 2]).toBeLessThan(0.18);
    expect(found[days! / 7 - 3]).toBeGreaterThan(0.18);
    expect(mdeByWeek[2]!.absolute! / 0.049).toBeCloseTo(mdeByWeek[2]!.relative!, 12);
  });

  test("is null where the primary must only be not worse", () => {
    const { mdeByWeek } = planOf({
      primary: { metric: CONVERSION, goal: "not-worse", margin: { kind: "relative", value: 0.1 } },
      mde: null,
    });
    expect(mdeByWeek.length).toBeGreaterThan(0);
    expect(mdeByWeek.every(({ absolute, relative }) => absolute === null && relative === null)).toBe(true);
  });

  test("is that of the least sensitive comparison", () => {
    const two = planOf({
      variants: THREE_ARMS.slice(0, 2).map((variant) => ({ ...variant, share: 500_000 })),
    });
    const three = planOf({ variants: THREE_ARMS });
    expect(three.mdeByWeek[3]!.relative!).toBeGreaterThan(two.mdeByWeek[3]!.relative!);
  });
});

test("the layers show their running experiments in order", () => {
  const layer = { key: "checkout", unit: USER };
  const inLayer = (key: string, from: number, to: number, parts: Partial<Experiment> = {}) =>
    experimentOf({ key, layer: { layer, from, to }, ...parts });
  const { layers } = plan(
    projectOf([
      inLayer("a", 500_000, 800_000, { rollout: 333_333 }),
      inLayer("b", 0, 500_000),
      inLayer("c", 800_000, 900_000, { status: "draft" }),
      experimentOf({ key: "d" }),
    ]),
  );
  expect(layers).toEqual([
    {
      layer: "checkout",
      ranges: [
        { experiment: "b", status: "running", from: 0, to: 500_000, enrolledTo: 500_000 },
        { experiment: "a", status: "running", from: 500_000, to: 800_000, enrolledTo: 599_999 },
      ],
    },
  ]);
});
