import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Metric } from "../../../src/model/metric.ts";
import {
  decisionWindows,
  findHorizon,
  horizonCandidates,
  type Maturity,
} from "../../../src/verdict/horizon.ts";
import { experimentOf, metricOf, planOf } from "../inference/trial-fixture.ts";

const WEEK = 7 * 86_400_000;
const at = (text: string) => Date.parse(text);
const schedule = (asOf: string, change: Partial<Experiment> = {}, timezone = "UTC") => ({
  experiment: experimentOf(change),
  timezone,
  asOf: at(asOf),
});
const mature = (instant: string, units: readonly number[], window: number | null = WEEK): Maturity => ({
  instant: at(instant),
  window,
  units,
});
const horizonOf = (
  asOf: string,
  maturity: readonly Maturity[],
  change: Partial<Experiment> = {},
  units: number | null = 100,
) => {
  const input = schedule(asOf, change);
  return findHorizon({ ...input, plan: planOf(input.experiment, units), maturity });
};

describe("candidates", () => {
  test("are the midnights after each full week from minDays on, as far as the data go", () => {
    expect(horizonCandidates(schedule("2026-11-25T12:00:00Z"))).toEqual([at("2026-11-16"), at("2026-11-23")]);
    expect(horizonCandidates(schedule("2026-11-15T23:59:59Z"))).toEqual([]);
  });

  test("round minDays up to whole weeks", () => {
    const analysis = { ...experimentOf().analysis, minDays: 15 };
    expect(horizonCandidates(schedule("2026-11-24T00:00:00Z", { analysis }))).toEqual([at("2026-11-23")]);
  });

  test("stop before the scheduled end", () => {
    const candidates = horizonCandidates(schedule("2027-06-01T00:00:00Z"));
    expect(candidates.at(-1)).toBe(at("2026-11-30"));
  });

  test("are midnights of the project's timezone, across its clock changes", () => {
    const change = { start: "2026-10-19", end: "2026-12-31" };
    expect(horizonCandidates(schedule("2026-11-09T23:00:00Z", change, "America/New_York"))).toEqual([
      at("2026-11-02T05:00:00Z"),
      at("2026-11-09T05:00:00Z"),
    ]);
  });

  test("need a start and timestamps", () => {
    expect(horizonCandidates(schedule("2026-12-01T00:00:00Z", { start: null }))).toEqual([]);
    expect(horizonCandidates({ experiment: experimentOf(), timezone: "UTC", asOf: null })).toEqual([]);
  });
});

describe("the horizon", () => {
  const enough = mature("2026-11-23", [100, 100]);
  const short = mature("2026-11-16", [100, 99]);

  test("is the first candidate at which every arm has its planned units, and stays there", () => {
    const found = { reached: true, day: "2026-11-22", by: "planned-units", cutoff: at("2026-11-23") };
    expect(horizonOf("2026-11-23T00:00:00Z", [short, enough])).toEqual(found);
    expect(horizonOf("2027-03-01T00:00:00Z", [short, enough])).toEqual(found);
  });

  test("before it, data are clipped at asOf, and the day is the latest that it can be", () => {
    const asOf = "2026-11-22T23:59:59Z";
    expect(horizonOf(asOf, [short])).toEqual({
      reached: false,
      day: "2026-12-06",
      by: "end",
      cutoff: at(asOf),
    });
  });

  test("else is the end plus the longest window of primary and guardrails", () => {
    const found = horizonOf("2026-12-07T00:00:00Z", [short]);
    expect(found).toEqual({ reached: true, day: "2026-12-06", by: "end", cutoff: at("2026-12-07") });
    expect(horizonOf("2026-12-06T23:59:59Z", [short]).reached).toBe(false);
    const guardrails = [
      { metric: { ...metricOf("errors"), window: 2 * WEEK }, margin: { kind: "absolute", value: 1 } },
    ] as const;
    expect(horizonOf("2027-01-01T00:00:00Z", [], { guardrails }).day).toBe("2026-12-13");
    const secondary = [{ ...metricOf("orders"), window: 9 * WEEK }];
    expect(horizonOf("2027-01-01T00:00:00Z", [], { secondary }).day).toBe("2026-12-06");
  });

  test("needs the planned units of every guardrail too, in its own window", () => {
    const guardrails = [
      { metric: { ...metricOf("errors"), window: null } as Metric, margin: { kind: "absolute", value: 1 } },
    ] as const;
    const change = { guardrails };
    expect(decisionWindows(experimentOf(change))).toEqual([WEEK, null]);
    expect(horizonOf("2026-11-24T00:00:00Z", [enough], change).reached).toBe(false);
    const both = [enough, mature("2026-11-23", [100, 100], null)];
    expect(horizonOf("2026-11-24T00:00:00Z", both, change).by).toBe("planned-units");
  });

  test("is the scheduled end only where the plan could not size a metric", () => {
    expect(horizonOf("2026-11-24T00:00:00Z", [enough], {}, null).reached).toBe(false);
  });

  test("cannot be told without an end", () => {
    const asOf = "2027-11-22T00:00:00Z";
    expect(horizonOf(asOf, [], { end: null })).toEqual({
      reached: false,
      day: null,
      by: null,
      cutoff: at(asOf),
    });
  });

  test("is behind data without timestamps", () => {
    const experiment = experimentOf();
    const input = { experiment, plan: planOf(experiment, 100), timezone: "UTC", asOf: null, maturity: [] };
    expect(findHorizon(input)).toEqual({ reached: true, day: null, by: "final-data", cutoff: null });
  });

  test("a window of hours ends within a day", () => {
    const primary = {
      metric: { ...metricOf("checkout-conversion"), window: 12 * 3_600_000 },
      goal: "better",
      margin: null,
    } as const;
    const found = horizonOf("2026-12-01T00:00:00Z", [], { primary });
    expect(found).toEqual({
      reached: true,
      day: "2026-11-30",
      by: "end",
      cutoff: at("2026-11-30T12:00:00Z"),
    });
  });
});
