import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Analysis } from "../src/index.ts";
import { caseProject, fairtrial, repository } from "./command-line.ts";

const GOLDEN = join(repository, "test/cases/factorial");
let folder = "";

/** A world in which plain headlines sell a fifth more, whatever the price, and dear ladders sell less. */
beforeAll(async () => {
  folder = caseProject("factorial");
  const plain = [9, 12, 15].map((price) => `headline=plain,price=${price}:purchase-rate=+20%`);
  const effects = [...plain, "ten:purchase-rate=-6%", "fourteen:purchase-rate=-18%"];
  const simulated = await fairtrial(
    ...([folder, "simulate", "--seed", "11", "--units", "60000"] as const),
    ...effects.flatMap((effect) => ["--effect", effect]),
  );
  expect(simulated).toMatchObject({ code: 0, stderr: "" });
}, 120_000);

async function analysisOf(key: string): Promise<Analysis> {
  const { code, stdout, stderr } = await fairtrial(folder, "analyze", key, "--format", "json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Analysis;
}

test.each(["offer", "ladder"])("%s, as people read it", async (key) => {
  const text = await fairtrial(folder, "analyze", key);
  await expect(text.stdout).toMatchFileSnapshot(join(GOLDEN, `${key}.txt`));
  const markdown = await fairtrial(folder, "analyze", key, "--format", "markdown");
  await expect(markdown.stdout).toMatchFileSnapshot(join(GOLDEN, `${key}.md`));
});

describe("two headlines by three prices", () => {
  test("the sample ratio is tested over the cells, main effects over merged cells", async () => {
    const { design, health, metrics, verdict } = await analysisOf("offer");
    expect(design.effects).toBe("main");
    expect(Object.keys(health.srm.observed)).toHaveLength(6);
    expect(health.srm.status).toBe("ok");
    const [primary] = metrics;
    const cells = new Map(primary!.variants.map((arm) => [arm.variant, arm]));
    const rateOf = (value: string) => {
      const arms = [...cells.values()].filter(({ variant }) => variant.split(",").includes(value));
      const [sum, units] = [arms.map((arm) => arm.sum!), arms.map((arm) => arm.units)].map((parts) =>
        parts.reduce((total, part) => total + part, 0),
      );
      return sum! / units!;
    };
    for (const { comparison, parameter, value, against } of primary!.effects!) {
      const difference = rateOf(`${parameter}=${value}`) - rateOf(`${parameter}=${against}`);
      expect(comparison.absolute.estimate).toBeCloseTo(difference, 12);
      expect(comparison.adjustedPValue).not.toBeNull();
    }
    expect(primary!.interaction!.degreesOfFreedom).toBe(2);
    expect(verdict).toMatchObject({ decision: "ship", variant: "headline=plain,price=9" });
  });

  test("the trend over the price is there, and found where there is one", async () => {
    const [flat, ladder] = [await analysisOf("offer"), await analysisOf("ladder")];
    expect(flat.metrics[0]!.dose!.levels.map(({ value }) => value)).toEqual([9, 12, 15]);
    expect(ladder.metrics[0]!.dose!.pValue!).toBeLessThan(0.05);
    expect(ladder.metrics[0]!.dose!.slope.estimate!).toBeLessThan(0);
  });
});

test("main effects by country: cells merged in each, and the parts are the whole", async () => {
  const { metrics } = await analysisOf("offer");
  const [{ breakdowns, effects = [] } = { breakdowns: [] }] = metrics;
  const [country] = breakdowns;
  const names = country!.values.map(({ value }) => value ?? "(none)");
  expect(names.sort()).toEqual(["(none)", "AT", "CH", "DE"]);
  for (const { comparison, variants } of effects) {
    const units = country!.values.map((value) => value.units[comparison.variant]!);
    expect(units.reduce((sum, count) => sum + count, 0)).toBe(variants[1]!.units);
    const interaction = country!.interactions.find(({ variant }) => variant === comparison.variant);
    expect(interaction!.degreesOfFreedom).toBe(3);
  }
});

test("a run again on other threads gives the same bytes, resampling included", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  const once = await analysisOf("offer");
  expect(once.metrics[1]!.effects![0]!.comparison.sensitivity!.bootstrap!.replicates).toBe(1000);
  for (const threads of ["1", "3", "4"]) {
    vi.stubEnv("FAIRTRIAL_THREADS", threads);
    expect(JSON.stringify(await analysisOf("offer"))).toBe(JSON.stringify(once));
  }
});

test("values before exposure are taken out where that is asked for, raw numbers beside", async () => {
  const { design, metrics } = await analysisOf("ladder");
  expect(design.cuped).toBe(7);
  for (const { comparisons, method } of metrics) {
    expect(method).toMatch(/^CUPED/);
    for (const { cuped } of comparisons) expect(cuped).toMatchObject({ applied: true, reason: null });
  }
});

test("the report has both", async () => {
  expect(await fairtrial(folder, "report", "--out", "site")).toMatchObject({ code: 0 });
});
