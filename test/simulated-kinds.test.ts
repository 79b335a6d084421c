import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../src/index.ts";
import { fairtrial, temporaryFolder, writeFiles } from "./command-line.ts";

const PROJECT = `
name: kinds
timezone: UTC
units:
  user: { id: userId, newPerDay: 100000 }
  org: { id: orgId, newPerDay: 50000 }
attributes:
  country: { type: string, values: [US, CA, GB] }
events:
  session-start: { source: app, units: [user] }
  cart-viewed: { source: app, units: [user] }
  checkout-started: { source: app, units: [user] }
  purchase: { source: app, units: [user], properties: { amount: number, refunded: boolean } }
  page-load: { source: app, units: [user], properties: { loadMs: number } }
  invite-sent: { source: app, units: [user, org] }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures.parquet
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts, forced: is_forced }
      attributes: [country]
    app:
      from: data/events.parquet
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`;

const METRICS: Readonly<Record<string, string>> = {
  "day-7": "kind: retention\nevent: session-start\nday: 7\nbaseline: { rate: 20% }",
  "week-2": "kind: retention\nevent: session-start\ndays: [7, 13]\nbaseline: { rate: 40% }",
  later: "kind: retention\nevent: session-start\nday: 7\nrolling: true\nwindow: 20d\nbaseline: { rate: 50% }",
  sessions: "kind: count\nevent: session-start\nwindow: 14d\nbaseline: { mean: 1.4, standardDeviation: 2 }",
  checkout:
    "kind: funnel\nsteps: [cart-viewed, checkout-started, { event: purchase, where: { refunded: false } }]\nwindow: 24h\nbaseline: { rates: [60%, 40%, 25%] }",
  buyers: "kind: conversion\nevent: purchase\nwindow: 7d\nbaseline: { rate: 35% }",
  revenue:
    "kind: sum\nevent: purchase\nvalue: amount\nwindow: 7d\nbaseline: { mean: 12, standardDeviation: 30, cuped: { correlation: 0.7 } }",
  "capped-revenue":
    "kind: sum\nevent: purchase\nvalue: amount\nwindow: 7d\nwinsorize: 98%\nbaseline: { mean: 12, standardDeviation: 40 }",
  "at-most-40":
    "kind: sum\nevent: purchase\nvalue: amount\nwindow: 7d\nwinsorize: { absolute: 40 }\nbaseline: { mean: 12, standardDeviation: 40 }",
  "load-time":
    "kind: quantile\nquantile: 90%\nevent: page-load\nvalue: loadMs\nwindow: 7d\nbaseline: { value: 1840, spread: 5200 }",
  invites:
    "kind: count\nevent: invite-sent\nwindow: 7d\nper: user\nbaseline: { mean: 0.42, standardDeviation: 1, clusters: { org: { meanSize: 8, intraclassCorrelation: 0.06, sizeVariation: 0.6 } } }",
  inviters:
    "kind: conversion\nevent: invite-sent\nwindow: 7d\nper: user\nbaseline: { rate: 25%, clusters: { org: { meanSize: 8, intraclassCorrelation: 0.1, sizeVariation: 0.6 } } }",
};

interface Truth {
  readonly metric: string;
  readonly control: number | null;
  readonly value: number | null;
  readonly relative: number | null;
}

interface World {
  readonly analysis: Analysis;
  readonly truth: ReadonlyMap<string, Truth>;
}

/** An experiment on a metric and others beside it, simulated and analysed. */
async function world(
  primary: string,
  more: { readonly secondary?: readonly string[]; readonly unit?: string; readonly analysis?: string },
  ...options: readonly string[]
): Promise<World> {
  const folder = temporaryFolder();
  const metrics = Object.entries(METRICS).map(
    ([key, text]) => [`experiments/metrics/${key}.yaml`, `name: ${key}\nbetter: higher\n${text}\n`] as const,
  );
  writeFiles(folder, {
    "experiments/project.yaml": PROJECT,
    ...Object.fromEntries(metrics),
    "experiments/trial.yaml": `
name: Trial
owner: team
hypothesis: It helps.
status: running
start: 2026-03-02
end: 2026-03-22
removeBy: 2026-09-01
unit: ${more.unit ?? "user"}
variants: { control: { weight: 50% }, treatment: { weight: 50% } }
metrics: { primary: ${primary}, secondary: [${(more.secondary ?? []).join(", ")}] }
mde: 2%
analysis: { minDays: 7, maxDays: 56${more.analysis ?? ""} }
`,
  });
  mkdirSync(join(folder, "data"));
  const simulated = await fairtrial(folder, "simulate", "trial", ...options, "--format", "json");
  expect(simulated.code).toBe(0);
  const { truth } = JSON.parse(simulated.stdout) as { truth: readonly Truth[] };
  const analyzed = await fairtrial(folder, "analyze", "trial", "--format", "json");
  expect(analyzed.stdout, analyzed.stderr).not.toBe("");
  return {
    analysis: JSON.parse(analyzed.stdout) as Analysis,
    truth: new Map(truth.map((each) => [each.metric, each])),
  };
}

/** The interval of each metric holds the truth; returns what analysis found, by metric. */
function expectTruth({ analysis, truth }: World, keys: readonly string[]) {
  expect(analysis.health.srm.status).toBe("ok");
  return keys.map((key) => {
    const metric = analysis.metrics.find((each) => each.metric === key)!;
    const [{ absolute, relative }] = metric.comparisons as [(typeof metric.comparisons)[number]];
    const known = truth.get(key)!;
    expect(known.value! - known.control!).toBeGreaterThan(absolute.lower!);
    expect(known.value! - known.control!).toBeLessThan(absolute.upper!);
    expect(known.relative).toBeGreaterThan(relative.lower!);
    expect(known.relative).toBeLessThan(relative.upper!);
    return { metric, known, relative };
  });
}

describe("a simulated world has its truth inside the interval of", () => {
  test("retentions that overlap each other and a count", async () => {
    const found = await world(
      "day-7",
      { secondary: ["week-2", "later", "sessions"], analysis: ", breakdowns: [country]" },
      "--units",
      "8000",
      "--effect",
      "treatment:day-7=+20%",
    );
    const [day] = expectTruth(found, ["day-7", "week-2", "later", "sessions"]);
    expect(day!.known.relative).toBeCloseTo(0.2, 9);
    expect(day!.relative.lower).toBeGreaterThan(0);
    expect(["day-7", "week-2", "later"].map((key) => found.truth.get(key)!.control!.toFixed(6))).toEqual([
      "0.200000",
      "0.400000",
      "0.500000",
    ]);
    const [split] = day!.metric.breakdowns;
    expect(split!.attribute).toBe("country");
    expect(split!.values.map(({ value }) => value)).toEqual(expect.arrayContaining(["CA", "GB", "US"]));
  }, 120_000);

  test("a funnel, and what its last step is read for", async () => {
    const found = await world(
      "checkout",
      { secondary: ["buyers", "revenue"] },
      "--units",
      "8000",
      "--effect",
      "treatment:checkout=+16%",
    );
    const [funnel, buyers] = expectTruth(found, ["checkout", "buyers", "revenue"]);
    expect(funnel!.known).toMatchObject({ control: 0.25, value: 0.29 });
    expect(buyers!.known.control).toBeCloseTo(0.35, 6);
  }, 120_000);

  test("a quantile", async () => {
    const found = await world("load-time", {}, "--units", "8000", "--effect", "treatment:load-time=+10%");
    const [quantile] = expectTruth(found, ["load-time"]);
    expect(quantile!.known.control).toBeCloseTo(1840, 6);
    expect(quantile!.known.relative).toBeCloseTo(0.1, 9);
  }, 120_000);

  test("metrics of users where orgs are randomised", async () => {
    const found = await world(
      "invites",
      { secondary: ["inviters"], unit: "org" },
      "--units",
      "2500",
      "--effect",
      "treatment:invites=+15%",
    );
    const [invites, inviters] = expectTruth(found, ["invites", "inviters"]);
    expect(inviters!.known).toMatchObject({ control: 0.25, relative: 0 });
    const [control] = invites!.metric.variants;
    expect(control!.members! / control!.units).toBeCloseTo(8, 0);
    expect(invites!.known.control).toBeCloseTo(0.42, 9);
  }, 120_000);

  test("a metric that CUPED adjusts", async () => {
    const found = await world(
      "revenue",
      { analysis: ", cuped: 14d" },
      "--units",
      "8000",
      "--effect",
      "treatment:revenue=+8%",
    );
    const [revenue] = expectTruth(found, ["revenue"]);
    const { cuped } = revenue!.metric.comparisons[0]!;
    expect(cuped).toMatchObject({ applied: true });
    // Of values with such a tail, 8,000 units leave the correlation uncertain by this much.
    expect(Math.abs(Math.sqrt(cuped!.varianceReduction!) - 0.7)).toBeLessThan(0.06);
  }, 120_000);

  test("what follows a trigger", async () => {
    const found = await world(
      "buyers",
      { analysis: ", trigger: { event: cart-viewed }" },
      "--units",
      "8000",
      "--effect",
      "treatment:buyers=+12%",
    );
    const [buyers] = expectTruth(found, ["buyers"]);
    const units = buyers!.metric.variants.reduce((sum, variant) => sum + variant.units, 0);
    expect(Math.abs(units / 8000 - 0.6)).toBeLessThan(0.02);
    expect(buyers!.known).toMatchObject({ control: 0.35 });
  }, 120_000);

  test("values that are capped", async () => {
    const found = await world(
      "capped-revenue",
      { secondary: ["at-most-40"] },
      "--units",
      "8000",
      "--effect",
      "treatment:capped-revenue=+10%",
    );
    const [capped] = expectTruth(found, ["capped-revenue", "at-most-40"]);
    expect(capped!.known.relative).toBeLessThan(0.1);
  }, 120_000);
});
