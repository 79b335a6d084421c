import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import type { Project } from "../../../src/model/project.ts";
import type { Population } from "../../../src/plan/change-plan.ts";
import { measureMovement } from "../../../src/plan/measure-movement.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { experimentOf, ORG, projectOf, USER } from "./sample-project.ts";

const UNITS: Population = { kind: "generated", size: 20_000 };
const US: Condition = { kind: "one-of", attribute: "country", values: ["US"] };

function entry(parts: Partial<Experiment> = {}, project: Partial<Project> = {}) {
  const experiment = experimentOf(parts);
  return manifestEntry(experiment, projectOf([experiment], project));
}
const shares = (...values: readonly number[]) =>
  values.map((share, index) => ({ key: ["control", "treatment", "treatment-2"][index]!, share, params: {} }));
const holdout = (share: number) => ({ holdout: { key: "h", unit: USER, share } });

describe("of 20,000 units", () => {
  test("nobody moves on a ramp, and the new ones are those of the rise", () => {
    const movement = measureMovement(entry({ rollout: 100_000 }), entry({ rollout: 300_000 }), UNITS)!;
    expect(movement).toMatchObject({ units: 20_000, changed: 0, left: 0 });
    expect(movement.after).toBe(movement.before + movement.entered);
    expect(movement.before / 20_000).toBeCloseTo(0.1, 1);
    expect(movement.entered / 20_000).toBeCloseTo(0.2, 1);
  });

  test("a fall only takes out", () => {
    const rise = measureMovement(entry({ rollout: 100_000 }), entry({ rollout: 300_000 }), UNITS)!;
    const fall = measureMovement(entry({ rollout: 300_000 }), entry({ rollout: 100_000 }), UNITS)!;
    expect(fall).toMatchObject({ left: rise.entered, entered: 0, changed: 0, before: rise.after });
  });

  test.each<[string, Partial<Experiment>, number]>([
    ["50/50 to 40/60 moves a tenth", { variants: shares(400_000, 600_000) }, 0.1],
    [
      "50/50 to 34/33/33 moves 16% to the middle and 33% to the last",
      { variants: shares(340_000, 330_000, 330_000) },
      0.49,
    ],
    ["a new iteration moves half", { iteration: 2 }, 0.5],
    ["another key moves half", { key: "renamed" }, 0.5],
    ["another unit moves half", { unit: ORG }, 0.5],
    [
      "new params move nobody",
      { variants: shares(500_000, 500_000).map((v) => ({ ...v, params: { a: 1 } })) },
      0,
    ],
    ["a conclusion gives the control's half the other variant", concluded("treatment"), 0.5],
  ])("%s", (_, parts, changed) => {
    const movement = measureMovement(entry(), entry(parts), UNITS)!;
    expect(Math.abs(movement.changed / movement.before - changed)).toBeLessThan(
      changed === 0 ? 1e-12 : 0.015,
    );
    expect(movement).toMatchObject({ before: 20_000, after: 20_000, left: 0, entered: 0 });
  });

  test("all leave what stops, and all enter what starts", () => {
    const counts = { units: 20_000, changed: 0 };
    expect(measureMovement(entry(), entry({ status: "stopped" }), UNITS)).toMatchObject({
      ...counts,
      before: 20_000,
      left: 20_000,
    });
    expect(measureMovement(entry(), null, UNITS)).toMatchObject({ ...counts, left: 20_000, after: 0 });
    expect(measureMovement(null, entry(), UNITS)).toMatchObject({ ...counts, before: 0, entered: 20_000 });
  });

  test("a holdout takes its share away", () => {
    const movement = measureMovement(entry(), entry({}, holdout(50_000)), UNITS)!;
    expect(movement.left / 20_000).toBeCloseTo(0.05, 2);
    expect(movement.changed).toBe(0);
  });

  test("another range moves those that only one of them has", () => {
    const layer = (from: number, to: number) => ({ layer: { layer: { key: "l", unit: USER }, from, to } });
    const movement = measureMovement(entry(layer(0, 400_000)), entry(layer(100_000, 500_000)), UNITS)!;
    expect(movement.left / 20_000).toBeCloseTo(0.1, 1);
    expect(movement.entered / 20_000).toBeCloseTo(0.1, 1);
    expect(movement.changed).toBe(0);
  });
});

describe("nothing to measure", () => {
  test.each<[string, Parameters<typeof measureMovement>]>([
    ["the same assignment", [entry(), entry({ name: "Other", end: "2027-01-01" }), UNITS]],
    ["two drafts", [entry({ status: "draft" }), entry({ status: "draft", iteration: 2 }), UNITS]],
    ["a new draft", [null, entry({ status: "draft" }), UNITS]],
  ])("%s", (_, args) => {
    expect(measureMovement(...args)).toBeNull();
  });
});

describe("eligibility", () => {
  test("is assumed without contexts", () => {
    expect(measureMovement(entry(), entry({ audience: US }), UNITS)).toMatchObject({
      before: 20_000,
      left: 0,
      assumesEligible: true,
    });
  });

  test("is seen with contexts, forced variants too", () => {
    const contexts = [
      { userId: "a", country: "US" },
      { userId: "b", country: "CA" },
      { userId: "c" },
      { country: "US" },
      { userId: "", country: "US" },
    ];
    const given: Population = { kind: "contexts", contexts };
    expect(measureMovement(entry(), entry({ audience: US }), given)).toEqual({
      units: 5,
      before: 3,
      after: 1,
      changed: 0,
      entered: 0,
      left: 2,
      assumesEligible: false,
    });
    const forced = (variant: string) => entry({ overrides: [{ variant, when: US }] });
    expect(measureMovement(forced("control"), forced("treatment"), given)).toMatchObject({
      before: 3,
      changed: 1,
    });
  });

  test("given ids are the ones that are asked", () => {
    const ids = ["a", "b", "c"];
    expect(measureMovement(null, entry(), { kind: "units", ids })).toMatchObject({ units: 3, entered: 3 });
  });
});

function concluded(ship: string): Partial<Experiment> {
  return {
    status: "concluded",
    decision: {
      ship,
      date: "2026-12-01",
      by: "us",
      verdict: "ship",
      why: null,
      evidence: { iteration: 1, spec: "", asOf: "2026-12-01T00:00:00Z" },
    },
  };
}
