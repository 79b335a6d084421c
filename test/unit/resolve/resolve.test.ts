import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { resolve } from "../../../src/resolve/resolve.ts";
import { readDeclarations } from "../../../src/syntax/read-declarations.ts";
import { compileSample, type Edits } from "../check/sample-files.ts";

const DRAFT = `name: Draft
status: draft
unit: user
metrics: { primary: conversion }
mde: 5%
`;

function project(edits: Edits = {}) {
  const { project } = compileSample(edits);
  if (project === null) throw new Error("the sample has a project");
  return project;
}

function experiment(key: string, edits: Edits = {}): Experiment {
  const found = project(edits).experiments.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`${key} is in the sample`);
  return found;
}

const draft = (rest: string) => experiment("draft", { "draft.yaml": DRAFT + rest });

test("without a readable project.yaml there is no project", () => {
  const { declarations } = readDeclarations([{ path: "experiments/project.yaml", text: "name: [" }]);
  expect(resolve(declarations)).toEqual({ project: null, diagnostics: [], parts: null });
});

test("the project survives JSON", () => {
  const resolved = project();
  expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
});

test("the project is frozen all the way down", () => {
  const loose: string[] = [];
  (function visit(value: unknown, path: string) {
    if (typeof value !== "object" || value === null) return;
    if (!Object.isFrozen(value)) loose.push(path);
    for (const [key, part] of Object.entries(value)) visit(part, `${path}.${key}`);
  })(project(), "project");
  expect(loose).toEqual([]);
});

test("experiments and metrics are ordered by key", () => {
  const { experiments, metrics } = project();
  expect(experiments.map(({ key }) => key)).toEqual(["old", "one-page", "refactor"]);
  expect(metrics.map(({ key }) => key)).toEqual([
    "basket",
    "conversion",
    "errors",
    "order-value",
    "orders",
    "revenue",
  ]);
});

describe("variants", () => {
  test("come control first, then by code point, whatever the file says", () => {
    const { variants } = draft("variants: { b: {}, _a: {}, control: {}, Z: {}, '10': {}, '9': {} }\n");
    expect(variants.map(({ key }) => key)).toEqual(["control", "10", "9", "Z", "_a", "b"]);
  });

  test("the control need not be named control", () => {
    const resolved = draft('control: "1"\nvariants: { "0": {}, "1": {} }\n');
    expect(resolved).toMatchObject({ control: "1", default: "1" });
    expect(resolved.variants.map(({ key }) => key)).toEqual(["1", "0"]);
  });

  test.each([
    [2, [500_000, 500_000]],
    [3, [333_334, 333_333, 333_333]],
    [4, [250_000, 250_000, 250_000, 250_000]],
    [7, [142_858, 142_857, 142_857, 142_857, 142_857, 142_857, 142_857]],
  ])("%i uniform shares sum to the whole, the remainder to the first", (count, shares) => {
    const names = ["control", "a", "b", "c", "d", "e", "f"].slice(0, count);
    const { draw, variants } = draft(`variants: { ${names.map((name) => `${name}: {}`).join(", ")} }\n`);
    expect(draw).toEqual({ kind: "variants", operator: "uniformChoice", planout: null });
    expect(variants.map(({ share }) => share)).toEqual(shares);
  });

  test("weights become exact parts per million", () => {
    const { draw, variants } = draft(
      "variants: { control: { weight: 33.3334% }, a: { weight: 0.0001% }, b: { weight: 66.6665% } }\n",
    );
    expect(draw).toEqual({ kind: "variants", operator: "weightedChoice", planout: null });
    expect(variants.map(({ share }) => share)).toEqual([333_334, 1, 666_665]);
  });

  test("params are kept as they are written", () => {
    const { variants } = draft(
      'variants: { control: { params: { rate: 5%, deep: { list: [1, null, "x"] } } }, b: {} }\n',
    );
    expect(variants.map(({ params }) => params)).toEqual([
      { rate: "5%", deep: { list: [1, null, "x"] } },
      {},
    ]);
  });
});

describe("values", () => {
  test("what is not written takes its default", () => {
    const resolved = experiment("draft", {
      "draft.yaml": `${DRAFT}variants: { control: {}, b: {} }\n`,
      "project.yaml": [["defaults: { alpha: 5%, power: 80%, minDays: 14, maxDays: 56 }\n", ""]],
    });
    expect(resolved).toMatchObject({
      iteration: 1,
      runsOn: "browser",
      layer: null,
      rollout: 1_000_000,
      audience: null,
      exposure: { kind: "assignment" },
      analysis: { alpha: 0.05, power: 0.8, method: "fixed", minDays: 14, maxDays: 56 },
      planning: { newPerDay: 18_000, baseline: null },
      decision: null,
    });
  });

  test("an experiment's own analysis stands over the project's", () => {
    const { analysis } = experiment("draft", {
      "draft.yaml": `${DRAFT}variants: { control: {}, b: {} }\nanalysis: { alpha: 1%, maxDays: 28 }\n`,
      "project.yaml": [["power: 80%", "power: 90%"]],
    });
    expect(analysis).toEqual({
      alpha: 0.01,
      power: 0.9,
      method: "fixed",
      minDays: 14,
      maxDays: 28,
      cuped: null,
      breakdowns: [],
      trigger: null,
    });
  });

  test("effects are relative, absolute rates or absolute numbers", () => {
    expect(experiment("one-page").mde).toEqual({ kind: "relative", value: 0.05 });
    expect(experiment("one-page").guardrails[0]?.margin).toEqual({ kind: "absolute", value: 0.005 });
    expect(experiment("refactor").primary).toMatchObject({
      goal: "not-worse",
      margin: { kind: "relative", value: 0.05 },
    });
  });

  test("durations are milliseconds", () => {
    const { metrics } = project({ "metrics/orders.yaml": [["window: 7d", "window: 36h"]] });
    expect(metrics.find(({ key }) => key === "orders")?.window).toBe(129_600_000);
    expect(metrics.find(({ key }) => key === "revenue")?.window).toBe(604_800_000);
    expect(metrics.find(({ key }) => key === "basket")?.window).toBeNull();
  });

  test("a ratio has the window of its parts and holds them", () => {
    const ratio = project().metrics.find(({ key }) => key === "order-value");
    expect(ratio).toMatchObject({
      window: 604_800_000,
      numerator: { key: "revenue" },
      denominator: { key: "orders" },
    });
  });

  test("filters are ordered, one value is a list of one", () => {
    const revenue = project().metrics.find(({ key }) => key === "revenue");
    expect(revenue).toMatchObject({
      input: {
        where: [
          { column: "currency", values: ["USD", "EUR"] },
          { column: "refunded", values: [false] },
        ],
      },
    });
  });

  test("an event belongs to the only source where it names none", () => {
    const { events } = project({ "project.yaml": [["error-shown: { source: app,", "error-shown: {"]] });
    expect(events.map(({ source }) => source)).toEqual(["app", "app", "app"]);
  });
});

describe("conditions", () => {
  test("audience files are put in, entries are ordered, a single one stands alone", () => {
    const shoppers = {
      kind: "all",
      conditions: [
        { kind: "semver", attribute: "appVersion", range: ">=4.2.0" },
        { kind: "one-of", attribute: "country", values: ["CA", "US"] },
      ],
    };
    expect(experiment("one-page").audience).toEqual(shoppers);
    expect(project().audiences.find(({ key }) => key === "insiders")?.condition).toEqual({
      kind: "any",
      conditions: [{ kind: "one-of", attribute: "employee", values: [true] }, shoppers],
    });
  });

  test("operators, lists and negations", () => {
    expect(experiment("refactor").audience).toEqual({
      kind: "all",
      conditions: [
        { kind: "not", condition: { kind: "one-of", attribute: "country", values: ["GB"] } },
        { kind: "one-of", attribute: "age", values: [30, 40] },
        { kind: "contains", attribute: "flags", value: "beta" },
      ],
    });
  });

  test("the order of entries and values means nothing", () => {
    const written = "audience: { country: [US, CA], age: 30 }\nvariants: { control: {}, b: {} }\n";
    const reordered = "audience: { age: 30, country: [CA, US, CA] }\nvariants: { b: {}, control: {} }\n";
    expect(draft(written)).toEqual(draft(reordered));
  });
});
