import { expect, test } from "vitest";
import { addDays, startOfDay } from "../../src/model/calendar.ts";
import type { Metric } from "../../src/model/metric.ts";
import { countMature } from "../../src/query/count-mature.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import type { MomentsSoFar } from "../../src/query/observation.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { randomStream } from "../../src/simulate/random.ts";
import { momentsOf } from "../../src/statistics/moments.ts";
import {
  DAY,
  onEvent,
  ratioMetric,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const HOUR = 3_600_000;
const VARIANTS = ["control", "variant"];

interface Unit {
  readonly id: string;
  readonly variant: number;
  readonly first: number;
  readonly purchases: readonly { readonly at: number; readonly amount: number }[];
}

/** Units over three weeks, some exactly at midnight, some whose window ends exactly there. */
function drawUnits(timezone: string, start: string): readonly Unit[] {
  const random = randomStream(7, `looks in ${timezone}`);
  return Array.from({ length: 400 }, (_, index) => {
    const day = Math.floor(random() * 21);
    const midnight = startOfDay(addDays(start, day), timezone);
    const first = midnight + (random() < 0.1 ? 0 : Math.floor(random() * 24) * HOUR);
    const purchases = Array.from({ length: Math.floor(random() * 4) }, () => ({
      at: first + Math.floor(random() * 8 * 24) * HOUR - 12 * HOUR,
      amount: 1e6 + Math.round(random() * 1000) / 8,
    }));
    return { id: `u${index}`, variant: index % 2, first, purchases };
  });
}

const METRICS: readonly Metric[] = [
  sampleMetric("bought", "conversion", onEvent("purchase"), 3 * DAY),
  sampleMetric("orders", "count", onEvent("purchase"), 3 * DAY),
  sampleMetric("spent", "sum", onEvent("purchase", "amount"), 36 * HOUR),
  sampleMetric("basket", "mean", onEvent("purchase", "amount"), 3 * DAY),
  ratioMetric(
    "order value",
    sampleMetric("n", "sum", onEvent("purchase", "amount")),
    sampleMetric("d", "count", onEvent("purchase")),
    3 * DAY,
  ),
  sampleMetric("ever", "conversion", onEvent("purchase"), null),
];

/** A unit's value as the reference page defines it; null: no part of the metric. */
function worthOf(metric: Metric, unit: Unit): readonly number[] | null {
  const inside = unit.purchases.filter(({ at }) => at >= unit.first && at <= unit.first + metric.window!);
  const total = inside.reduce((sum, { amount }) => sum + amount, 0);
  switch (metric.kind) {
    case "conversion":
      return [inside.length > 0 ? 1 : 0];
    case "count":
      return [inside.length];
    case "sum":
      return [total];
    case "mean":
      return inside.length > 0 ? [total / inside.length] : null;
    case "ratio":
      return [total, inside.length];
    default:
      throw new Error(`no reference of a ${metric.kind}`);
  }
}

test.each([
  ["UTC", "2026-03-16"],
  ["Europe/Berlin", "2026-03-16"],
  ["America/New_York", "2026-10-19"],
  ["Asia/Kathmandu", "2026-11-02"],
])("in %s, each day's moments are those of a plain loop over the rows", async (timezone, start) => {
  const units = drawUnits(timezone, start);
  const iso = (at: number) => new Date(at).toISOString();
  const files = new Map([
    [
      "exposures",
      [
        workspace.write(
          "exposures.csv",
          `experiment,user,variant,time\n${units.map(({ id, variant, first }) => `checkout,${id},${VARIANTS[variant]},${iso(first)}\n`).join("")}`,
        ),
      ],
    ],
    [
      "app",
      [
        workspace.write(
          "events.csv",
          `user,event,amount,time\n${units.flatMap(({ id, purchases }) => purchases.map(({ at, amount }) => `${id},purchase,${amount},${iso(at)}\n`)).join("")}`,
        ),
      ],
    ],
  ]);
  const experiment = sampleExperiment(VARIANTS, METRICS, { start });
  const project = sampleProject(sampleLayout(), [experiment], [sampleEvent("purchase")], timezone);
  const engine = await workspace.open(timezone);
  const { sources } = await prepareSources(project, files, engine);
  const cutoff = startOfDay(addDays(start, 20), timezone) + 5 * HOUR;
  const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf: cutoff });
  const looks = Array.from({ length: 20 }, (_, day) => startOfDay(addDays(start, day + 1), timezone));
  const request = { project, experiment, sources: sources!, enrolled: enrolled!, engine, cutoff };
  const { metrics } = await momentsOfMetrics({ ...request, looks });
  const { metrics: plain } = await momentsOfMetrics(request);

  for (const [index, metric] of METRICS.entries()) {
    const { series, arms, exposed } = metrics![index]!;
    expect(exposed, metric.key).toEqual(plain![index]!.exposed);
    arms.forEach((moments, arm) => {
      expectSame(moments, plain![index]!.arms[arm]!);
    });
    if (metric.window === null) {
      expect(series).toEqual([]);
      continue;
    }
    expect(series!.map(({ day }) => day)).toEqual([...looks.keys(), 20].map((day) => addDays(start, day)));
    expect(series!.map(({ isOver }) => isOver)).toEqual([...looks.map(() => true), false]);
    for (const [at, instant] of [...looks, cutoff].entries()) {
      expectDay(series![at]!, instant, metric, units);
    }
  }
  await engine.close();
});

function expectDay(found: MomentsSoFar, instant: number, metric: Metric, units: readonly Unit[]) {
  VARIANTS.forEach((_, arm) => {
    const mature = units.filter(({ variant, first }) => variant === arm && first + metric.window! <= instant);
    const rows = mature.flatMap((unit) => {
      const value = worthOf(metric, unit);
      return value ? [value] : [];
    });
    expect(found.exposed[arm]).toBe(mature.length);
    expectSame(found.arms[arm]!, momentsOf(rows, metric.kind === "ratio" ? 2 : 1));
  });
}

type Moments = MomentsSoFar["arms"][number];

/** To 1e-9 of their size; third sums, which may cancel, to that of the spread they are made of. */
function expectSame(found: Moments, expected: Moments) {
  expect(found.units).toBe(expected.units);
  const largest = (numbers: readonly number[]) => Math.max(1, ...numbers.map(Math.abs));
  const spread = largest(expected.second);
  expectNear(found.means, expected.means, largest(expected.means));
  expectNear(found.second, expected.second, spread);
  expectNear(found.third, expected.third, spread ** 1.5);
}

function expectNear(found: readonly number[], expected: readonly number[], size: number) {
  expect(found).toHaveLength(expected.length);
  found.forEach((number, place) => {
    expect(Math.abs(number - expected[place]!)).toBeLessThanOrEqual(1e-9 * size);
  });
}

test.each([
  ["sequential", 7 * DAY, true],
  ["group-sequential", 7 * DAY, true],
  ["fixed", 7 * DAY, false],
  ["sequential", null, false],
] as const)(
  "a %s design with %s ms before exposure: covariates by day, %s",
  async (method, cuped, isCarried) => {
    const start = "2026-03-16";
    const units = drawUnits("UTC", start).slice(0, 60);
    const iso = (at: number) => new Date(at).toISOString();
    const exposures = units.map(
      ({ id, variant, first }) => `checkout,${id},${VARIANTS[variant]},${iso(first)}\n`,
    );
    const events = units.flatMap(({ id, purchases }) =>
      purchases.map(({ at, amount }) => `${id},purchase,${amount},${iso(at)}\n`),
    );
    const files = new Map([
      [
        "exposures",
        [workspace.write("exposures.csv", `experiment,user,variant,time\n${exposures.join("")}`)],
      ],
      ["app", [workspace.write("events.csv", `user,event,amount,time\n${events.join("")}`)]],
    ]);
    const plain = sampleExperiment(VARIANTS, METRICS, { start });
    const experiment = { ...plain, analysis: { ...plain.analysis, method, cuped } };
    const project = sampleProject(sampleLayout(), [experiment], [sampleEvent("purchase")]);
    const engine = await workspace.open();
    const { sources } = await prepareSources(project, files, engine);
    const cutoff = startOfDay(addDays(start, 20), "UTC");
    const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf: cutoff });
    const looks = [7, 14].map((day) => startOfDay(addDays(start, day), "UTC"));
    const request = { project, experiment, sources: sources!, enrolled: enrolled!, engine, cutoff, looks };
    const { metrics } = await momentsOfMetrics(request);
    for (const [index, metric] of METRICS.entries()) {
      const { series = [], covariates } = metrics![index]!;
      expect(covariates !== undefined).toBe(cuped !== null && metric.kind !== "mean");
      const days = series.map((point) => point.covariates !== undefined);
      const expected = isCarried && metric.kind !== "mean";
      expect(days).toEqual(metric.window === null ? [] : [expected, expected, expected]);
      if (expected && metric.window !== null) expect(series.at(-1)!.covariates!.arms).toBe(covariates!.arms);
    }
    await engine.close();
  },
);

test("mature units are counted at any instants, in any order, twice too", async () => {
  const units = drawUnits("UTC", "2026-03-16");
  const files = new Map([
    [
      "exposures",
      [
        workspace.write(
          "exposures.csv",
          `experiment,user,variant,time\n${units.map(({ id, variant, first }) => `checkout,${id},${VARIANTS[variant]},${new Date(first).toISOString()}\n`).join("")}`,
        ),
      ],
    ],
    ["app", [workspace.write("events.csv", "user,event,amount,time\nu1,purchase,1,2026-03-20\n")]],
  ]);
  const experiment = sampleExperiment(VARIANTS, METRICS);
  const project = sampleProject(sampleLayout(), [experiment], [sampleEvent("purchase")]);
  const engine = await workspace.open();
  const { sources } = await prepareSources(project, files, engine);
  const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf: null });
  const start = Date.UTC(2026, 2, 16);
  const instants = [9.5, 3, 3, 1000, -5, 4, 4.25].map((days) => start + days * DAY);
  const found = await countMature(engine, experiment, enrolled!, instants, [DAY, null]);
  expect(found).toHaveLength(14);
  for (const { instant, window, units: counted } of found) {
    const expected = [0, 1].map(
      (arm) =>
        units.filter(({ variant, first }) => variant === arm && first + (window ?? 0) <= instant).length,
    );
    expect(counted).toEqual(expected);
  }
  await engine.close();
});
