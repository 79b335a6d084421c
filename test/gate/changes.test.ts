import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { changeRules } from "../../src/check/change-rules.ts";
import { fairtrial } from "../command-line.ts";
import { type Files, openRepository } from "./repository.ts";
import { edited, SHOP } from "./shop.ts";

const CHECKOUT = "experiments/checkout.yaml";
const BANNER = "experiments/banner.yaml";
const PRICES = "experiments/prices.yaml";
const SEARCH = "experiments/search.yaml";
const PROJECT = "experiments/project.yaml";
const CONVERSION = "experiments/metrics/conversion.yaml";
const REVENUE = "experiments/metrics/revenue.yaml";
const BUYERS = "experiments/audiences/buyers.yaml";

type Edit = readonly [found: string, replacement: string];
const edit = (file: keyof typeof SHOP, ...edits: readonly Edit[]): Files => ({
  [file]: edited(file, ...edits),
});
const checkout = (...edits: readonly Edit[]) => edit(CHECKOUT, ...edits);

/** Each with the place that is marked, as `file: marked text`. */
const REFUSED: readonly [string, Files, string][] = [
  [
    "the unit",
    {
      ...checkout(
        ["unit: user\n", "unit: org\n"],
        ["layer:\n  name: checkout\n  from: 0%\n  to: 60%\n", ""],
        ["  guardrails:\n    - metric: errors\n      margin:\n        absolute: 1%\n", ""],
      ),
    },
    "checkout.yaml: org",
  ],
  ["the id of the unit", edit(PROJECT, ["id: userId", "id: uid"]), "project.yaml: uid"],
  [
    "the operator",
    checkout(
      ["variants:", "assign: uniformChoice\nvariants:"],
      ["    weight: 50%\n    params:\n      steps: 3", "    params:\n      steps: 3"],
      ["    weight: 50%\n    params:\n      steps: 1", "    params:\n      steps: 1"],
    ),
    "checkout.yaml: uniformChoice",
  ],
  [
    "a weight",
    checkout(
      ["weight: 50%\n    params:\n      steps: 3", "weight: 40%\n    params:\n      steps: 3"],
      ["weight: 50%\n    params:\n      steps: 1", "weight: 60%\n    params:\n      steps: 1"],
    ),
    "checkout.yaml: 40%",
  ],
  [
    "a third variant",
    checkout([
      "weight: 50%\n    params:\n      steps: 1",
      "weight: 25%\n    params:\n      steps: 1\n  two-page:\n    weight: 25%\n    params:\n      steps: 2",
    ]),
    "checkout.yaml: weight: 25%\n    params:\n      steps: 2",
  ],
  ["a param", checkout(["steps: 1", "steps: 2"]), "checkout.yaml: 2"],
  ["the control", checkout(["variants:", "control: one-page\nvariants:"]), "checkout.yaml: one-page"],
  ["the audience", checkout(["audience: buyers", "audience:\n  country: US"]), "checkout.yaml: country: US"],
  ["no audience", checkout(["audience: buyers\n", ""]), "checkout.yaml: name"],
  [
    "an audience file",
    edit(BUYERS, ["[US, CA]", "[US, CA, GB]"]),
    "audiences/buyers.yaml: country: [US, CA, GB]",
  ],
  ["the layer range", checkout(["to: 60%", "to: 50%"]), "checkout.yaml: 50%"],
  ["the exposure", checkout(["variants:", "exposure: explicit\nvariants:"]), "checkout.yaml: explicit"],
  [
    "the primary metric",
    checkout(["primary: conversion\n  secondary: [revenue]", "primary: revenue"]),
    "checkout.yaml: revenue",
  ],
  ["a secondary metric gone", checkout(["  secondary: [revenue]\n", ""]), "checkout.yaml: metrics"],
  ["a guardrail's margin", checkout(["absolute: 1%", "absolute: 2%"]), "checkout.yaml: absolute: 2%"],
  [
    "a goal",
    checkout([
      "primary: conversion",
      "primary:\n    metric: conversion\n    goal: not-worse\n    margin: 5%",
    ]),
    "checkout.yaml: not-worse",
  ],
  ["a metric's window", edit(CONVERSION, ["window: 7d", "window: 14d"]), "metrics/conversion.yaml: 14d"],
  [
    "a metric's filter",
    edit(CONVERSION, ["refunded: false", "refunded: true"]),
    "metrics/conversion.yaml: refunded: true",
  ],
  [
    "a metric's event",
    edit(CONVERSION, ["event: purchase\nwhere:\n  refunded: false\n", "event: error-shown\n"]),
    "metrics/conversion.yaml: error-shown",
  ],
  ["the MDE", checkout(["mde: 10%", "mde: 12%"]), "checkout.yaml: 12%"],
  ["defaults.alpha", edit(PROJECT, ["alpha: 5%", "alpha: 10%"]), "project.yaml: 10%"],
  ["alpha", checkout(["mde: 10%\n", "mde: 10%\nanalysis:\n  alpha: 10%\n"]), "checkout.yaml: 10%"],
  ["power", checkout(["mde: 10%\n", "mde: 10%\nanalysis:\n  power: 70%\n"]), "checkout.yaml: 70%"],
  ["CUPED", checkout(["mde: 10%\n", "mde: 10%\nanalysis:\n  cuped: 14d\n"]), "checkout.yaml: 14d"],
  ["defaults.cuped", edit(PROJECT, ["alpha: 5%", "alpha: 5%\n  cuped: 14d"]), "project.yaml: 14d"],
  [
    "a trigger",
    checkout(["mde: 10%\n", "mde: 10%\nanalysis:\n  trigger:\n    event: purchase\n"]),
    "checkout.yaml: event: purchase",
  ],
  ["a cap", edit(REVENUE, ["window: 7d", "window: 7d\nwinsorize: 99%"]), "metrics/revenue.yaml: 99%"],
  ["the measured unit", edit(REVENUE, ["window: 7d", "window: 7d\nper: org"]), "metrics/revenue.yaml: org"],
];

/** The checkout under another key, with edits. */
const renamed = (...edits: readonly Edit[]): Files => ({
  [CHECKOUT]: null,
  "experiments/one-page.yaml": edited(CHECKOUT, ...edits),
});
const OTHER_NAME: Edit = ["One-page checkout", "Shorter checkout"];
const OTHER_HYPOTHESIS: Edit = ["Fewer steps raise conversion.", "Less to read raises conversion."];

/** A rename hides no edit: each is refused besides. */
const RENAMED_AND_EDITED: readonly [string, Files, readonly string[]][] = [
  ["the MDE", renamed(["mde: 10%", "mde: 12%"]), ["mde"]],
  ["a param", renamed(["steps: 1", "steps: 2"]), ["variants.one-page.params.steps"]],
  [
    "the range and the audience",
    renamed(["to: 60%", "to: 50%"], ["audience: buyers\n", ""]),
    ["layer.to", "audience"],
  ],
  [
    "the primary metric and the name",
    renamed(OTHER_NAME, ["primary: conversion\n  secondary: [revenue]", "primary: revenue"]),
    ["metrics.primary", "metrics.secondary.revenue"],
  ],
  [
    "the variants and the hypothesis",
    renamed(OTHER_HYPOTHESIS, ["variant: one-page\n", "variant: short\n"], ["  one-page:\n", "  short:\n"]),
    ["variants.one-page", "variants.short"],
  ],
  [
    "the start and the MDE",
    renamed(["start: 2027-01-04", "start: 2027-01-11"], ["mde: 10%", "mde: 12%"]),
    ["mde"],
  ],
];

const REFUSED_OTHERWISE: readonly [string, Files, string, string][] = [
  [
    "a rename",
    { [CHECKOUT]: null, "experiments/one-page.yaml": SHOP[CHECKOUT] },
    "change/renamed",
    "one-page.yaml",
  ],
  [
    "a rename with other prose",
    { [CHECKOUT]: null, "experiments/one-page.yaml": edited(CHECKOUT, ["One-page", "Single-page"]) },
    "change/renamed",
    "one-page.yaml",
  ],
  ["back to draft", checkout(["status: running", "status: draft"]), "change/reopened", "checkout.yaml"],
  [
    "a decided trial again",
    edit(
      SEARCH,
      ["status: concluded", "status: running\nremoveBy: 2027-01-01"],
      [SHOP[SEARCH].slice(SHOP[SEARCH].indexOf("decision:")), ""],
    ),
    "change/reopened",
    "search.yaml",
  ],
  ["a holdout's rise", edit(PROJECT, ["share: 5%", "share: 6%"]), "change/holdout", "project.yaml"],
  ["another holdout", edit(PROJECT, ["holdout-2027", "holdout-2028"]), "change/holdout", "project.yaml"],
  ["a metric of a stopped trial", edit(PRICES, ["mde: 5%", "mde: 6%"]), "change/frozen", "prices.yaml"],
];

const ALLOWED: readonly [string, Files, "none" | "changes" | "attention"][] = [
  ["nothing", {}, "none"],
  ["a comment", { [CHECKOUT]: `# Ours.\n${SHOP[CHECKOUT]}` }, "none"],
  [
    "the order of keys and values",
    {
      [CHECKOUT]: edited(CHECKOUT, ["mde: 10%\n", ""]).replace("unit: user\n", "mde: 10%\nunit: user\n"),
      [BUYERS]: edited(BUYERS, ["[US, CA]", "[CA, US]"]),
    },
    "none",
  ],
  [
    "the order of variants",
    checkout(
      ["  control:\n    weight: 50%\n    params:\n      steps: 3\n", ""],
      ["      steps: 1\n", "      steps: 1\n  control:\n    weight: 50%\n    params:\n      steps: 3\n"],
    ),
    "none",
  ],
  [
    "an audience moved into the experiment",
    { ...checkout(["audience: buyers", "audience:\n  country: [CA, US]"]), [BUYERS]: null },
    "none",
  ],
  [
    "a default moved into the experiment",
    checkout(["mde: 10%\n", "mde: 10%\nanalysis:\n  alpha: 5%\n"]),
    "none",
  ],
  [
    "a metric that nobody uses",
    { "experiments/metrics/orders.yaml": "kind: count\nname: Orders\nbetter: higher\nevent: purchase\n" },
    "none",
  ],
  [
    "prose",
    checkout(["name: One-page checkout", "name: Checkout on one page"], ["team-checkout", "team-shop"]),
    "changes",
  ],
  ["a metric's prose", edit(CONVERSION, ["name: Conversion", "name: Who buys"]), "changes"],
  ["removeBy", checkout(["removeBy: 2027-05-01", "removeBy: 2027-06-01"]), "changes"],
  ["a rollout's rise", checkout(["rollout: 50%", "rollout: 100%"]), "changes"],
  ["a rollout's fall", checkout(["rollout: 50%", "rollout: 40%"]), "attention"],
  ["a later end", checkout(["end: 2027-02-07", "end: 2027-02-14"]), "attention"],
  ["another hypothesis", checkout(["Fewer steps raise", "Fewer steps lower"]), "attention"],
  ["a new baseline", edit(CONVERSION, ["rate: 30%", "rate: 31%"]), "attention"],
  ["other overrides", checkout(["employee: true", "plan: pro"]), "attention"],
  ["a holdout's fall", edit(PROJECT, ["share: 5%", "share: 4%"]), "changes"],
  [
    "no holdout",
    edit(PROJECT, ["holdout:\n  key: holdout-2027\n  unit: user\n  share: 5%\n", ""]),
    "changes",
  ],
  ["the timezone", edit(PROJECT, ["timezone: UTC", "timezone: Europe/Berlin"]), "attention"],
  ["where the data lie", edit(PROJECT, ["data/events/*.parquet", "data/tracked/*.parquet"]), "attention"],
  ["stopping", checkout(["status: running", "status: stopped"]), "changes"],
  [
    "concluding",
    checkout(
      ["status: running", "status: concluded"],
      [
        "mde: 10%\n",
        `mde: 10%\n${SHOP[SEARCH].slice(SHOP[SEARCH].indexOf("decision:")).replace("ship: fast", "ship: one-page")}`,
      ],
    ),
    "changes",
  ],
  ["dropping", { [CHECKOUT]: null }, "attention"],
  [
    "all of a draft",
    edit(
      BANNER,
      ["status: draft", "status: draft\niteration: 3"],
      ["from: 60%", "from: 70%"],
      ["mde: 10%", "mde: 20%"],
    ),
    "changes",
  ],
  [
    "starting a draft",
    edit(BANNER, [
      "status: draft",
      "status: running\nowner: me\nhypothesis: Larger is seen.\nremoveBy: 2027-06-01",
    ]),
    "changes",
  ],
  [
    "running on after a stop",
    edit(PRICES, ["status: stopped", "status: running\nremoveBy: 2027-01-01"]),
    "attention",
  ],
  [
    "what results are split by",
    checkout(["mde: 10%\n", "mde: 10%\nanalysis:\n  breakdowns: [country]\n"]),
    "changes",
  ],
  ["a concluded trial's metric", edit(SEARCH, ["mde: 5%", "mde: 6%"]), "attention"],
  ["archiving", { [SEARCH]: null, "experiments/archive/search.yaml": SHOP[SEARCH] }, "attention"],
  [
    "another trial in the place of one",
    renamed(
      OTHER_NAME,
      OTHER_HYPOTHESIS,
      ["start: 2027-01-04", "start: 2027-01-11"],
      ["mde: 10%", "mde: 12%"],
    ),
    "attention",
  ],
  [
    "another trial with the same words",
    renamed(
      ["start: 2027-01-04", "start: 2027-01-11"],
      ["primary: conversion\n  secondary: [revenue]", "primary: revenue"],
    ),
    "attention",
  ],
  [
    "the same trial again, the former one stopped",
    {
      ...checkout(["status: running", "status: stopped"]),
      "experiments/one-page.yaml": edited(CHECKOUT, ["mde: 10%", "mde: 12%"]),
    },
    "changes",
  ],
  [
    "a rename with an edit and a raised iteration",
    renamed(["unit: user\n", "iteration: 2\nunit: user\n"], ["mde: 10%", "mde: 12%"]),
    "attention",
  ],
  [
    "a rename with a raised iteration",
    {
      [CHECKOUT]: null,
      "experiments/one-page.yaml": edited(CHECKOUT, ["unit: user\n", "iteration: 2\nunit: user\n"]),
    },
    "attention",
  ],
];

const repository = openRepository(SHOP);
const gate = (...args: readonly string[]) => fairtrial(repository.folder, "plan", "--base", "main", ...args);
afterEach(() => {
  repository.git("reset", "--quiet", "--hard");
  repository.git("clean", "--quiet", "-d", "--force");
});

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly related: readonly { readonly file: string }[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly unknown[] }[];
}

async function judge(files: Files) {
  repository.write(files);
  const { code, stdout } = await gate("--format", "json", "--detailed-exitcode");
  const { verdict, diagnostics, change } = JSON.parse(stdout);
  return { code, verdict, diagnostics: diagnostics as readonly Found[], change };
}

describe("refuses to change, while it runs,", () => {
  test.each(REFUSED)("%s", async (_, files, at) => {
    const { code, verdict, diagnostics } = await judge(files);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect({ code, verdict }).toEqual({ code: 1, verdict: "refused" });
    expect(new Set(errors.map((found) => found.code))).toEqual(new Set(["change/frozen"]));
    expect(errors.map((found) => marked(found))).toContain(at);
    for (const { related, fixes } of errors.filter(({ message }) => message.includes("is running"))) {
      expect(related[0]?.file).toMatch(/^[0-9a-f]{7}:experiments\//);
      expect(fixes.map(({ title }) => title)).toEqual(["restart the trial with `iteration: 2`"]);
    }
  });

  test.each(REFUSED)("%s, but not with the offered edit", async (_, files) => {
    const keys = ["checkout", "prices"] as const;
    const raised = Object.fromEntries(
      keys.map((key) => {
        const path = `experiments/${key}.yaml` as const;
        const text = files[path] ?? SHOP[path];
        return [path, text.replace("status: ", "iteration: 2\nstatus: ")];
      }),
    );
    const { code, verdict, diagnostics } = await judge({ ...files, ...raised });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect({ code, verdict }).toEqual({ code: 3, verdict: "attention" });
    expect(diagnostics.map((found) => found.code)).toContain("change/carry-over");
  });

  test.each(RENAMED_AND_EDITED)("the key, and %s", async (_, files, fields) => {
    const { code, verdict, diagnostics, change } = await judge(files);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect({ code, verdict }).toEqual({ code: 1, verdict: "refused" });
    const [rename] = errors.filter((found) => found.code === "change/renamed");
    expect(rename?.file).toBe("experiments/one-page.yaml");
    expect(rename?.related.map(({ file }) => file.replace(/^[0-9a-f]{7}:/, "base:"))).toEqual([
      `base:${CHECKOUT}`,
    ]);
    expect(change.experiments.find(({ formerly }: { formerly: string | null }) => formerly)).toMatchObject({
      experiment: "one-page",
      formerly: "checkout",
      kind: "renamed",
    });
    const frozen = errors.filter((found) => found.code === "change/frozen").map(({ message }) => message);
    for (const field of fields) expect(frozen.join("\n")).toContain(`its \`${field}\` would change`);
    expect(frozen).toHaveLength(fields.length);
  });

  test.each(REFUSED_OTHERWISE)("%s", async (_, files, expected, file) => {
    const { code, verdict, diagnostics } = await judge(files);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect({ code, verdict }).toEqual({ code: 1, verdict: "refused" });
    expect(new Set(errors.map((found) => found.code))).toEqual(new Set([expected]));
    expect(errors[0]?.file).toBe(`experiments/${file}`);
  });
});

describe("allows", () => {
  test.each(ALLOWED)("%s", async (_, files, expected) => {
    const { code, verdict, diagnostics } = await judge(files);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect({ code, verdict }).toEqual({ code: expected === "none" ? 0 : 3, verdict: expected });
  });
});

test("without --detailed-exitcode a change that passes is 0", async () => {
  repository.write(checkout(["rollout: 50%", "rollout: 100%"]));
  expect((await gate()).code).toBe(0);
});

test("an iteration does not fall", async () => {
  repository.git("checkout", "--quiet", "-b", "second");
  repository.commit("second iteration", checkout(["unit: user\n", "unit: user\niteration: 2\n"]));
  repository.write({ [CHECKOUT]: SHOP[CHECKOUT] });
  const { code, stdout } = await fairtrial(repository.folder, "plan", "--base", "second", "--format", "json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: "change/iteration-falls" }]);
  repository.git("checkout", "--quiet", "--force", "main");
});

test("the offered edit is one that passes", async () => {
  const { diagnostics } = await judge(checkout(["steps: 1", "steps: 2"]));
  expect(diagnostics[0]?.fixes[0]?.edits).toMatchObject([
    { file: CHECKOUT, line: 4, text: "iteration: 2\nstatus" },
  ]);
});

test("every judgement on a change is shown here", () => {
  const shown = new Set([
    ...["change/frozen", "change/iteration-falls", ...REFUSED_OTHERWISE.map(([, , code]) => code)],
    ...[
      "change/carry-over",
      "change/dropped",
      "change/undropped",
      "change/variant-order",
      "change/resumed",
      "change/rollout-falls",
      "change/unread-base",
    ],
  ]);
  expect(new Set(changeRules.flatMap(({ codes }) => codes))).toEqual(shown);
});

test.each([
  ["change/rollout-falls", checkout(["rollout: 50%", "rollout: 40%"])],
  ["change/dropped", { [CHECKOUT]: null }],
  ["change/resumed", edit(PRICES, ["status: stopped", "status: running\nremoveBy: 2027-01-01"])],
] as const)("%s is a warning", async (code, files) => {
  const { diagnostics } = await judge(files);
  expect(diagnostics.map((found) => [found.code, found.severity])).toEqual([[code, "warning"]]);
});

/** What a diagnostic marks, as `file: text`. */
function marked({ file, line, ...rest }: Found): string {
  const { column, endLine, endColumn } = rest as unknown as Record<string, number>;
  const text = readFileSync(join(repository.folder, file), "utf8");
  const lines = text.split("\n");
  const starts = lines.map((_, index) => lines.slice(0, index).join("\n").length + (index > 0 ? 1 : 0));
  const from = starts[line - 1]! + column! - 1;
  const to = starts[endLine! - 1]! + endColumn! - 1;
  return `${file.replace("experiments/", "")}: ${text.slice(from, to).trimEnd()}`;
}
