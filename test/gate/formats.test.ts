import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { assign } from "../../src/runtime/assign.ts";
import { load } from "../../src/runtime/load.ts";
import { fairtrial, repository as root, writeFiles } from "../command-line.ts";
import { openRepository } from "./repository.ts";
import { edited, SHOP } from "./shop.ts";

const CHECKOUT = "experiments/checkout.yaml";
const repository = openRepository(SHOP);
const gate = (...args: readonly string[]) => fairtrial(repository.folder, "plan", "--base", "main", ...args);
afterEach(() => {
  repository.git("reset", "--quiet", "--hard");
  repository.git("clean", "--quiet", "-d", "--force");
});

describe("markdown", () => {
  test("of a change with something of everything, for a person to read", async () => {
    repository.write({
      [CHECKOUT]: edited(CHECKOUT, ["rollout: 50%", "rollout: 80%"], ["steps: 1", "steps: 2"]),
      "experiments/banner.yaml": null,
      "experiments/search.yaml": edited("experiments/search.yaml", [
        "team-search\nhypothesis",
        "team-find\nhypothesis",
      ]),
      "experiments/project.yaml": edited("experiments/project.yaml", [
        "timezone: UTC",
        "timezone: Europe/Berlin",
      ]),
    });
    const { code, stdout } = await gate("--format", "markdown");
    expect(code).toBe(1);
    const shown = stdout.replaceAll(/\b[0-9a-f]{12}\b/g, "<base>");
    await expect(shown).toMatchFileSnapshot(join(root, "test/cases/history/everything.md"));
  });

  test("shows what files say and does nothing that they say", async () => {
    const evil = `</summary><img src=x onerror=alert(1)> @team [x](javascript:1) | \`a\` #1 <!-- ${"\u202e"}`;
    repository.write({
      [CHECKOUT]: edited(
        CHECKOUT,
        ["hypothesis: Fewer steps raise conversion.", `hypothesis: ${JSON.stringify(evil)}`],
        ["steps: 1", `steps: ${JSON.stringify(evil)}\n      "|<b>": 1`],
      ),
    });
    const { stdout } = await gate("--format", "markdown");
    expect(stdout.replaceAll(/(`+)[^`].*?\1/g, "")).not.toMatch(
      /<img|<b>|<!--|@team|(?<!\\)\]\(javascript|\u202e/,
    );
    for (const line of stdout
      .split("\n")
      .filter((text) => text.startsWith("| ") && text.includes("hypothesis")))
      expect(line.match(/(?<!\\)\|/g)).toHaveLength(5);
  });

  test("is at most 60 kB, and says what is left out", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => [
        `experiments/copy-${index}.yaml`,
        edited("experiments/banner.yaml", ["name: Banner", `name: ${"Ä".repeat(200)}`]),
      ]),
    );
    repository.write(many);
    const { stdout } = await gate("--format", "markdown");
    expect(new TextEncoder().encode(stdout).length).toBeLessThanOrEqual(60_000);
    expect(stdout).toMatch(/\d+ more sections are left out/);
    expect(stdout).toMatch(/^✅ \*\*/);
  });
});

test("json holds the facts and the judgements", async () => {
  repository.write({
    [CHECKOUT]: edited(CHECKOUT, ["rollout: 50%", "rollout: 100%"], ["mde: 10%", "mde: 9%"]),
  });
  const { code, stdout } = await gate("--format", "json");
  const report = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(report).toMatchObject({
    formatVersion: 1,
    base: { ref: "main", commit: repository.git("rev-parse", "main") },
    verdict: "refused",
    summary: "Plan: 0 to start, 1 to change, 0 to stop, 0 restarts",
    stops: null,
    diagnostics: [{ code: "change/frozen", file: CHECKOUT }],
  });
  const change = report.change.experiments.find(
    ({ experiment }: { experiment: string }) => experiment === "checkout",
  );
  expect(change).toMatchObject({
    kind: "changed",
    fields: [
      { field: "rollout", before: "50%", after: "100%", weight: "safe" },
      { field: "mde", before: "10%", after: "9%", weight: "refused" },
    ],
    movement: { units: 100_000, changed: 0, left: 0, assumesEligible: true },
    prices: [{ part: "guardrails", without: ["errors"] }],
  });
  expect(change.movement.after).toBe(change.movement.before + change.movement.entered);
  expect(change.units.after).toBeGreaterThanOrEqual(change.units.before);
});

describe("movement is measured on what is given:", () => {
  test("unit ids", async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `id-${index}`);
    writeFiles(repository.folder, { "ids.txt": `\u{feff}${ids.join("\r\n")}\r\n\r\n${ids[0]}\n` });
    repository.write({ [CHECKOUT]: edited(CHECKOUT, ["rollout: 50%", "rollout: 100%"]) });
    const { stdout } = await gate("--format", "json", "--units", join(repository.folder, "ids.txt"));
    const { change } = JSON.parse(stdout);
    expect(change.population).toEqual({ kind: "units", size: 300 });
    const { movement } = change.experiments.find(({ kind }: { kind: string }) => kind === "changed");
    const enrolled = ids.filter((userId) => assign(CHECKOUT_EVERYBODY, { userId }).variant !== null);
    expect(movement).toMatchObject({ units: 300, before: enrolled.length, changed: 0, left: 0 });
  });

  test("contexts, so that an audience's edit is seen", async () => {
    const contexts = ["US", "CA", "GB"].flatMap((country) =>
      Array.from({ length: 100 }, (_, index) => JSON.stringify({ userId: `${country}-${index}`, country })),
    );
    writeFiles(repository.folder, { "contexts.ndjson": `${contexts.join("\n")}\n` });
    const buyers = "experiments/audiences/buyers.yaml";
    repository.write({ [buyers]: edited(buyers, ["[US, CA]", "[US, GB]"]) });
    const { stdout } = await gate(
      "--format",
      "json",
      "--contexts",
      join(repository.folder, "contexts.ndjson"),
    );
    const { movement } = JSON.parse(stdout).change.experiments.find(
      ({ experiment }: { experiment: string }) => experiment === "checkout",
    );
    const meets = (country: string) =>
      contexts
        .map((text) => JSON.parse(text))
        .filter(
          (context) => context.country === country && assign(CHECKOUT_EVERYBODY, context).variant !== null,
        ).length;
    expect(movement).toMatchObject({ units: 300, changed: 0, assumesEligible: false });
    expect(movement.left).toBe(meets("CA"));
    expect(movement.entered).toBe(meets("GB"));
    expect(movement.before).toBe(meets("US") + meets("CA"));
    expect(movement.left).toBeGreaterThan(0);
  });

  test("a line that is no context is wrong usage", async () => {
    writeFiles(repository.folder, { "contexts.ndjson": '{"userId":"a"}\n[1]\n' });
    const { code, stderr } = await gate("--contexts", join(repository.folder, "contexts.ndjson"));
    expect(code).toBe(2);
    expect(stderr).toContain("contexts.ndjson:2 is not a JSON object");
  });
});

/** The checkout as the shop's files describe its assignment, without its audience. */
const CHECKOUT_EVERYBODY = load({
  key: "checkout",
  iteration: 1,
  status: "running",
  unit: { key: "user", id: "userId" },
  holdout: { salt: "holdout/holdout-2027", share: 50_000 },
  layer: { salt: "layer/checkout", from: 0, to: 600_000, enrolledTo: 300_000 },
  audience: null,
  attributes: [],
  overrides: [],
  draw: {
    kind: "variants",
    operator: "weightedChoice",
    hash: "experiment/checkout/1/variant",
    order: ["control", "one-page"],
  },
  variants: [
    { key: "control", share: 500_000, params: {} },
    { key: "one-page", share: 500_000, params: {} },
  ],
  control: "control",
  default: "control",
  shipped: null,
  exposure: "assignment",
});
