import { describe, expect, test } from "vitest";
import type { Experiment, LookMethod } from "../../../src/model/experiment.ts";
import { plan } from "../../../src/plan/make-plan.ts";
import type { ExperimentPlan } from "../../../src/plan/plan.ts";
import { DAY, eventMetric, experimentOf, projectOf, rate } from "./sample-project.ts";

const ERRORS = eventMetric(
  "errors",
  "conversion",
  { event: "error", better: "lower", window: DAY },
  rate(0.02),
);

function planBy(method: LookMethod, parts: Partial<Experiment> = {}): ExperimentPlan {
  const experiment = experimentOf(parts);
  return plan(projectOf([{ ...experiment, analysis: { ...experiment.analysis, method } }])).experiments[0]!;
}

describe("what looking costs", () => {
  test("nothing, where there is one look", () => {
    expect(planBy("fixed")).toEqual(plan(projectOf([experimentOf()])).experiments[0]);
    expect(planBy("fixed").sizes[0]).not.toHaveProperty("inflation");
  });

  // 10,200.7 units by R's power.prop.test, times A.14's 1.9149.
  test("a confidence sequence takes 1.915 times the units, named in the formula", () => {
    const [size] = planBy("sequential").sizes;
    expect(size!.inflation).toBeCloseTo(1.9149, 4);
    expect(size!.unitsPerVariant).toEqual([19_534, 19_534]);
    expect(size!.formula).toBe(
      "power.prop.test (Fleiss for unequal shares), times 1.915 for a look a day (asymptotic confidence sequence)",
    );
  });

  // The one-sided form, by Python: 2.1204 at power 80%; here 90%, for there are two claims.
  test("a margin is shown by the one-sided sequence", () => {
    const guardrails = [{ metric: ERRORS, margin: { kind: "absolute", value: 0.003 } as const }];
    const [fixed, inflated] = [planBy("fixed", { guardrails }), planBy("sequential", { guardrails })];
    const [, before] = fixed.sizes;
    const [, after] = inflated.sizes;
    expect(after!.inflation).toBeCloseTo(1.9254, 4);
    expect(after!.unitsPerVariant![0]! / before!.unitsPerVariant![0]!).toBeCloseTo(after!.inflation!, 3);
  });

  // Rectangle probabilities of the multivariate normal, scipy.
  test("two weekly looks of a three-week run, for in the first week nobody matures", () => {
    const { sizes, days } = planBy("group-sequential");
    expect(days).toBe(21);
    expect(sizes[0]!.inflation).toBeCloseTo(1.00372, 5);
    expect(sizes[0]!.formula).toContain("times 1.0037 for a look a week (Lan-DeMets spending");
  });

  test("what a run of so many weeks finds is more, by the root of it", () => {
    const [fixed, looked] = [planBy("fixed"), planBy("sequential")].map(({ mdeByWeek }) => mdeByWeek[3]!);
    expect(looked!.unitsPerVariant).toEqual(fixed!.unitsPerVariant);
    expect(looked!.absolute! / fixed!.absolute!).toBeGreaterThan(Math.sqrt(1.9149) * 0.98);
    expect(looked!.absolute! / fixed!.absolute!).toBeLessThan(Math.sqrt(1.9149) * 1.05);
  });

  test("days follow the units", () => {
    expect(planBy("sequential").days!).toBeGreaterThan(planBy("fixed").days!);
  });

  test("without a volume, looks are those of the longest run", () => {
    const unit = { ...experimentOf().unit, newPerDay: null };
    const { sizes, days } = planBy("group-sequential", { unit });
    expect(days).toBeNull();
    expect(sizes[0]!.inflation!).toBeGreaterThan(1.02);
    expect(sizes[0]!.unitsPerVariant).not.toBeNull();
  });
});
