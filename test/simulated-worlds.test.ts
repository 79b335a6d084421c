import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../src/index.ts";
import { caseProject, fairtrial, workedExample, writeFiles } from "./command-line.ts";

async function simulateAndAnalyze(
  folder: string,
  key: string,
  ...options: readonly string[]
): Promise<Analysis> {
  const simulated = await fairtrial(folder, "simulate", key, ...options);
  expect(simulated).toMatchObject({ code: 0, stderr: "" });
  const analyzed = await fairtrial(folder, "analyze", key, "--format", "json");
  expect(analyzed).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(analyzed.stdout) as Analysis;
}

describe("an A/A of 100,000 units", () => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await simulateAndAnalyze(workedExample(), "checkout-v2", "--seed", "11", "--units", "100000");
  }, 120_000);

  test("is not called a difference", () => {
    expect(["ship", "do-not-ship", "stop-harm", "invalid"]).not.toContain(analysis.verdict.decision);
    for (const { comparisons } of analysis.metrics)
      for (const { adjustedPValue } of comparisons) expect(adjustedPValue).toBeGreaterThan(0.05);
  });

  test("passes the sample ratio test, with nobody in two variants", () => {
    expect(analysis.health.srm.status).toBe("ok");
    expect(analysis.health.crossovers.units).toBe(0);
  });

  test("reaches its horizon on the data as they are", () => {
    expect(analysis.design.horizon).toMatchObject({ reached: true, by: "planned-units" });
    expect(analysis.sources.map(({ simulated }) => simulated)).toEqual([true, true]);
  });
});

describe("a true effect of +10%", () => {
  test("is found, by an interval that covers it", async () => {
    const folder = workedExample();
    // All of 100,000 units decide: the plan asks for more than come, so the end is the horizon.
    const path = "experiments/checkout-v2.yaml";
    writeFiles(folder, {
      [path]: readFileSync(join(folder, path), "utf8")
        .replace("mde: 18%", "mde: 5%")
        .replace("2026-11-22", "2027-01-03"),
    });
    const options = ["--seed", "3", "--units", "100000", "--effect", "checkout-v2:checkout-conversion=+10%"];
    const analysis = await simulateAndAnalyze(folder, "checkout-v2", ...options);
    const [comparison] = analysis.metrics[0]!.comparisons;
    expect(comparison!.pValue).toBeLessThan(0.05);
    expect(comparison!.relative.lower).toBeLessThan(0.1);
    expect(comparison!.relative.upper).toBeGreaterThan(0.1);
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "checkout-v2" });
  }, 120_000);
});

describe("simulate", () => {
  test("gives the same bytes for the same seed, and says what is true", async () => {
    const runs = [workedExample(), workedExample()];
    const outputs: string[] = [];
    for (const folder of runs) {
      const { stdout } = await fairtrial(
        folder,
        "simulate",
        "--units",
        "300",
        "--effect",
        "1:plugin-installation=+15%",
        "--format",
        "json",
      );
      outputs.push(stdout);
    }
    expect(outputs[0]).toBe(outputs[1]);
    const events = runs.map((folder) => readFileSync(join(folder, "data/events/simulated.ndjson"), "utf8"));
    expect(events[0]).toBe(events[1]);
    const { truth } = JSON.parse(outputs[0]!) as {
      truth: { experiment: string; metric: string; relative: number }[];
    };
    const moved = truth.filter(({ relative }) => Math.abs(relative) > 1e-9);
    expect(moved).toMatchObject([{ experiment: "show-plugins", metric: "plugin-installation" }]);
    expect(moved[0]!.relative).toBeCloseTo(0.15, 9);
  });

  test("says of which metrics it does not know the truth", async () => {
    const folder = caseProject("lift-per-unit");
    const path = join(folder, "experiments", "checkout-v2.yaml");
    rmSync(join(folder, "data"), { recursive: true, force: true });
    writeFiles(folder, {
      "experiments/metrics/balance.yaml":
        "{ name: Balance, kind: sum, column: balance, better: higher, winsorize: 99%, baseline: { mean: -3, standardDeviation: 4 } }\n",
      "experiments/checkout-v2.yaml": readFileSync(path, "utf8").replace(
        "primary: checkout-conversion",
        "primary: checkout-conversion\n  secondary: [balance]",
      ),
    });
    mkdirSync(join(folder, "data"));
    const { stdout } = await fairtrial(folder, "simulate", "--units", "300");
    expect(stdout).toContain(
      "  truth:\n    checkout-v2 one-page: balance is not known, for it has no closed form\n",
    );
    expect(stdout).not.toContain("no variant has any effect");
  });

  test("never mixes with data that it did not write, nor replaces them", async () => {
    const folder = caseProject("first-exposure");
    const before = readFileSync(join(folder, "data/events.csv"), "utf8");
    const { code, stderr } = await fairtrial(folder, "simulate", "--units", "50");
    expect(code).toBe(1);
    expect(stderr).toContain("data/events.csv is there already and was not simulated");
    expect(readFileSync(join(folder, "data/events.csv"), "utf8")).toBe(before);
  });

  test("replaces what it wrote before", async () => {
    const folder = workedExample();
    expect((await fairtrial(folder, "simulate", "--units", "50")).code).toBe(0);
    expect((await fairtrial(folder, "simulate", "--units", "60")).code).toBe(0);
  });

  test("fills a one-row-per-unit table that analyze then reads, and says that it is simulated", async () => {
    const folder = caseProject("lift-per-unit");
    const analysis = await simulateAndAnalyze(folder, "checkout-v2", "--units", "4000");
    expect(analysis.metrics[0]!.variants.reduce((sum, { units }) => sum + units, 0)).toBe(4000);
    expect(analysis.sources).toMatchObject([
      { source: "perUnit", files: ["data/users.csv"], simulated: true },
    ]);
  });

  test("refuses an experiment without dates by name", async () => {
    const { code, stderr } = await fairtrial(workedExample(), "simulate", "onboarding-checklist");
    expect(code).toBe(2);
    expect(stderr).toContain("`start` and `end`");
  });
});
