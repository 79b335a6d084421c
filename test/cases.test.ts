import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../src/index.ts";
import { caseProject, fairtrial, hasShared, sharedData } from "./command-line.ts";

async function analysisOf(folder: string, key: string): Promise<Analysis> {
  const { code, stdout, stderr } = await fairtrial(folder, "analyze", key, "--format", "json");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as Analysis;
}

const codes = (analysis: Analysis) => analysis.verdict.reasons.map(({ code }) => code);
const metricOf = (analysis: Analysis, key: string) => analysis.metrics.find(({ metric }) => metric === key)!;

describe("eight rows: first exposure, window, crossover", () => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await analysisOf(caseProject("first-exposure"), "checkout");
  });

  test("the control has 3 units, 1 conversion and 10.0 revenue a unit", () => {
    expect(metricOf(analysis, "purchase-rate").variants[0]).toMatchObject({
      variant: "control",
      units: 3,
      sum: 1,
    });
    expect(metricOf(analysis, "revenue").variants[0]).toMatchObject({ units: 3, sum: 30, mean: 10 });
  });

  test("the variant has 2 units, 1 conversion and 25.0 a unit: a purchase an hour past the window does not count", () => {
    expect(metricOf(analysis, "purchase-rate").variants[1]).toMatchObject({
      variant: "variant",
      units: 2,
      sum: 1,
    });
    expect(metricOf(analysis, "revenue").variants[1]).toMatchObject({ units: 2, sum: 50, mean: 25 });
  });

  test("one crossover, kept in its first variant", () => {
    expect(analysis.health.crossovers).toMatchObject({ units: 1, share: 0.2 });
    expect(analysis.health.srm.observed).toEqual({ control: 3, variant: 2 });
  });
});

describe("245 of 5,000 against 290 of 5,000", () => {
  const users = [
    ...Array.from({ length: 5000 }, (_, index) => ({
      variant: "control",
      id: `c${index}`,
      converted: index < 245,
    })),
    ...Array.from({ length: 5000 }, (_, index) => ({
      variant: "one-page",
      id: `v${index}`,
      converted: index < 290,
    })),
  ];
  const final = () =>
    caseProject("lift-per-unit", {
      "data/users.csv": [
        "user_id,variant,converted",
        ...users.map(({ id, variant, converted }) => `${id},${variant},${converted}`),
        "",
      ].join("\n"),
    });
  const running = () =>
    caseProject("lift-events", {
      "data/exposures.csv": [
        "user_id,experiment,variant,ts",
        ...users.map(({ id, variant }) => `${id},checkout-v2,${variant},2026-01-06T12:00:00Z`),
        "",
      ].join("\n"),
      "data/events.csv": [
        "user_id,event,ts",
        ...users.filter(({ converted }) => converted).map(({ id }) => `${id},purchase,2026-01-07T12:00:00Z`),
        "someone-else,visit,2026-01-20T00:00:00Z",
        "",
      ].join("\n"),
    });

  function expectNumbers(analysis: Analysis): void {
    const { variants, comparisons } = metricOf(analysis, "checkout-conversion");
    const [comparison] = comparisons;
    expect(variants.map(({ units, sum }) => [units, sum])).toEqual([
      [5000, 245],
      [5000, 290],
    ]);
    expect(variants[0]!.standardDeviation).toBeCloseTo(0.2159, 4);
    expect(variants[0]!.interval!.lower).toBeCloseTo(0.0434, 4);
    expect(variants[0]!.interval!.upper).toBeCloseTo(0.0553, 4);
    expect(comparison!.statistic).toBeCloseTo(1.99975, 5);
    expect(comparison!.pValue).toBeCloseTo(0.045527, 6);
    expect(comparison!.adjustedPValue).toBe(comparison!.pValue);
    expect(comparison!.absolute.estimate).toBeCloseTo(0.009, 12);
    expect(comparison!.absolute.lower).toBeCloseTo(0.0002, 4);
    expect(comparison!.absolute.upper).toBeCloseTo(0.0179, 4);
    expect(comparison!.relative.estimate).toBeCloseTo(0.1837, 4);
    expect(comparison!.relative.lower).toBeCloseTo(0.0034, 4);
    expect(comparison!.relative.upper).toBeCloseTo(0.3965, 4);
    expect(comparison!.power).toBeCloseTo(0.516, 3);
    expect(comparison!.powerAtMde).toBeCloseTo(0.501, 3);
    expect(comparison!.unitsNeeded).toBe(9813);
    expect(comparison!.probabilityToBeatControl).toBeCloseTo(0.977, 3);
    expect(comparison!.expectedLoss).toBeCloseTo(0.000038, 6);
  }

  test("as events: keep running, since 10,201 units per variant are planned", async () => {
    const analysis = await analysisOf(running(), "checkout-v2");
    expectNumbers(analysis);
    expect(analysis.design.plannedUnits).toEqual({ control: 10201, "one-page": 10201 });
    expect(analysis.asOf).toBe("2026-01-20T00:00:00Z");
    expect(analysis.verdict.decision).toBe("keep-running");
    expect(codes(analysis)).toContain("before-horizon");
  });

  test("as a one-row-per-unit table, which is final: ship", async () => {
    const analysis = await analysisOf(final(), "checkout-v2");
    expectNumbers(analysis);
    expect(analysis.asOf).toBeNull();
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "one-page" });
    expect(codes(analysis)).toContain("significant-benefit");
  });

  test("in a terminal: the verdict first, then the numbers", async () => {
    const { stdout } = await fairtrial(final(), "analyze", "checkout-v2");
    expect(stdout).toMatch(/SHIP/);
    expect(stdout).toContain("+18.4%");
    expect(stdout.indexOf("SHIP")).toBeLessThan(stdout.indexOf("Metrics"));
  });

  test("with the data cut before the week had passed, nobody is mature", async () => {
    const { stdout } = await fairtrial(
      running(),
      "analyze",
      "checkout-v2",
      "--format",
      "json",
      "--as-of",
      "2026-01-12",
    );
    const analysis = JSON.parse(stdout) as Analysis;
    expect(metricOf(analysis, "checkout-conversion").variants.map(({ units }) => units)).toEqual([0, 0]);
    expect(analysis.health.srm.observed).toEqual({ control: 5000, "one-page": 5000 });
    expect(analysis.verdict.decision).toBe("keep-running");
  });
});

describe.skipIf(!hasShared("cookie-cats.csv"))("a real A/B test of a mobile game, one row per player", () => {
  let analysis: Analysis;
  beforeAll(async () => {
    const folder = caseProject("cookie-cats");
    mkdirSync(join(folder, "data"));
    cpSync(join(sharedData, "cookie-cats.csv"), join(folder, "data", "cookie-cats.csv"));
    analysis = await analysisOf(folder, "gate-placement");
  });

  test("the split is a warning, not an invalid trial", () => {
    expect(analysis.health.srm.observed).toEqual({ gate_30: 44700, gate_40: 45489 });
    expect(analysis.health.srm.pValue).toBeCloseTo(0.008608, 6);
    expect(analysis.health.srm.status).toBe("warning");
  });

  test("day-7 retention falls", () => {
    const { variants, comparisons } = metricOf(analysis, "day-7-retention");
    expect(variants.map(({ mean }) => mean!.toFixed(4))).toEqual(["0.1902", "0.1820"]);
    expect(comparisons[0]!.statistic).toBeCloseTo(-3.16436, 5);
    expect(comparisons[0]!.pValue).toBeCloseTo(0.001554, 6);
    expect(comparisons[0]!.absolute.lower).toBeCloseTo(-0.013282, 6);
    expect(comparisons[0]!.absolute.upper).toBeCloseTo(-0.003121, 6);
    expect(comparisons[0]!.relative.lower).toBeCloseTo(-0.068891, 6);
    expect(comparisons[0]!.relative.upper).toBeCloseTo(-0.016635, 6);
  });

  test("day-1 retention is open", () => {
    const [comparison] = metricOf(analysis, "day-1-retention").comparisons;
    expect(comparison!.statistic).toBeCloseTo(-1.78409, 5);
    expect(comparison!.pValue).toBeCloseTo(0.07441, 6);
    expect(comparison!.absolute.lower).toBeCloseTo(-0.012392, 6);
    expect(comparison!.absolute.upper).toBeCloseTo(0.000582, 6);
    expect(comparison!.relative.lower).toBeCloseTo(-0.02745, 6);
    expect(comparison!.relative.upper).toBeCloseTo(0.001308, 6);
  });

  test("rounds played: sums and spreads as pandas gives them", () => {
    const [control, variant] = metricOf(analysis, "rounds").variants;
    expect(control!.sum).toBeCloseTo(2344795, 6);
    expect(variant!.sum).toBeCloseTo(2333530, 6);
    expect(control!.standardDeviation).toBeCloseTo(256.7164, 4);
    expect(variant!.standardDeviation).toBeCloseTo(103.2944, 4);
  });

  test("the verdict is do-not-ship, with the warning among the reasons", () => {
    expect(analysis.verdict.decision).toBe("do-not-ship");
    expect(codes(analysis)).toEqual(expect.arrayContaining(["significantly-harmful", "srm-warning"]));
  });
});
