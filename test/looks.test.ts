import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../src/index.ts";
import { caseProject, fairtrial, repository } from "./command-line.ts";

const GOLDEN = join(repository, "test/cases/looks");
let folder = "";

/** A world in which the new basket and the large banner sell a third more, six weeks of it. */
beforeAll(async () => {
  folder = caseProject("looks");
  const effects = ["basket:purchase-rate=+30%", "large:purchase-rate=+30%"].flatMap((effect) => [
    "--effect",
    effect,
  ]);
  const simulated = await fairtrial(folder, "simulate", "--seed", "5", "--units", "60000", ...effects);
  expect(simulated).toMatchObject({ code: 0, stderr: "" });
}, 120_000);

async function analysisAt(key: string, asOf: string): Promise<Analysis> {
  const { code, stdout, stderr } = await fairtrial(
    folder,
    "analyze",
    key,
    "--as-of",
    asOf,
    "--format",
    "json",
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Analysis;
}

const lookOf = ({ metrics }: Analysis, variant = 0) => metrics[0]!.comparisons[variant]!.look ?? null;

test("validate has nothing to say, and the plan names what looking costs", async () => {
  expect(await fairtrial(folder, "validate")).toMatchObject({ code: 0 });
  const { stdout } = await fairtrial(folder, "plan");
  await expect(stdout).toMatchFileSnapshot(join(GOLDEN, "plan.txt"));
});

describe.each(["every-day", "every-week"])("%s", (key) => {
  test.each(["2026-10-18", "2026-10-30", "2026-11-20", "2026-12-20"])("as it stands on %s", async (day) => {
    const { stdout } = await fairtrial(folder, "analyze", key, "--as-of", `${day}T10:00:00Z`);
    await expect(stdout).toMatchFileSnapshot(join(GOLDEN, `${key}-${day}.txt`));
  });

  test("gives the same bytes again, and each earlier day as it was then", async () => {
    const [once, again, earlier] = [
      await analysisAt(key, "2026-11-06T10:00:00Z"),
      await analysisAt(key, "2026-11-06T10:00:00Z"),
      await analysisAt(key, "2026-10-25T10:00:00Z"),
    ];
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    const days = earlier.metrics[0]!.series.length;
    expect(days).toBeGreaterThan(5);
    for (const [index, point] of earlier.metrics[0]!.series.entries()) {
      const later = once.metrics[0]!.series[index]!;
      expect(later.day).toBe(point.day);
      expect(later.units).toEqual(point.units);
      point.comparisons.forEach(({ absolute, sequence }, at) => {
        expect(later.comparisons[at]!.absolute.estimate).toBeCloseTo(absolute.estimate!, 12);
        if (sequence) expect(later.comparisons[at]!.sequence!.lower).toBeCloseTo(sequence.lower!, 12);
      });
    }
  });

  test("the report draws the days", async () => {
    const { code } = await fairtrial(folder, "report", "--out", "site");
    expect(code).toBe(0);
  });
});

test("days are those of the project: the night in which clocks go back has 25 hours", async () => {
  const { metrics } = await analysisAt("every-day", "2026-11-06T10:00:00Z");
  const days = metrics[0]!.series.map(({ day }) => day);
  expect(days).toContain("2026-10-25");
  expect(days.at(-1)).toBe("2026-11-05");
  expect(new Set(days).size).toBe(days.length);
});

test("daily looks are one a day, weekly ones stay until the next week is over", async () => {
  expect(lookOf(await analysisAt("every-day", "2026-11-06T10:00:00Z"))!.day).toBe("2026-11-05");
  expect(lookOf(await analysisAt("every-week", "2026-11-06T10:00:00Z"))!.day).toBe("2026-11-01");
  expect(lookOf(await analysisAt("every-week", "2026-11-08T22:59:59Z"))!.day).toBe("2026-11-01");
  expect(lookOf(await analysisAt("every-week", "2026-11-08T23:00:00Z"))!.day).toBe("2026-11-08");
});
