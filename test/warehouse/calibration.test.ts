import { expect, test } from "vitest";
import { acceptanceBand } from "../../src/calibration/band.ts";
import { openSampler, type Sampler } from "../../src/calibration/sampler.ts";
import { type Evidence, estimate } from "../../src/inference/estimate.ts";
import type { Experiment } from "../../src/model/experiment.ts";
import { planExperiment } from "../../src/plan/make-plan.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { readingOf } from "../../src/query/reading.ts";
import { type Moments, momentsOf } from "../../src/statistics/moments.ts";
import {
  onEvent,
  ratioMetric,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const WORLDS = 200;
const UNITS = 60;
const LIFT = 0.3;
const VARIANTS = ["control", "variant"] as const;

const workspace = makeWorkspace();
const revenue = sampleMetric("revenue", "sum", onEvent("purchase", "amount"));
const orders = sampleMetric("orders", "count", onEvent("purchase"));
const METRICS = [
  sampleMetric("converted", "conversion", onEvent("purchase")),
  revenue,
  sampleMetric("order-value", "mean", onEvent("purchase", "amount")),
  ratioMetric("revenue-per-order", revenue, orders),
];

/** Amounts of a unit's purchases. */
type Purchases = readonly number[];

test("200 worlds as 200 experiments of one engine: the moments of their rows, and the truth as often as promised", async () => {
  const sampler = openSampler(20_261_102, "end to end");
  const worlds = Array.from({ length: WORLDS }, () => VARIANTS.map((_, arm) => drawArm(sampler, arm)));
  const experiments = worlds.map((_, world) =>
    sampleExperiment(VARIANTS, METRICS, { key: `world-${world}` }),
  );
  const evidence = await measure(worlds, experiments);
  let [converted, earned] = [0, 0];
  for (const [world, arms] of worlds.entries()) {
    const truth = METRICS.map(({ key }) => ({
      metric: key,
      arms: arms.map((units) => momentsOfRows(key, units)),
    }));
    for (const [index, { metric, arms: moments }] of evidence[world]!.metrics.entries()) {
      expect(metric).toBe(truth[index]!.metric);
      for (const [arm, found] of moments.entries()) expectSame(found, truth[index]!.arms[arm]!);
    }
    const experiment = experiments[world]!;
    const plan = planExperiment(experiment, projectOf([experiment]));
    const [conversion, sum] = estimate({ experiment, plan, observation: evidence[world]! });
    converted += Number(covers(conversion!.comparisons[0]!.absolute, 0));
    earned += Number(covers(sum!.comparisons[0]!.relative, LIFT));
  }
  const band = acceptanceBand(0.95, WORLDS);
  for (const count of [converted, earned]) {
    expect(count).toBeGreaterThanOrEqual(band.least);
    expect(count).toBeLessThanOrEqual(band.most);
  }
}, 240_000);

/** The variant's buyers spend more, and are as many. */
function drawArm(sampler: Sampler, arm: number): readonly Purchases[] {
  return Array.from({ length: UNITS }, () =>
    Array.from({ length: sampler.poisson(0.8) }, () => {
      const cents = Math.round(2000 * Math.exp(0.5 * sampler.normal()));
      return (cents / 100) * (arm === 1 ? 1 + LIFT : 1);
    }),
  );
}

async function measure(
  worlds: readonly (readonly (readonly Purchases[])[])[],
  experiments: readonly Experiment[],
): Promise<readonly Evidence[]> {
  const exposures = ["experiment,user,variant,time"];
  const events = ["user,event,amount,time"];
  for (const [world, arms] of worlds.entries()) {
    for (const [arm, units] of arms.entries()) {
      for (const [unit, purchases] of units.entries()) {
        const id = `${world}-${arm}-${unit}`;
        exposures.push(`world-${world},${id},${VARIANTS[arm]},2026-11-02 00:00:00`);
        for (const amount of purchases) events.push(`${id},purchase,${amount},2026-11-03 00:00:00`);
      }
    }
  }
  const paths = new Map([
    ["exposures", [workspace.write("exposures.csv", exposures.join("\n"))]],
    ["app", [workspace.write("events.csv", events.join("\n"))]],
  ]);
  const project = projectOf(experiments);
  const engine = await workspace.open();
  const { sources } = await prepareSources(project, paths, engine, experiments.map(readingOf));
  const found: Evidence[] = [];
  const asOf = sources!.timed ? sources!.lastInstant : null;
  for (const experiment of experiments) {
    const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf });
    const { metrics } = await momentsOfMetrics({
      project,
      experiment,
      sources: sources!,
      enrolled: enrolled!,
      engine,
      cutoff: asOf,
    });
    found.push({ metrics: metrics! });
  }
  await engine.close();
  return found;
}

function projectOf(experiments: readonly Experiment[]) {
  return sampleProject(sampleLayout(), experiments, [sampleEvent("purchase")]);
}

function momentsOfRows(metric: string, units: readonly Purchases[]): Moments {
  const total = (purchases: Purchases) => purchases.reduce((sum, amount) => sum + amount, 0);
  const buyers = units.filter(({ length }) => length > 0);
  if (metric === "converted")
    return momentsOf(
      units.map(({ length }) => [Number(length > 0)]),
      1,
    );
  if (metric === "revenue")
    return momentsOf(
      units.map((purchases) => [total(purchases)]),
      1,
    );
  if (metric === "order-value")
    return momentsOf(
      buyers.map((purchases) => [total(purchases) / purchases.length]),
      1,
    );
  return momentsOf(
    units.map((purchases) => [total(purchases), purchases.length]),
    2,
  );
}

function expectSame(found: Moments, truth: Moments): void {
  expect(found.units).toBe(truth.units);
  const numbers = (moments: Moments) => [...moments.means, ...moments.second, ...moments.third];
  const scale = Math.max(...numbers(truth).map(Math.abs));
  numbers(found).forEach((number, index) => {
    const expected = numbers(truth)[index]!;
    expect(Math.abs(number - expected)).toBeLessThanOrEqual(
      1e-10 * Math.max(Math.abs(expected), 1e-4 * scale),
    );
  });
}

function covers({ lower, upper }: { lower: number | null; upper: number | null }, truth: number): boolean {
  return lower !== null && upper !== null && lower <= truth && truth <= upper;
}
