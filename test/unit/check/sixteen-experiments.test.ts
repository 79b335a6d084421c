import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Metric } from "../../../src/model/metric.ts";
import { SIXTEEN } from "./sixteen-files.ts";

const DAY = 86_400_000;

const compiled = compile(Object.entries(SIXTEEN).map(([path, text]) => ({ path, text })));

test("sixteen experiments are said without a problem", () => {
  const found = compiled.diagnostics.map(({ code, place }) => `${code} ${place.file}`);
  expect(found).toEqual([]);
  expect(compiled.project?.experiments).toHaveLength(16);
});

const metric = (key: string): Metric => compiled.project!.metrics.find((each) => each.key === key)!;
const experiment = (key: string): Experiment =>
  compiled.project!.experiments.find((each) => each.key === key)!;

test("a day of retention is 24 hours, counted from first exposure", () => {
  expect(metric("day-7")).toMatchObject({ from: 7 * DAY, to: 8 * DAY, window: 8 * DAY });
  expect(metric("week-2")).toMatchObject({ from: 7 * DAY, to: 14 * DAY, window: 14 * DAY });
  expect(metric("stays")).toMatchObject({ from: 7 * DAY, to: 28.5 * DAY, window: 28.5 * DAY });
});

test("steps of a funnel are rows of events, none with a value", () => {
  const rows = (event: string, where: unknown[] = []) => ({ kind: "event", event, value: null, where });
  expect(metric("cart-to-purchase")).toMatchObject({
    kind: "funnel",
    window: DAY,
    baseline: { kind: "rate", rate: 0.12, steps: [0.4, 0.22, 0.12] },
    steps: [
      rows("cart-viewed"),
      rows("checkout-started"),
      rows("purchase", [{ column: "refunded", values: [false] }]),
    ],
  });
});

test("caps, quantiles, clusters and correlations are numbers", () => {
  expect(metric("revenue-per-user")).toMatchObject({
    winsorize: { kind: "percentile", value: 0.999 },
    baseline: { cuped: { correlation: 0.45 } },
  });
  expect(metric("page-load-p95")).toMatchObject({
    quantile: 0.95,
    baseline: { kind: "quantile", spread: 5200 },
  });
  expect(metric("invites-per-user")).toMatchObject({
    per: "user",
    baseline: { clusters: { org: { meanSize: 11, intraclassCorrelation: 0.06, sizeVariation: 0 } } },
  });
});

test("the project's defaults hold where an experiment says nothing, and `off` is something", () => {
  expect(experiment("revenue").analysis).toMatchObject({
    cuped: 14 * DAY,
    breakdowns: ["country", "plan"],
    trigger: null,
  });
  expect(experiment("keeps-users").analysis).toMatchObject({
    cuped: null,
    breakdowns: [],
    trigger: { kind: "event", event: "cart-viewed", value: null, where: [] },
  });
});

test("exposures name test units and the column of the plan's hash", () => {
  expect(compiled.project?.warehouse?.layout).toMatchObject({
    exposures: { testUnits: { user: ["qa-1", "qa-2"] }, columns: { specHash: "spec" } },
  });
});
