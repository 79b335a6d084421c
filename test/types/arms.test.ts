import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Experiment, Parameter } from "../../src/model/experiment.ts";
import { baselineCell, cellsOf } from "../../src/resolve/cells.ts";
import { compileGenerated, emitted } from "../unit/emit/generated.ts";
import { experiment, ORG, shop } from "../unit/emit/shop.ts";

const app = readFileSync(join(import.meta.dirname, "fixtures", "arms.ts"), "utf8");

const drawn = (name: string, operator: Parameter["operator"]): Parameter => ({
  name,
  operator,
  planout: null,
});
const FACTORS = [
  drawn("headline", { kind: "uniformChoice", choices: ["plain", "really bold"] }),
  drawn("steps", { kind: "weightedChoice", choices: [3, 1], weights: [900_000, 100_000] }),
];
const PRICES = [
  drawn("badge", { kind: "bernoulliTrial", share: 100_000 }),
  drawn("label", { kind: "uniformChoice", choices: ["sale", "offer"] }),
  drawn("price", { kind: "randomFloat", min: 7.99, max: 11.99 }),
];
const parametersOf = (parameters: readonly Parameter[], listed: boolean): Partial<Experiment> => ({
  draw: { kind: "parameters", parameters },
  control: baselineCell(parameters),
  default: baselineCell(parameters),
  variants: listed ? cellsOf(parameters) : [],
});

const EXPERIMENTS = [
  experiment("factorial", parametersOf(FACTORS, true)),
  experiment("price", parametersOf(PRICES, false)),
  experiment("show-plugins", {
    unit: ORG,
    control: "0",
    default: "0",
    draw: {
      kind: "variants",
      operator: "weightedChoice",
      planout: { base: "ShowPlugins.variant.", units: ["orgId", "userId", "country"], order: ["1", "0"] },
    },
    variants: [
      { key: "0", share: 500_000, params: { exposed: false } },
      { key: "1", share: 500_000, params: { exposed: true } },
    ],
  }),
  experiment("one-step", {
    status: "concluded",
    variants: [
      { key: "control", share: 500_000, params: { steps: 3 } },
      { key: "treatment", share: 500_000, params: { steps: 1 } },
    ],
    decision: {
      ship: "treatment",
      date: "2026-12-08",
      by: "team",
      verdict: "ship",
      why: null,
      evidence: { iteration: 1, spec: "8f3c2e1", asOf: "2026-12-08T00:00:00Z" },
    },
  }),
  experiment("dropped-colour", {
    default: "blue",
    variants: [
      { key: "control", share: 340_000, params: { colour: "grey" } },
      { key: "blue", share: 330_000, params: { colour: "navy" } },
      { key: "red", share: 330_000, params: { colour: "red" }, dropped: "2026-11-12" },
    ],
  }),
];

const old = join(import.meta.dirname, "..", "compile-matrix", "node_modules", "typescript-5");
const COMPILERS: readonly (readonly [string, string | undefined])[] = [
  ["the newest TypeScript", undefined],
  ["TypeScript 5.4", old],
];
if (!existsSync(old)) console.warn("SKIPPED: types under TypeScript 5.4 (npm ci in test/compile-matrix)");

describe.each(COMPILERS)("an app over arms of every kind, with %s", (_, compiler) => {
  test.skipIf(compiler && !existsSync(compiler))("is held to exactly their types", () => {
    const { errors } = compileGenerated(emitted(shop(EXPERIMENTS)), app, { module: "NodeNext" }, compiler);
    expect(errors).toBe("");
  });
});

test("is told what it does wrong: the check itself can fail", () => {
  const wrong = app.replaceAll("// @ts-expect-error", "//");
  const errors = compileGenerated(emitted(shop(EXPERIMENTS)), wrong).errors.match(/^app\.ts|\/app\.ts\(/gm);
  expect(errors).toHaveLength(app.match(/@ts-expect-error/g)!.length);
});

test("is told by name which case is missing, and which one is too many", () => {
  const { errors } = compileGenerated(
    emitted(shop(EXPERIMENTS)),
    app.replaceAll("// @ts-expect-error", "//"),
  );
  expect(errors).toContain("Property '1' is missing in type");
  expect(errors).toContain("Property 'unassigned' is missing in type");
  expect(errors).toContain("is not assignable to type '\"the arm is never 2\"'");
});

test("is told where it uses an experiment that is gone", () => {
  const files = emitted(shop(EXPERIMENTS.filter(({ key }) => key !== "price")));
  const { errors } = compileGenerated(files, app);
  expect(errors).toMatch(/app\.ts\(\d+,\d+\): error TS\d+: .*no exported member '?"?price/);
});
