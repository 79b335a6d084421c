import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Baseline, EventRows, Metric } from "../../../src/model/metric.ts";
import { DAY, eventMetric, experimentOf, mean, ORG, projectOf, rate } from "../plan/sample-project.ts";
import { average, deviation, effect, type Fact, outcomesOf, rowsOf, simulationOf } from "./collect.ts";

const ERROR: EventRows = { kind: "event", event: "error", value: null, where: [] };
const PURCHASE: EventRows = { kind: "event", event: "purchase", value: null, where: [] };
const common = {
  file: "experiments/metrics/some.yaml",
  name: "some",
  description: null,
  better: "higher",
  per: null,
} as const;

function retention(key: string, from: number, to: number, share: number): Metric {
  const [start, end] = [from * DAY, to * DAY];
  return {
    ...common,
    key,
    kind: "retention",
    input: ERROR,
    from: start,
    to: end,
    window: end,
    baseline: rate(share),
  };
}

function funnel(steps: readonly EventRows[], shares: readonly number[]): Metric {
  const baseline: Baseline = { kind: "rate", rate: shares.at(-1)!, steps: shares };
  return { ...common, key: "funnel", kind: "funnel", steps, window: DAY, baseline };
}

function world(primary: Metric, parts: Partial<Experiment> = {}) {
  const experiment = experimentOf({
    key: "trial",
    primary: { metric: primary, goal: "better", margin: null },
    ...parts,
  });
  return (units: number, change: number) => {
    const effects = change === 0 ? [] : [effect("treatment", primary.key, change)];
    return simulationOf(projectOf([experiment]), { units, effects });
  };
}

/** So near as four standard errors. */
function expectMean(values: readonly number[], expected: number) {
  expect(Math.abs(average(values) - expected)).toBeLessThan(
    (4 * deviation(values)) / Math.sqrt(values.length),
  );
}

describe("retentions", () => {
  const sessions = eventMetric("sessions", "count", { event: "error", window: 14 * DAY }, mean(1.4, 2));
  const simulation = world(retention("day-7", 7, 8, 0.2), {
    secondary: [retention("week-2", 7, 14, 0.4), retention("crossing", 5, 10, 0.35), sessions],
  })(9000, 0.25);
  const outcomes = outcomesOf(simulation, "trial", 14 * DAY);

  test.each([
    ["day-7", 7, 8],
    ["week-2", 7, 14],
    ["crossing", 5, 10],
    ["sessions", 0, null],
  ])("of %s are as the truth says in both variants", (key, from, to) => {
    const truth = simulation.truth.find(({ metric }) => metric === key)!;
    for (const [variant, expected] of [
      ["control", truth.control],
      ["treatment", truth.value],
    ] as const) {
      const counts = outcomes
        .filter((outcome) => outcome.variant === variant)
        .map(({ start, events }) => {
          const ages = events
            .filter(({ event }) => event === "error")
            .map(({ ts }) => (Number(ts) - start) / DAY);
          return to === null ? ages.length : Number(ages.some((age) => age >= from && age < to));
        });
      expectMean(counts, expected!);
    }
  });

  test("have their baselines, and move by their effect", () => {
    const [day, week, crossing] = simulation.truth;
    expect(day!.relative).toBeCloseTo(0.25, 9);
    expect([day!.control, week!.control, crossing!.control].map((value) => value!.toFixed(9))).toEqual([
      "0.200000000",
      "0.400000000",
      "0.350000000",
    ]);
  });
});

test("a funnel loses at each step what its baseline says, and nobody completes it by other ways", () => {
  const steps = [{ ...PURCHASE, event: "page-load" }, ERROR, PURCHASE];
  const buyers = eventMetric("buyers", "conversion", { event: "purchase" }, rate(0.5));
  const errors = eventMetric("errors", "count", { event: "error" }, mean(0.9, 1.4));
  const simulation = world(funnel(steps, [0.6, 0.4, 0.25]), { secondary: [buyers, errors] })(9000, 0);
  const outcomes = outcomesOf(simulation, "trial", 7 * DAY);
  const depths = outcomes.map(({ start, events }) => {
    let depth = 0;
    for (const { event } of [...events].filter(({ ts }) => Number(ts) - start <= DAY).sort(byTime))
      if (depth < 3 && event === steps[depth]!.event) depth++;
    return depth;
  });
  expect(simulation.truth.map(({ control }) => control!.toFixed(9))).toEqual([
    "0.250000000",
    "0.500000000",
    "0.900000000",
  ]);
  expectMean(
    depths.map((depth) => Number(depth >= 1)),
    0.6,
  );
  expectMean(
    depths.map((depth) => Number(depth === 3)),
    0.25,
  );
  expectMean(
    outcomes.map(({ events }) => Number(events.some(({ event }) => event === "purchase"))),
    0.5,
  );
});

test("a funnel that other steps can complete has no truth that could be said", () => {
  const simulation = world(funnel([ERROR, ERROR], [0.5, 0.3]), {
    secondary: [eventMetric("errors", "count", { event: "error" }, mean(0.9, 1.4))],
  })(10, 0);
  expect(simulation.truth[0]).toMatchObject({ control: null, value: null, relative: null });
});

test("a quantile is that of all values, however many a unit has, and as uncertain as its baseline", () => {
  const baseline: Baseline = { kind: "quantile", value: 1840, spread: 5200 };
  const input = { kind: "event", event: "page-load", value: "loadMs", where: [] } as const;
  const metric: Metric = {
    ...common,
    key: "p90",
    kind: "quantile",
    quantile: 0.9,
    window: 7 * DAY,
    input,
    baseline,
  };
  const outcomes = outcomesOf(world(metric)(24_000, 0), "trial", 7 * DAY);
  const values = (some: typeof outcomes) =>
    some.flatMap(({ events }) =>
      events.filter(({ event }) => event === "page-load").map(({ loadMs }) => Number(loadMs)),
    );
  const quantile = (some: readonly number[]) =>
    [...some].sort((a, b) => a - b)[Math.ceil(0.9 * some.length) - 1]!;
  expect(Math.abs(quantile(values(outcomes)) - 1840)).toBeLessThan((4 * 5200) / Math.sqrt(24_000));
  const parts = Array.from({ length: 60 }, (_, part) =>
    quantile(values(outcomes.filter((_, index) => index % 60 === part))),
  );
  expect((deviation(parts) * Math.sqrt(outcomes.length / 60)) / 5200).toBeGreaterThan(0.7);
  expect((deviation(parts) * Math.sqrt(outcomes.length / 60)) / 5200).toBeLessThan(1.4);
});

test("members of a randomised unit are as many and as alike as the baseline says", () => {
  const baseline: Baseline = {
    ...rate(0.3),
    clusters: { org: { meanSize: 6, intraclassCorrelation: 0.2, sizeVariation: 0.5 } },
  };
  const metric: Metric = {
    ...eventMetric("buyers", "conversion", { event: "purchase" }, baseline),
    per: "user",
  };
  const simulation = world(metric, { unit: ORG })(3000, 0);
  const orgs = new Map<string, Map<string, number>>();
  const starts = new Map<string, number>();
  for (const row of rowsOf(simulation, "exposures")) {
    if (row.user_id === null || row.is_forced === true) continue;
    const members = orgs.get(String(row.org_id)) ?? new Map<string, number>();
    orgs.set(String(row.org_id), members.set(String(row.user_id), 0));
    const start = Math.min(Number(row.ts), starts.get(String(row.user_id)) ?? Number.POSITIVE_INFINITY);
    starts.set(String(row.user_id), start);
  }
  for (const row of rowsOf(simulation, "app")) {
    const age = Number(row.ts) - (starts.get(String(row.user_id)) ?? Number.POSITIVE_INFINITY);
    if (row.event === "purchase" && age >= 0 && age <= 7 * DAY)
      orgs.get(String(row.org_id))!.set(String(row.user_id), 1);
  }
  const sizes = [...orgs.values()].map((members) => members.size);
  expectMean(sizes, 6);
  expect(deviation(sizes) / average(sizes)).toBeCloseTo(0.5, 1);
  const members = [...orgs.values()].map((each) => [...each.values()]);
  expect(average(members.flat())).toBeCloseTo(0.3, 1);
  // Any two members of one org: E[(x − p)(y − p)] / p(1 − p).
  const p = average(members.flat());
  const pairs = members.flatMap((values) => {
    const total = values.reduce((sum, value) => sum + value - p, 0);
    const own = values.reduce((sum, value) => sum + (value - p) ** 2, 0);
    return values.length > 1
      ? [{ products: total ** 2 - own, count: values.length * (values.length - 1) }]
      : [];
  });
  const products = pairs.reduce((sum, pair) => sum + pair.products, 0);
  const count = pairs.reduce((sum, pair) => sum + pair.count, 0);
  expect(Math.abs(products / count / (p * (1 - p)) - 0.2)).toBeLessThan(0.03);
});

test("what units did before goes with what they do after as the baseline says", () => {
  const baseline: Baseline = { ...mean(0.8, 1.2), cuped: { correlation: 0.6 } };
  const metric = eventMetric("orders", "count", { event: "purchase" }, baseline);
  const { analysis } = experimentOf();
  const simulation = world(metric, { analysis: { ...analysis, cuped: 14 * DAY } })(9000, 0);
  const before = new Map<string, number>();
  const outcomes = outcomesOf(simulation, "trial", 7 * DAY);
  const starts = new Map(outcomes.map(({ unit, start }) => [unit, start]));
  for (const row of rowsOf(simulation, "app")) {
    const age = Number(row.ts) - (starts.get(String(row.user_id)) ?? Number.NaN);
    if (age < 0 && age >= -14 * DAY)
      before.set(String(row.user_id), (before.get(String(row.user_id)) ?? 0) + 1);
  }
  const pairs = outcomes.map(({ unit, events }) => [before.get(unit) ?? 0, events.length] as const);
  const [x, y] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  expectMean(x, 0.8);
  expectMean(y, 0.8);
  const covariance = average(pairs.map(([a, b]) => (a - average(x)) * (b - average(y))));
  expect(Math.abs(covariance / deviation(x) / deviation(y) - 0.6)).toBeLessThan(0.05);
});

test("only units with the trigger have its event, and are followed from it on", () => {
  const { analysis } = experimentOf();
  const metric = eventMetric("buyers", "conversion", { event: "purchase", window: 2 * DAY }, rate(0.4));
  const simulation = world(metric, { analysis: { ...analysis, trigger: ERROR } })(6000, 0);
  const outcomes = outcomesOf(simulation, "trial", 5 * DAY);
  const at = (event: string, events: readonly Fact[]) =>
    Math.min(...events.filter((row) => row.event === event).map(({ ts }) => Number(ts)));
  const triggered = outcomes.filter(({ events }) => Number.isFinite(at("error", events)));
  expectMean(
    outcomes.map((outcome) => Number(triggered.includes(outcome))),
    0.6,
  );
  expectMean(
    triggered.map(({ events }) => {
      const start = at("error", events);
      return Number(
        events.some(
          ({ event, ts }) => event === "purchase" && Number(ts) >= start && Number(ts) <= start + 2 * DAY,
        ),
      );
    }),
    0.4,
  );
});

test.each([
  { kind: "percentile", value: 0.97 },
  { kind: "absolute", cap: 30 },
] as const)("the truth of values capped by $kind is that of the capped values", (winsorize) => {
  const revenue = eventMetric("revenue", "sum", { event: "purchase", value: "amount" }, mean(12, 50));
  const simulation = world({ ...revenue, winsorize })(14_000, 0.3);
  const totals = outcomesOf(simulation, "trial", 7 * DAY).map(({ variant, events }) => ({
    variant,
    total: events.reduce((sum, { amount }) => sum + Number(amount), 0),
  }));
  const sorted = totals.map(({ total }) => total).sort((a, b) => a - b);
  const cap = winsorize.kind === "absolute" ? winsorize.cap : sorted[Math.round(0.97 * (sorted.length - 1))]!;
  const [truth] = simulation.truth;
  for (const [variant, expected] of [
    ["control", truth!.control],
    ["treatment", truth!.value],
  ] as const) {
    const own = totals.filter((each) => each.variant === variant);
    expectMean(
      own.map(({ total }) => Math.min(total, cap)),
      expected!,
    );
  }
  expect(truth!.relative).toBeGreaterThan(0);
  expect(truth!.relative).toBeLessThan(0.3);
});

function byTime(a: Fact, b: Fact): number {
  return Number(a.ts) - Number(b.ts);
}
