import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Occasion } from "./run-job.ts";
import { type JobResult, runJob } from "./run-job.ts";
import {
  changed,
  type Edit,
  git,
  installTools,
  mergeGroup,
  openShop,
  pullRequest,
  push,
  pushed,
} from "./shop.ts";
import { SHOP } from "./shop-project.ts";

const CHECKOUT = "experiments/checkout.yaml";
const BANNER = "experiments/banner.yaml";

let bin: readonly string[];
let origin: string;
beforeAll(async () => {
  bin = installTools({ npx: "quick" });
  origin = await openShop();
});

/** Runs the check as GitHub would, with stand-ins for the actions of others. */
async function check(occasion: Omit<Occasion, "bin">, tools = bin) {
  const kept: string[] = [];
  const result = await runJob(".github/workflows/fairtrial.yml", "gate", {
    ...occasion,
    bin: tools,
    actions: {
      "actions/checkout": (inputs) => {
        expect(inputs).toEqual({ "fetch-depth": "0", "persist-credentials": "false" });
      },
      "actions/setup-node": () => {},
      "actions/upload-artifact": ({ path }) => {
        kept.push(...path!.trim().split(/\s+/).filter(existsSync));
      },
    },
  });
  return { ...result, kept };
}

let branches = 0;

/** The check of a pull request with one edit. */
async function checkEdit(edit: Edit, options: { readonly build?: boolean } = {}) {
  branches += 1;
  const branch = `edit-${branches}`;
  await push(origin, { branch, edit, ...options });
  return check(pullRequest(origin, branch));
}

const step = ({ steps }: JobResult, name: string) => steps.find((each) => each.name === name)!;
const outcomes = ({ steps }: JobResult) =>
  Object.fromEntries(
    ["Validate", "Plan", "Check the generated code"].map((name) => [
      name,
      steps.find((each) => each.name === name)?.outcome,
    ]),
  );
const outcomeOf = ({ temp }: JobResult) => readFileSync(join(temp, "fairtrial", "outcome"), "utf8").trim();

describe("a safe change passes", () => {
  test.each<[string, Edit]>([
    ["a rollout that rises", changed(CHECKOUT, "rollout: 60%", "rollout: 80%")],
    ["other words", changed(CHECKOUT, "One page loses fewer carts.", "One page loses far fewer carts.")],
    ["another owner", changed(CHECKOUT, "team-checkout", "team-basket")],
    ["a later day of removal", changed(CHECKOUT, "2027-03-01", "2027-04-01")],
    ["a start", changed(BANNER, "draft", "running")],
    ["a stop", changed(CHECKOUT, "status: running", "status: stopped")],
    ["a draft that changes all over", changed(BANNER, "from: 60%", "from: 70%")],
    [
      "a new iteration, with other weights",
      {
        [CHECKOUT]: SHOP[CHECKOUT]!.replace("iteration: 1", "iteration: 2")
          .replace("control:\n    weight: 50%", "control:\n    weight: 40%")
          .replace("one-page:\n    weight: 50%", "one-page:\n    weight: 60%"),
      },
    ],
  ])("%s", async (_, edit) => {
    const result = await checkEdit(edit);
    expect(result.conclusion, step(result, "Plan").log).toBe("success");
    expect(outcomes(result)).toEqual({
      Validate: "success",
      Plan: "success",
      "Check the generated code": "success",
    });
    expect(outcomeOf(result)).toBe("changes");
    expect(step(result, "./.github/actions/fairtrial").outputs.changes).toBe("true");
    expect(result.kept.map((path) => path.split("/").at(-1))).toEqual(["outcome", "plan.json", "plan.txt"]);
  });

  test("one that touches no experiment, and says so", async () => {
    const result = await checkEdit({ "README.md": "# Shop\n", [CHECKOUT]: `# A note.\n${SHOP[CHECKOUT]}` });
    expect(result.conclusion, step(result, "Plan").log).toBe("success");
    expect(outcomeOf(result)).toBe("none");
    expect(step(result, "./.github/actions/fairtrial").outputs.changes).toBe("false");
  });

  test("a stop, while another file is broken", async () => {
    const broken = { [BANNER]: SHOP[BANNER]!.replace("weight: 50%", "weight: 55%") };
    await push(origin, { branch: "broken-main", edit: broken, build: false });
    await push(origin, {
      branch: "emergency",
      from: "broken-main",
      edit: changed(CHECKOUT, "status: running", "status: stopped"),
      build: false,
    });
    const occasion = pullRequest(origin, "emergency");
    const result = await check({ ...occasion, env: { ...occasion.env, GITHUB_BASE_REF: "broken-main" } });
    expect(result.conclusion, step(result, "Plan").log).toBe("success");
    expect(outcomes(result)).toMatchObject({ Plan: "success", "Check the generated code": "skipped" });
  });
});

describe("a change that would spoil the running experiment is refused", () => {
  test.each<[string, Edit, string]>([
    [
      "weights",
      {
        [CHECKOUT]: SHOP[CHECKOUT]!.replace("control:\n    weight: 50%", "control:\n    weight: 40%").replace(
          "one-page:\n    weight: 50%",
          "one-page:\n    weight: 60%",
        ),
      },
      CHECKOUT,
    ],
    ["a variant's name", changed(CHECKOUT, "one-page:\n", "single-page:\n"), CHECKOUT],
    [
      "the operator",
      changed(
        CHECKOUT,
        /variants:[\s\S]*(?=metrics:)/,
        "assign: uniformChoice\nvariants:\n  control: {}\n  one-page: {}\n",
      ),
      CHECKOUT,
    ],
    ["the audience", changed(CHECKOUT, "audience: north-america", "audience:\n  country: [US]"), CHECKOUT],
    [
      "the audience's file",
      changed("experiments/audiences/north-america.yaml", "[US, CA]", "[US]"),
      CHECKOUT,
    ],
    ["the range in the layer", changed(CHECKOUT, "to: 50%", "to: 55%"), CHECKOUT],
    ["the primary metric", changed(CHECKOUT, "primary: conversion", "primary: errors"), CHECKOUT],
    [
      "a metric's window",
      changed("experiments/metrics/conversion.yaml", "window: 7d", "window: 5d"),
      CHECKOUT,
    ],
    ["a guardrail's margin", changed(CHECKOUT, "absolute: 2%", "absolute: 3%"), CHECKOUT],
    ["the MDE", changed(CHECKOUT, "mde: 10%", "mde: 12%"), CHECKOUT],
    ["alpha, through the defaults", changed("experiments/project.yaml", "alpha: 5%", "alpha: 10%"), CHECKOUT],
    [
      "the name of its file",
      { [CHECKOUT]: null, "experiments/checkout-2.yaml": SHOP[CHECKOUT]! },
      "checkout-2",
    ],
    ["a draft again", changed(CHECKOUT, "status: running", "status: draft"), CHECKOUT],
  ])("%s", async (_, edit, named) => {
    const result = await checkEdit(edit);
    expect(result.conclusion).toBe("failure");
    expect(outcomes(result)).toMatchObject({ Plan: "failure" });
    expect(outcomeOf(result)).toBe("refused");
    expect(step(result, "Plan").log).toContain(named);
    expect(step(result, "Plan").log).toContain("::error title=Fairtrial::");
    expect(heardByTheRunner(step(result, "Plan").log)).toMatch(
      /^::error file=experiments\/.*title=change\//m,
    );
    expect(result.summary).not.toBe("");
  });
});

describe("a change that is wrong in itself fails", () => {
  test("with an annotation on the line, and all else still told", async () => {
    const result = await checkEdit(changed(BANNER, "weight: 50%", "weight: 60%"), { build: false });
    expect(result.conclusion).toBe("failure");
    expect(step(result, "Validate").log).toMatch(/^::error file=experiments\/banner\.yaml,line=\d+/m);
    expect(outcomes(result)).toMatchObject({ Plan: "failure", "Check the generated code": "skipped" });
    expect(result.summary).toContain("banner.yaml");
  });

  test("when the generated code was not made anew", async () => {
    const result = await checkEdit(changed(CHECKOUT, "rollout: 60%", "rollout: 70%"), { build: false });
    expect(outcomes(result)).toEqual({
      Validate: "success",
      Plan: "success",
      "Check the generated code": "failure",
    });
    expect(result.conclusion).toBe("failure");
  });
});

test("two pull requests that are valid alone and overlap when merged: the second fails in the merge queue", async () => {
  const shop = await openShop();
  const started = changed(BANNER, "draft", "running")[BANNER]!.replace("from: 60%", "from: 50%");
  await push(shop, { branch: "banner", edit: { [BANNER]: started } });
  const rival = started.replace("name: Banner", "name: Rival").replace("to: 100%", "to: 80%");
  await push(shop, { branch: "rival", edit: { "experiments/rival.yaml": rival } });
  for (const branch of ["banner", "rival"])
    expect((await check(pullRequest(shop, branch))).conclusion, branch).toBe("success");

  const first = mergeGroup(shop, "banner");
  expect((await check(first)).conclusion).toBe("success");
  git(first.workspace, "push", "--quiet", "origin", "HEAD:refs/heads/main");
  const second = await check(mergeGroup(shop, "rival"));
  expect(second.conclusion).toBe("failure");
  expect(step(second, "Validate").log).toContain("experiments/banner.yaml");
  expect(step(second, "Validate").log).toContain("experiments/rival.yaml");
});

describe("after a push", () => {
  test("compares with what was before, and refuses what no pull request should have let through", async () => {
    const shop = await openShop();
    const before = await push(shop, { branch: "main", edit: {} });
    await push(shop, { branch: "main", edit: changed(CHECKOUT, "mde: 10%", "mde: 12%") });
    const result = await check(pushed(shop, before));
    expect(result.conclusion).toBe("failure");
    expect(result.kept).toEqual([]);
  });

  test.each([
    ["a new branch", "0".repeat(40)],
    ["a forced push", "0123456789012345678901234567890123456789"],
  ])("has nothing to compare %s with, and says so", async (_, before) => {
    const result = await check(pushed(origin, before));
    expect(result.conclusion, step(result, "Plan").log).toBe("success");
    expect(step(result, "Plan").log).toContain("::notice title=Fairtrial::Nothing to compare with");
    expect(step(result, "./.github/actions/fairtrial").outputs.changes).toBe("unknown");
  });
});

describe("hostile names do nothing", () => {
  const HOSTILE = ["$(touch$", "{IFS}pwned);`touch$", "{IFS}pwned`|'\"--help"].join("");

  test("of branches, the head's and the base's", async () => {
    const shop = await openShop();
    await push(shop, { branch: HOSTILE, edit: changed(CHECKOUT, "mde: 10%", "mde: 12%") });
    await push(shop, { branch: `base-${HOSTILE}`, edit: {} });
    const occasion = pullRequest(shop, HOSTILE);
    const result = await check({ ...occasion, env: { ...occasion.env, GITHUB_BASE_REF: `base-${HOSTILE}` } });
    expect(outcomeOf(result)).toBe("refused");
    expect(existsSync(join(occasion.workspace, "pwned"))).toBe(false);
  });

  test.each<[string, string, Edit, string]>([
    ["in a valid file", "", {}, "success"],
    ["over two lines", "\\n", {}, "failure"],
    ["of a file", "", { "experiments/$(touch pwned).yaml": SHOP[BANNER]! }, "failure"],
  ])("of experiments, %s", async (_, separator, more, conclusion) => {
    const name = `"::error file=x::forged${separator}::add-mask::one-page ##[error]forged $(touch pwned) \`touch pwned\`"`;
    const text = SHOP[BANNER]!.replace("name: Banner", `name: ${name}`).replace("draft", "running");
    const result = await checkEdit({ [BANNER]: text, ...more });
    expect(result.conclusion, JSON.stringify(result.steps)).toBe(conclusion);
    const heard = result.steps.flatMap(({ log }) => heardByTheRunner(log).split("\n"));
    const commands = heard.filter((line) => /^\s*::|##\[/.test(line));
    const ours = /^::(stop-commands::|(error|warning|notice) (title=Fairtrial::|file=experiments\/))/;
    expect(commands.filter((line) => !ours.test(line))).toEqual([]);
    expect(existsSync(join(result.temp, "pwned"))).toBe(false);
  });
});

test("the real npx runs the command line of the repository's own dependency", async () => {
  await push(origin, { branch: "with-npx", edit: changed(CHECKOUT, "rollout: 60%", "rollout: 90%") });
  const result = await check(pullRequest(origin, "with-npx"), installTools({ npx: "real" }));
  expect(result.conclusion, JSON.stringify(result.steps)).toBe("success");
});

describe("installs with the manager whose lock file is there", () => {
  test.each<[string, readonly string[], string]>([
    ["npm", ["package-lock.json"], "npm ci --ignore-scripts"],
    ["pnpm", ["pnpm-lock.yaml"], "pnpm install --frozen-lockfile --ignore-scripts"],
    ["yarn 1", ["yarn.lock"], "yarn install --frozen-lockfile --ignore-scripts"],
    ["yarn 4", ["yarn.lock", ".yarnrc.yml"], "yarn install --immutable"],
    ["npm without a lock", [], "npm install --ignore-scripts"],
  ])("%s", async (manager, locks, command) => {
    const branch = `locked-${manager.replace(/ /g, "-")}`;
    const edit = { "package-lock.json": null, ...Object.fromEntries(locks.map((path) => [path, "{}\n"])) };
    await push(origin, { branch, edit });
    const result = await check(pullRequest(origin, branch));
    expect(result.conclusion, JSON.stringify(result.steps)).toBe("success");
    expect(readFileSync(join(result.temp, "installed"), "utf8")).toContain(`${command}`);
  });
});

/** The lines of a log in which the runner looks for commands: not those between a stop and its token. */
function heardByTheRunner(log: string): string {
  let silence: string | null = null;
  const heard: string[] = [];
  for (const line of log.split("\n")) {
    if (silence === null) {
      heard.push(line);
      silence = /^::stop-commands::(.+)$/.exec(line)?.[1] ?? null;
    } else if (line === `::${silence}::`) silence = null;
  }
  return heard.join("\n");
}
