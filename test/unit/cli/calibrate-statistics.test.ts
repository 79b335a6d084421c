import { expect, test, vi } from "vitest";
import type { CalibrationReport } from "../../../src/calibrate.ts";
import { fairtrial } from "../../command-line.ts";

const check = {
  claim: "errs",
  type: "at-most",
  promised: 0.05,
  worlds: 4000,
  found: 0.09,
  least: null,
  most: 0.066,
  inBand: false,
} as const;
let passes = false;

vi.mock("../../../src/calibrate.ts", () => ({
  FEWEST_WORLDS: 2000,
  calibrate: ({ seed, worlds }: { readonly seed: number; readonly worlds: number }): CalibrationReport => ({
    formatVersion: 1,
    kind: "calibration",
    seed,
    worlds,
    scenarios: [
      {
        topic: "mean",
        setting: "a | b",
        through: "estimate",
        negativeControl: passes,
        checks: [check],
        passes,
      },
    ],
    passes,
  }),
}));

const calibrate = (...options: readonly string[]) => fairtrial("/", "simulate", "--calibrate", ...options);

test("a claim out of its band is a finding, in any form", async () => {
  passes = false;
  const options = ["--worlds", "4000", "--seed", "9", "--format"];
  const pretty = await calibrate(...options, "pretty");
  const json = await calibrate(...options, "json");
  const markdown = await calibrate(...options, "markdown");
  expect([pretty.code, json.code, markdown.code]).toEqual([1, 1, 1]);
  expect(pretty.stdout).toContain("✗ a | b");
  expect(pretty.stdout).toContain("✗ 0 of 1 claims hold, 0 of 0 known abuses are seen (seed 9)");
  expect(JSON.parse(json.stdout)).toMatchObject({
    kind: "calibration",
    seed: 9,
    worlds: 4000,
    passes: false,
  });
  expect(markdown.stdout).toContain("| errs | 0.0500 | 0.0900 ✗ | ≤ 0.0660 | 4,000 |");
  expect(markdown.stdout).toContain("**a \\| b**");
});

test("an abuse that is seen is none; no project is needed, and 20,000 worlds are the default", async () => {
  passes = true;
  const { code, stdout } = await calibrate("--format", "json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ seed: 1, worlds: 20_000 });
});

test.each([
  [["--worlds", "1999"], "at least 2000"],
  [["checkout"], "cannot be used with keys"],
  [["--units", "20000"], "cannot be used with keys, --units"],
  [["--effect", "a:b=+1%"], "cannot be used with keys, --units and --effect"],
])("%j is wrong usage", async (options, message) => {
  const { code, stderr } = await calibrate(...options);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test.each([[["--worlds", "4000"]], [["--format", "markdown"]]])("%j needs --calibrate", async (options) => {
  const { code, stderr } = await fairtrial("/", "simulate", ...options);
  expect(code).toBe(2);
  expect(stderr).toContain("need --calibrate");
});
