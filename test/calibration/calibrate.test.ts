import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.ts";

const report = calibrate({ seed: 20_261_102, worlds: 4000 });

describe("4,000 worlds with a committed seed", () => {
  test.each(report.scenarios.filter(({ negativeControl }) => !negativeControl))(
    "$topic: $setting",
    ({ checks }) => {
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ inBand }) => !inBand)).toEqual([]);
    },
  );

  test.each(report.scenarios.filter(({ negativeControl }) => negativeControl))(
    "is not fooled: $setting",
    ({ checks }) => {
      expect(checks.length).toBeGreaterThan(0);
      for (const { found, most } of checks) expect(found).toBeGreaterThan(most!);
    },
  );

  test("pass as a whole, with the power of at least twelve designs among them", () => {
    expect(report.passes).toBe(true);
    expect(report.scenarios.filter(({ topic }) => topic === "planned power").length).toBeGreaterThanOrEqual(
      12,
    );
  });
});

test("the page that shows the full run has every kind of world in it, and no failure", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "calibration.md"), "utf8");
  for (const { topic, setting } of report.scenarios)
    if (!topic.endsWith("enumerated")) expect(page).toContain(setting);
  expect(page).not.toContain("✗ **");
});
