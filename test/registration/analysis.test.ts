import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../src/index.ts";
import { caseProject, fairtrial, repository } from "../command-line.ts";
import { createRepository } from "./git-repository.ts";

const schema = JSON.parse(readFileSync(join(repository, "schema/analysis.schema.json"), "utf8"));
const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
const EXPERIMENT = "experiments/checkout-v2.yaml";

/** 40 and 46 conversions of 500 each. */
const users = [
  "user_id,variant,converted",
  ...Array.from({ length: 500 }, (_, index) => `c${index},control,${index < 40}`),
  ...Array.from({ length: 500 }, (_, index) => `v${index},one-page,${index < 46}`),
  "",
].join("\n");

function trial() {
  const made = createRepository(caseProject("lift-per-unit", { "data/users.csv": users }));
  const text = readFileSync(join(made.folder, EXPERIMENT), "utf8");
  return { ...made, text };
}

async function analysisOf(folder: string): Promise<{ analysis: Analysis; stderr: string }> {
  const { code, stdout, stderr } = await fairtrial(folder, "analyze", "checkout-v2", "--format", "json");
  expect(code).toBe(0);
  return { analysis: JSON.parse(stdout) as Analysis, stderr };
}

describe("analyze", () => {
  test("shows the plan that was fixed, and fits the schema", async () => {
    const { folder, commit } = trial();
    const started = commit({});
    const { analysis } = await analysisOf(folder);
    expect(analysis.registration).toMatchObject({
      commit: started,
      specHash: analysis.specHash,
      changes: [],
    });
    expect(analysis.commit).toBe(started);
    expect(validate(analysis)).toBe(true);
    const { stdout } = await fairtrial(folder, "analyze", "checkout-v2");
    expect(stdout).toContain(`fixed at ${started.slice(0, 12)} on 2026-01-01; unchanged since`);
  });

  test("gives no verdict on a changed plan, and says which change and when", async () => {
    const { folder, commit, text } = trial();
    const started = commit({});
    const changed = commit({ [EXPERIMENT]: text.replace("mde: 18%", "mde: 30%") });
    const { analysis } = await analysisOf(folder);
    expect(analysis.verdict.decision).toBe("invalid");
    expect(analysis.verdict.reasons[0]).toEqual({
      code: "plan-changed",
      decides: true,
      fields: "mde",
      count: 1,
      commit: changed,
      date: "2026-01-02T12:00:00Z",
    });
    expect(analysis.verdict.summary).toBe(
      `No verdict, the trial was not fair: the plan was changed after it was fixed at ${started.slice(0, 12)} (mde).`,
    );
    expect(analysis.registration).toMatchObject({ spec: { mde: { kind: "relative", value: 0.18 } } });
    expect(analysis.registration?.specHash).not.toBe(analysis.specHash);
    expect(validate(analysis)).toBe(true);
  });

  test("lists an amendment, which decides nothing", async () => {
    const { folder, commit, text } = trial();
    commit({});
    commit({ [EXPERIMENT]: text.replace("end: 2026-01-25", "end: 2026-02-08") });
    const { analysis } = await analysisOf(folder);
    expect(analysis.verdict.decision).not.toBe("invalid");
    expect(analysis.verdict.reasons).toContainEqual(
      expect.objectContaining({ code: "plan-amended", decides: false, fields: "end" }),
    );
  });

  test("a change that is not committed counts, and the commit has a plus", async () => {
    const { folder, commit, text } = trial();
    const started = commit({});
    writeFileSync(join(folder, EXPERIMENT), text.replace("mde: 18%", "mde: 30%"));
    const { analysis } = await analysisOf(folder);
    expect(analysis.commit).toBe(`${started}+`);
    expect(analysis.verdict.reasons[0]).toMatchObject({ code: "plan-changed", commit: null, date: null });
  });

  test("without a repository nothing is invalid, and it is said", async () => {
    const folder = caseProject("lift-per-unit", { "data/users.csv": users });
    const { analysis } = await analysisOf(folder);
    expect(analysis.registration).toBeNull();
    expect(analysis.verdict.decision).not.toBe("invalid");
    expect(analysis.verdict.reasons).toContainEqual({
      code: "plan-unregistered",
      decides: false,
      why: "no-repository",
    });
  });
});

test("report has the record on the experiment's page", async () => {
  const { folder, commit, text } = trial();
  const started = commit({});
  commit({ [EXPERIMENT]: text.replace("mde: 18%", "mde: 30%") });
  const out = join(folder, "site");
  expect((await fairtrial(folder, "report", "--out", out)).code).toBe(0);
  const page = readFileSync(join(out, "experiments", "checkout-v2.html"), "utf8");
  expect(page).toContain("Pre-registration");
  expect(page).toContain(`<code>${started}</code>`);
  expect(page).toMatch(/<code>mde<\/code>.*<code>18%<\/code>.*<code>30%<\/code>.*refused/);
});
