import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../src/index.ts";
import {
  caseProject,
  fairtrial,
  repository,
  temporaryFolder,
  workedExample,
  writeFiles,
} from "./command-line.ts";

describe("validate", () => {
  test("finds nothing in the worked example, from any folder of it", async () => {
    const folder = join(workedExample(), "experiments", "metrics");
    expect(await fairtrial(folder, "validate")).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("✓ acme-shop"),
    });
  });

  test("tells machines the line and column", async () => {
    const folder = caseProject("first-exposure", {
      "experiments/metrics/revenue.yaml":
        "name: Revenue\nkind: sum\nevent: purchase\nvalue: amount\nbeter: higher\n",
    });
    const { code, stdout } = await fairtrial(folder, "validate", "--format", "json");
    expect(code).toBe(1);
    const { formatVersion, diagnostics } = JSON.parse(stdout);
    expect(formatVersion).toBe(1);
    expect(diagnostics).toMatchObject([
      { severity: "error", file: "experiments/metrics/revenue.yaml", line: 5, column: 1 },
    ]);
  });
});

describe("plan", () => {
  test("of the worked example, for a person to read", async () => {
    const { code, stdout, stderr } = await fairtrial(workedExample(), "plan");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(join(repository, "test/cases/plan/worked-example.txt"));
  });

  test("plans 10,201 units per variant for 4.9% and an MDE of 18%", async () => {
    const { stdout } = await fairtrial(workedExample(), "plan", "--format", "json");
    const { experiments } = JSON.parse(stdout) as Plan;
    const [size] = experiments.find(({ experiment }) => experiment === "checkout-v2")!.sizes;
    expect(size).toMatchObject({
      unitsPerVariant: [10201, 10201],
      formula: expect.stringContaining("power.prop.test"),
    });
  });
});

describe("plan of chosen experiments", () => {
  const other = `name: Another\nstatus: draft\nunit: user\nvariants: { control: {}, new: {} }\nmetrics: { primary: checkout-conversion }\nmde: 18%\n`;
  const shop = () => {
    const folder = workedExample();
    writeFiles(folder, { "experiments/another.yaml": other });
    return folder;
  };

  test("has these and no others, for people and machines", async () => {
    const { code, stdout } = await fairtrial(shop(), "plan", "another");
    expect([code, stdout.split("\n")[0]]).toEqual([0, "another draft · iteration 1"]);
    expect(stdout).not.toContain("checkout-v2");
    const json = await fairtrial(shop(), "plan", "checkout-v2", "--format", "json");
    const { experiments, layers } = JSON.parse(json.stdout) as Plan;
    expect(experiments.map(({ experiment }) => experiment)).toEqual(["checkout-v2"]);
    expect(layers.every(({ ranges }) => ranges.some(({ experiment }) => experiment === "checkout-v2"))).toBe(
      true,
    );
  });

  test("guesses at a slip, and lists what there is otherwise", async () => {
    const slip = await fairtrial(shop(), "plan", "anothr");
    expect([slip.code, slip.stderr]).toEqual([
      2,
      expect.stringContaining("there is no experiment anothr; did you mean another?"),
    ]);
    const far = await fairtrial(shop(), "plan", "zzzzzz");
    expect([far.code, far.stderr]).toEqual([2, expect.stringContaining("there are: another, ")]);
  });

  test("counts what is concluded or archived, and shows it where it is named", async () => {
    const folder = shop();
    const decision =
      "decision: { ship: new, date: 2026-12-08, by: me, verdict: ship, evidence: { iteration: 1, spec: abc, asOf: 2026-12-08T00:00:00Z } }\n";
    const concluded = other.replace("draft", "concluded") + decision;
    writeFiles(folder, {
      "experiments/another.yaml": concluded,
      "experiments/archive/oldest.yaml": concluded.replace("Another", "Oldest"),
    });
    const { code, stdout } = await fairtrial(folder, "plan");
    expect(code).toBe(0);
    expect(stdout).toContain("3 concluded and not shown; name an experiment to see its plan");
    expect(stdout).not.toMatch(/^another|^oldest/m);
    const named = await fairtrial(folder, "plan", "oldest");
    expect(named.stdout.split("\n")[0]).toBe("oldest concluded · iteration 1");
    const json = await fairtrial(folder, "plan", "--format", "json");
    expect((JSON.parse(json.stdout) as Plan).experiments.length).toBeGreaterThan(2);
  });
});

describe("build", () => {
  test("writes once, changes nothing the second time, and passes its own check", async () => {
    const folder = workedExample();
    expect(await fairtrial(folder, "build")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\d+ changed/),
    });
    const index = join(folder, "generated", "index.ts");
    const before = statSync(index).mtimeMs;
    expect(await fairtrial(folder, "build")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("none changed"),
    });
    expect(statSync(index).mtimeMs).toBe(before);
    rmSync(join(folder, "generated", "manifest.json"));
    expect(await fairtrial(folder, "build", "--check")).toMatchObject({ code: 0, stderr: "" });
  });

  test("--check names what drifted and the command that mends it, and writes nothing", async () => {
    const folder = workedExample();
    await fairtrial(folder, "build");
    const edited = join(folder, "generated", "experiments", "checkout-v2.ts");
    writeFileSync(edited, `${readFileSync(edited, "utf8")}// by hand\n`);
    rmSync(join(folder, "generated", "experiments", "pay-button.ts"));
    writeFiles(folder, { "generated/experiments/gone.ts": "// @generated by fairtrial; do not edit\n" });
    const { code, stderr } = await fairtrial(folder, "build", "--check");
    expect(code).toBe(1);
    expect(stderr).toContain("generated/experiments/checkout-v2.ts is not what the files say");
    expect(stderr).toContain("generated/experiments/pay-button.ts is missing");
    expect(stderr).toContain("generated/experiments/gone.ts is no longer emitted");
    expect(stderr).toContain("fairtrial build");
    expect(readFileSync(edited, "utf8")).toContain("// by hand");
    expect((await fairtrial(folder, "build")).code).toBe(0);
    expect(existsSync(join(folder, "generated", "experiments", "gone.ts"))).toBe(false);
    expect((await fairtrial(folder, "build", "--check")).code).toBe(0);
  });

  test("where a file stands in the folder's place, says so and leaves it", async () => {
    const folder = caseProject("first-exposure", { generated: "mine" });
    for (const options of [[], ["--check"], ["--watch"]]) {
      const { code, stderr } = await fairtrial(folder, "build", ...options);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: .*generated: a file is where a folder should be/);
    }
    expect(readFileSync(join(folder, "generated"), "utf8")).toBe("mine");
  });

  test("never deletes what a person put there", async () => {
    const folder = workedExample();
    writeFiles(folder, { "generated/notes.ts": "export const mine = 1;\n" });
    const { code, stderr } = await fairtrial(folder, "build");
    expect(code).toBe(1);
    expect(stderr).toContain("generated/notes.ts was not written by fairtrial");
    expect(readFileSync(join(folder, "generated", "notes.ts"), "utf8")).toContain("mine");
  });

  test("writes nothing while the files have errors", async () => {
    const folder = workedExample();
    writeFiles(folder, { "experiments/broken.yaml": "name: Broken\n" });
    expect((await fairtrial(folder, "build")).code).toBe(1);
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });

  test("of this repository is committed as the files say", async () => {
    expect(await fairtrial(repository, "build", "--check")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("report", () => {
  test("writes an index and a page per experiment, and again into the same folder", async () => {
    const folder = workedExample();
    await fairtrial(folder, "simulate", "--units", "2000");
    const out = join(folder, "site");
    for (let run = 0; run < 2; run++) {
      const { code, stdout } = await fairtrial(folder, "report", "--out", out);
      expect(code).toBe(0);
      expect(stdout).toMatch(/10 pages of acme-shop; open .*index\.html/);
    }
    const index = readFileSync(join(out, "index.html"), "utf8");
    for (const key of ["checkout-v2", "show-plugins", "onboarding-checklist", "free-shipping-banner"]) {
      expect(index).toContain(`experiments/${key}.html`);
      expect(existsSync(join(out, "experiments", `${key}.html`))).toBe(true);
    }
    expect(index).toContain("Simulated data");
  });

  test("never replaces a folder that holds something else", async () => {
    const folder = workedExample();
    await fairtrial(folder, "simulate", "--units", "200");
    const { code, stderr } = await fairtrial(folder, "report", "--out", join(folder, "experiments"));
    expect(code).toBe(2);
    expect(stderr).toContain("which no report wrote");
    expect(existsSync(join(folder, "experiments", "project.yaml"))).toBe(true);
  });

  test("into what is no folder is wrong usage", async () => {
    const folder = caseProject("first-exposure", { taken: "mine" });
    const { code, stderr } = await fairtrial(folder, "report", "--out", join(folder, "taken", "site"));
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: .*taken: something else is there already/);
    expect(stderr).not.toContain("bug");
  });

  test("without data says so on the pages and exits with 1", async () => {
    const folder = workedExample();
    const { code, stderr } = await fairtrial(folder, "report", "--out", join(folder, "site"));
    expect(code).toBe(1);
    expect(stderr).toContain("data/missing-file");
    expect(readFileSync(join(folder, "site", "experiments", "checkout-v2.html"), "utf8")).toContain(
      "data/missing-file",
    );
  });
});

test("analyze says that there is nothing to analyze", async () => {
  const folder = temporaryFolder();
  await fairtrial(folder, "init", "--no-ci");
  expect(await fairtrial(folder, "analyze")).toEqual({
    code: 0,
    stdout: "",
    stderr: "there is nothing to analyze: no experiment is more than a draft\n",
  });
});

test("every command has help, --format and --cwd", async () => {
  for (const command of ["validate", "plan", "build", "simulate", "analyze", "report"]) {
    const { code, stdout } = await fairtrial(".", command, "--help");
    expect(code).toBe(0);
    expect(stdout).toContain("--format");
    expect(stdout).toContain("--cwd");
  }
});
