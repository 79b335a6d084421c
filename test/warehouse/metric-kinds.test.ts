import { beforeAll, describe, expect, test } from "vitest";
import type { Experiment } from "../../src/model/experiment.ts";
import type { FunnelMetric, Metric, QuantileMetric, RetentionMetric } from "../../src/model/metric.ts";
import { enrol } from "../../src/query/enrol.ts";
import { type ExperimentMoments, momentsOfExperiments } from "../../src/query/moments-of-metrics.ts";
import type { MetricMoments } from "../../src/query/observation.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { randomStream } from "../../src/simulate/random.ts";
import { type Moments, momentsOf } from "../../src/statistics/moments.ts";
import { clusterInflation, quantileRanks } from "../../src/statistics/quantile-interval.ts";
import { quantileOf } from "../../src/statistics/winsorize.ts";
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
const HOUR = DAY / 24;
const START = Date.UTC(2026, 2, 16);
const CUTOFF = START + 16 * DAY;
const VARIANTS = ["control", "variant"];
const DEVICES = ["phone", "tablet", "desktop", ""];

interface Row {
  readonly user: string;
  readonly org: string;
  readonly event: string;
  readonly amount: number;
  readonly kind: string;
  readonly at: number;
}

interface Exposure {
  readonly user: string;
  readonly org: string;
  readonly variant: number;
  readonly at: number;
  readonly device: string;
}

/** Users of a few organisations, exposed once or twice, with events on whole hours, so that instants coincide. */
function drawWorld() {
  const random = randomStream(11, "metric kinds");
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const exposures: Exposure[] = [];
  const rows: Row[] = [];
  for (let index = 0; index < 500; index++) {
    const [user, org] = [`u${index}`, `o${index % 40}`];
    const at = START + Math.floor(random() * 12 * 24) * HOUR;
    const times = random() < 0.2 ? 2 : 1;
    for (let time = 0; time < times; time++) {
      exposures.push({ user, org, variant: index % 2, at: at + time * DAY, device: pick(DEVICES) });
    }
    for (let event = Math.floor(random() * 14); event > 0; event--) {
      rows.push({
        user,
        org,
        event: pick(["view", "view", "cart", "purchase"]),
        amount: random() < 0.1 ? -3 : Math.round(random() ** -0.7 * 1000) / 8,
        kind: pick(["a", "b"]),
        at: at + Math.floor((random() * 9 - 3) * 24) * HOUR,
      });
    }
  }
  return { exposures, rows };
}

const world = drawWorld();

interface Unit {
  readonly id: string;
  readonly variant: number;
  readonly first: number;
  readonly device: string;
}

function unitsOf(key: "user" | "org"): readonly Unit[] {
  const units = new Map<string, Unit>();
  for (const { variant, at, device, ...ids } of world.exposures) {
    const old = units.get(ids[key]);
    if (!old || at < old.first) units.set(ids[key], { id: ids[key], variant, first: at, device });
  }
  return [...units.values()];
}

const mature = (window: number | null) =>
  unitsOf("user").filter(({ first }) => first + (window ?? 0) <= CUTOFF);

/** Events of a unit between two instants, both included. */
function between(unit: Unit, event: string, from: number, to: number, key: "user" | "org" = "user") {
  return world.rows.filter(
    (row) => row[key] === unit.id && row.event === event && row.at >= from && row.at <= Math.min(to, CUTOFF),
  );
}

const total = (rows: readonly Row[]) => rows.reduce((sum, { amount }) => sum + amount, 0);

const retention = (key: string, from: number, to: number): RetentionMetric => ({
  ...(sampleMetric(key, "conversion", onEvent("view"), to) as never as RetentionMetric),
  kind: "retention",
  from,
  to,
  window: to,
});

const step = (event: string, kind?: string) =>
  onEvent(
    event,
    null,
    kind === undefined ? [] : [{ column: "kind", values: [kind] }],
  ) as FunnelMetric["steps"][number];

function funnel(key: string, steps: FunnelMetric["steps"], window: number): FunnelMetric {
  const { input: _, ...common } = sampleMetric(key, "conversion", onEvent("view"), window) as never as {
    input: never;
  } & Omit<FunnelMetric, "kind" | "steps">;
  return { ...common, kind: "funnel", steps, window };
}

const revenue = sampleMetric("revenue", "sum", onEvent("purchase", "amount"), 5 * DAY);
const orders = sampleMetric("orders", "count", onEvent("purchase"), 5 * DAY);
const median: QuantileMetric = {
  ...(sampleMetric(
    "basket-p90",
    "conversion",
    onEvent("purchase", "amount"),
    5 * DAY,
  ) as never as QuantileMetric),
  kind: "quantile",
  quantile: 0.9,
};
const capped = (metric: Metric, winsorize: object): Metric => ({ ...metric, winsorize }) as Metric;

const METRICS: readonly Metric[] = [
  revenue,
  sampleMetric("bought", "conversion", onEvent("purchase"), 5 * DAY),
  capped({ ...revenue, key: "revenue-p95" }, { kind: "percentile", value: 0.95 }),
  capped({ ...revenue, key: "revenue-60" }, { kind: "absolute", cap: 60 }),
  capped({ ...orders, key: "orders-p55", window: DAY } as Metric, { kind: "percentile", value: 0.55 }),
  capped(sampleMetric("basket-p80", "mean", onEvent("purchase", "amount"), 5 * DAY), {
    kind: "percentile",
    value: 0.8,
  }),
  ratioMetric("order-value", revenue, orders, 5 * DAY),
  retention("day-1", DAY, 2 * DAY),
  retention("days-2-on", 2 * DAY, 4 * DAY),
  funnel("bought-in-order", [step("view"), step("cart"), step("purchase")], 4 * DAY),
  funnel("two-views", [step("view", "a"), step("view", "b")], 4 * DAY),
  funnel("there-and-back", [step("view"), step("cart"), step("view")], 4 * DAY),
  median,
  sampleMetric("ever", "count", onEvent("view"), null),
];

const LAYOUT = sampleLayout({ units: { user: "user", org: "org" }, attributes: ["device"] });
const layout = {
  ...LAYOUT,
  events: LAYOUT.events.map((source) => ({ ...source, units: { user: "user", org: "org" } })),
};

async function measure(...experiments: readonly Experiment[]): Promise<readonly ExperimentMoments[]> {
  const iso = (at: number) => new Date(at).toISOString();
  const exposures = experiments.flatMap(({ key }) =>
    world.exposures.map(
      ({ user, org, variant, at, device }) =>
        `${key},${user},${org},${VARIANTS[variant]},${iso(at)},${device}\n`,
    ),
  );
  const events = world.rows.map(
    ({ user, org, event, amount, kind, at }) => `${user},${org},${event},${amount},${kind},${iso(at)}\n`,
  );
  const files = new Map([
    [
      "exposures",
      [workspace.write("x.csv", `experiment,user,org,variant,time,device\n${exposures.join("")}`)],
    ],
    ["app", [workspace.write("e.csv", `user,org,event,amount,kind,time\n${events.join("")}`)]],
  ]);
  const declared = ["view", "cart", "purchase"].map((event) => sampleEvent(event));
  const project = sampleProject(layout, experiments, declared);
  const engine = await workspace.open();
  const { sources, diagnostics } = await prepareSources(project, files, engine);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const followed = [];
  for (const [owner, experiment] of experiments.entries()) {
    const request = { project, experiment, sources: sources!, engine, asOf: CUTOFF, owner };
    const { enrolled } = await enrol(request);
    followed.push({
      experiment,
      enrolled: enrolled!,
      cutoff: CUTOFF,
      looks: [START + 8 * DAY, START + 14 * DAY],
    });
  }
  const ranks = () => (values: number, q: number, inflation: number) =>
    quantileRanks(values, q, 0.95, inflation);
  const scope = { project, sources: sources!, engine, quantileRanks: ranks };
  const moments = await momentsOfExperiments(scope, followed);
  expect(moments.flatMap((each) => each.diagnostics)).toEqual([]);
  await engine.close();
  return moments;
}

const analysis = (overrides: Partial<Experiment["analysis"]>) => ({
  analysis: { ...sampleExperiment(VARIANTS, METRICS).analysis, ...overrides },
});

function armsOf(
  units: readonly Unit[],
  variables: number,
  values: (unit: Unit) => readonly number[] | null,
): readonly Moments[] {
  return VARIANTS.map((_, arm) =>
    momentsOf(
      units
        .filter(({ variant }) => variant === arm)
        .flatMap((unit) => {
          const found = values(unit);
          return found === null ? [] : [found];
        }),
      variables,
    ),
  );
}

function expectArms(found: readonly Moments[], expected: readonly Moments[]) {
  expect(found.map(({ units }) => units)).toEqual(expected.map(({ units }) => units));
  for (const [arm, { means, second, third }] of expected.entries()) {
    expectNear(found[arm]!.means, means, 1e-12);
    expectNear(found[arm]!.second, second, 1e-10);
    expectNear(found[arm]!.third, third, 1e-10);
  }
}

function expectNear(found: readonly number[], expected: readonly number[], tolerance: number) {
  expect(found).toHaveLength(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  for (const [place, value] of expected.entries()) {
    expect(Math.abs(found[place]! - value)).toBeLessThanOrEqual(tolerance * size);
  }
}

describe("metrics of all kinds, over rows drawn at random, are those of plain loops", () => {
  let found: ReadonlyMap<string, MetricMoments>;
  beforeAll(async () => {
    const experiment = sampleExperiment(
      VARIANTS,
      METRICS,
      analysis({ cuped: 3 * DAY, breakdowns: ["device"] }),
    );
    const [moments] = await measure(experiment);
    found = new Map(moments!.metrics!.map((metric) => [metric.metric, metric]));
  }, 60_000);
  const get = (key: string) => found.get(key)!;
  const spent = (unit: Unit) => total(between(unit, "purchase", unit.first, unit.first + 5 * DAY));
  const bought = (unit: Unit) => between(unit, "purchase", unit.first, unit.first + 5 * DAY).length;
  const earlier = (unit: Unit) => between(unit, "purchase", unit.first - 3 * DAY, unit.first - 1);

  test("a percentile cap is over all arms, silent units in", () => {
    const units = mature(5 * DAY);
    const cap = quantileOf(
      units.map(spent).sort((a, b) => a - b),
      0.95,
    )!;
    const { cap: told, arms } = get("revenue-p95");
    expect(told!.value).toBeCloseTo(cap, 10);
    expect(told!.capped).toEqual(
      VARIANTS.map((_, arm) => units.filter((unit) => unit.variant === arm && spent(unit) > cap).length),
    );
    expectArms(
      arms,
      armsOf(units, 1, (unit) => [Math.min(cap, spent(unit))]),
    );
  });

  test("an absolute cap, and one that would leave nothing", () => {
    const units = mature(5 * DAY);
    const ordered = (unit: Unit) => between(unit, "purchase", unit.first, unit.first + DAY).length;
    expect(get("revenue-60").cap!.value).toBe(60);
    expectArms(
      get("revenue-60").arms,
      armsOf(units, 1, (unit) => [Math.min(60, spent(unit))]),
    );
    const counts = mature(DAY).map(ordered);
    expect(counts.filter((count) => count === 0).length / counts.length).toBeGreaterThan(0.55);
    expect(get("orders-p55").cap).toEqual({ value: null, capped: [0, 0] });
    expectArms(
      get("orders-p55").arms,
      armsOf(mature(DAY), 1, (unit) => [ordered(unit)]),
    );
  });

  test("the cap of a mean is over units that have one", () => {
    const units = mature(5 * DAY).filter((unit) => bought(unit) > 0);
    const basket = (unit: Unit) => spent(unit) / bought(unit);
    const cap = quantileOf(
      units.map(basket).sort((a, b) => a - b),
      0.8,
    )!;
    expect(get("basket-p80").cap!.value).toBeCloseTo(cap, 10);
    expectArms(
      get("basket-p80").arms,
      armsOf(units, 1, (unit) => [Math.min(cap, basket(unit))]),
    );
  });

  test("series are capped by the overall cap", () => {
    const { series, cap } = get("revenue-p95");
    const early = mature(5 * DAY).filter(({ first }) => first + 5 * DAY <= START + 14 * DAY);
    expectArms(
      series![1]!.arms,
      armsOf(early, 1, (unit) => [Math.min(cap!.value!, spent(unit))]),
    );
  });

  test("covariates are the same metric before exposure, with a cap of their own", () => {
    const units = mature(5 * DAY);
    expectArms(
      get("revenue").covariates!.arms,
      armsOf(units, 2, (unit) => [spent(unit), total(earlier(unit))]),
    );
    expectArms(
      get("bought").covariates!.arms,
      armsOf(units, 2, (unit) => [Math.min(1, bought(unit)), Math.min(1, earlier(unit).length)]),
    );
    expectArms(
      get("order-value").covariates!.arms,
      armsOf(units, 4, (unit) => [spent(unit), bought(unit), total(earlier(unit)), earlier(unit).length]),
    );
    const past = units.map((unit) => total(earlier(unit))).sort((a, b) => a - b);
    const { cap, covariates } = get("revenue-p95");
    const own = quantileOf(past, 0.95)!;
    expect(covariates!.cap!.value).toBeCloseTo(own, 10);
    expectArms(
      covariates!.arms,
      armsOf(units, 2, (unit) => [Math.min(cap!.value!, spent(unit)), Math.min(own, total(earlier(unit)))]),
    );
    expect(get("basket-p80").covariates).toBeUndefined();
    expect(get("day-1").covariates).toBeUndefined();
  });

  test.each([
    ["day-1", 1, 2],
    ["days-2-on", 2, 4],
  ])("retention %s ends before its last instant", (key, from, to) => {
    const came = (unit: Unit) =>
      between(unit, "view", unit.first + from * DAY, unit.first + to * DAY - 1).length > 0 ? 1 : 0;
    expectArms(
      get(key).arms,
      armsOf(mature(to * DAY), 1, (unit) => [came(unit)]),
    );
  });

  test.each(METRICS.filter((metric) => metric.kind === "funnel"))("funnel $key", (metric) => {
    const { steps, window } = metric as FunnelMetric;
    const finished = (unit: Unit): number => {
      const rows = world.rows.filter(
        ({ user, at }) => user === unit.id && at >= unit.first && at <= unit.first + window,
      );
      const matches = (row: Row, index: number) =>
        row.event === steps[index]!.event &&
        steps[index]!.where.every(({ values }) => values.includes(row.kind));
      /** Any choice of rows, tried one after the other. */
      const exists = (taken: readonly Row[]): boolean =>
        taken.length === steps.length ||
        rows.some(
          (row) =>
            matches(row, taken.length) &&
            taken.every((old) => row.at > old.at || (row.at === old.at && row.event !== old.event)) &&
            exists([...taken, row]),
        );
      return exists([]) ? 1 : 0;
    };
    const expected = armsOf(mature(window), 1, (unit) => [finished(unit)]);
    expect(expected.every(({ means }) => means[0]! > 0.02 && means[0]! < 0.9)).toBe(true);
    expectArms(get(metric.key).arms, expected);
  });

  const basketsOf = (unit: Unit) => between(unit, "purchase", unit.first, unit.first + 5 * DAY);

  function expectQuantile(
    { arms, quantile }: Pick<MetricMoments, "arms" | "quantile">,
    among: readonly Unit[],
  ) {
    VARIANTS.forEach((_, arm) => {
      const units = among.filter(({ variant }) => variant === arm);
      const values = units
        .flatMap((unit) => basketsOf(unit).map(({ amount }) => amount))
        .sort((a, b) => a - b);
      const value = quantileOf(values, 0.9)!;
      const shares = units.map((unit) => ({
        below: basketsOf(unit).filter(({ amount }) => amount <= value).length,
        values: basketsOf(unit).length,
      }));
      const inflation = clusterInflation(shares, 0.9)!;
      const ranks = quantileRanks(values.length, 0.9, 0.95, inflation);
      const told = quantile![arm]!;
      expect(told).toMatchObject({
        events: values.length,
        units: shares.filter((share) => share.values > 0).length,
        value,
        lower: values[ranks.lower - 1],
        upper: values[ranks.upper - 1],
        inside: ranks.inside,
      });
      expect(told.inflation).toBeCloseTo(inflation, 10);
      expectArms(
        [arms[arm]!],
        [
          momentsOf(
            shares.map((share) => [share.below, share.values]),
            2,
          ),
        ],
      );
    });
  }

  test("a quantile is of all values of an arm, and its variance that of units", () => {
    expectQuantile(get(median.key), mature(5 * DAY));
  });

  test("a quantile of each breakdown's units by themselves", () => {
    const [device] = get(median.key).breakdowns!;
    expect(device!.values.map((each) => each.value ?? "").sort()).toEqual([...DEVICES].sort());
    for (const each of device!.values) {
      const units = mature(5 * DAY).filter((unit) => unit.device === (each.value ?? ""));
      expect(each.exposed).toEqual(
        VARIANTS.map((_, arm) => units.filter(({ variant }) => variant === arm).length),
      );
      expectQuantile(each, units);
    }
  });

  test("bins hold every unit", () => {
    const { bins } = get("revenue");
    const units = mature(5 * DAY);
    const values = [...new Set(units.map(spent))].sort((a, b) => a - b);
    expect(bins!.counts.map(({ values: [value] }) => value)).toEqual(values);
    expect(bins!.counts.map((bin) => bin.units)).toEqual(
      values.map((value) =>
        VARIANTS.map(
          (_, arm) => units.filter((unit) => unit.variant === arm && spent(unit) === value).length,
        ),
      ),
    );
    expect(get("order-value").bins!.variables).toBe(2);
    expect(get("bought").bins).toBeUndefined();
  });

  test("the primary metric by day since exposure", () => {
    const { byAge } = get("revenue");
    expect(byAge!.map(({ from, to }) => [from / DAY, to / DAY])).toEqual(
      [0, 1, 2, 3, 4].map((day) => [day, day + 1]),
    );
    for (const [day, { arms }] of byAge!.entries()) {
      const end = day === 4 ? 5 * DAY : (day + 1) * DAY - 1;
      expectArms(
        arms,
        armsOf(mature(5 * DAY), 1, (unit) => [
          total(between(unit, "purchase", unit.first + day * DAY, unit.first + end)),
        ]),
      );
    }
    expect(get("bought").byAge).toBeUndefined();
  });

  test("a conversion by day since exposure, the end of the window in its last day", async () => {
    const bought = METRICS[1]!;
    const [moments] = await measure(sampleExperiment(VARIANTS, [{ ...bought, window: 60 * HOUR } as Metric]));
    const [{ byAge }] = moments!.metrics! as [MetricMoments];
    expect(byAge!.map(({ from, to }) => [from / HOUR, to / HOUR])).toEqual([
      [0, 24],
      [24, 48],
      [48, 60],
    ]);
    for (const { from, to, arms } of byAge!) {
      const end = to === 60 * HOUR ? to : to - 1;
      expectArms(
        arms,
        armsOf(mature(60 * HOUR), 1, (unit) => [
          Math.min(1, between(unit, "purchase", unit.first + from, unit.first + end).length),
        ]),
      );
    }
  });

  test("breakdowns are by the attribute at first exposure", () => {
    for (const [key, value] of [
      ["revenue", spent],
      ["bought", (unit: Unit) => Math.min(1, bought(unit))],
    ] as const) {
      const [device] = get(key).breakdowns!;
      expect(device!.attribute).toBe("device");
      expect(device!.values.map((each) => each.value ?? "").sort()).toEqual([...DEVICES].sort());
      for (const each of device!.values) {
        const units = mature(5 * DAY).filter((unit) => unit.device === (each.value ?? ""));
        expect(each.exposed).toEqual(
          VARIANTS.map((_, arm) => units.filter(({ variant }) => variant === arm).length),
        );
        expectArms(
          each.arms,
          armsOf(units, 1, (unit) => [value(unit)]),
        );
      }
    }
  });

  test("a metric without a window counts up to the cutoff", () => {
    expectArms(
      get("ever").arms,
      armsOf(mature(null), 1, (unit) => [between(unit, "view", unit.first, CUTOFF).length]),
    );
  });
});

test("experiments that are read together have the numbers that each has alone", async () => {
  const one = sampleExperiment(VARIANTS, METRICS, { key: "one", ...analysis({ cuped: 3 * DAY }) });
  const two = sampleExperiment(VARIANTS, [METRICS[13]!, METRICS[9]!, median], { key: "two" });
  const together = await measure(one, two);
  const apart = [...(await measure(one)), ...(await measure(two))];
  for (const [index, { metrics }] of together.entries()) {
    for (const [place, metric] of metrics!.entries()) {
      const alone = apart[index]!.metrics![place]!;
      expectArms(metric.arms, alone.arms);
      expect(metric.exposed).toEqual(alone.exposed);
      expect(metric.bins).toEqual(alone.bins);
      expect(metric.cap).toEqual(alone.cap);
      if (metric.covariates) expectArms(metric.covariates.arms, alone.covariates!.arms);
    }
  }
}, 60_000);

test("only units that a trigger met are followed, from then on", async () => {
  const trigger = { kind: "event", event: "cart", value: null, where: [] } as const;
  const experiment = sampleExperiment(
    VARIANTS,
    [revenue],
    analysis({ trigger, breakdowns: ["device"], cuped: 3 * DAY }),
  );
  const [moments] = await measure(experiment);
  const units = unitsOf("user").flatMap((unit) => {
    const carts = between(unit, "cart", unit.first, CUTOFF).map(({ at }) => at);
    return carts.length === 0 ? [] : [{ ...unit, first: Math.min(...carts) }];
  });
  const settled = units.filter(({ first }) => first + 5 * DAY <= CUTOFF);
  const spent = (unit: Unit) => total(between(unit, "purchase", unit.first, unit.first + 5 * DAY));
  const [metric] = moments!.metrics!;
  expectArms(
    metric!.arms,
    armsOf(settled, 1, (unit) => [spent(unit)]),
  );
  for (const each of metric!.breakdowns![0]!.values) {
    const mine = settled.filter(({ device }) => device === (each.value ?? ""));
    expectArms(
      each.arms,
      armsOf(mine, 1, (unit) => [spent(unit)]),
    );
  }
}, 60_000);

test("a metric per user, where organisations are randomised, has their totals and how many they are", async () => {
  const perUser = { ...revenue, key: "per-user", per: "user" } as Metric;
  const unit = { key: "org", id: "orgId", newPerDay: null };
  const experiment = sampleExperiment(VARIANTS, [perUser], { unit, ...analysis({ cuped: 3 * DAY }) });
  const [moments] = await measure(experiment);
  const [metric] = moments!.metrics!;
  const orgOf = new Map(world.exposures.map(({ user, org }) => [user, org]));
  const orgsAt = (instant: number) => unitsOf("org").filter(({ first }) => first + 5 * DAY <= instant);
  const orgs = orgsAt(CUTOFF);
  const clustersAt =
    (instant: number) =>
    (org: Unit): readonly number[] => {
      const members = unitsOf("user").filter(
        ({ id, first }) => orgOf.get(id) === org.id && first + 5 * DAY <= instant,
      );
      return [
        members.reduce((sum, { id, first }) => {
          const member = { ...org, id };
          return sum + total(between(member, "purchase", first, first + 5 * DAY));
        }, 0),
        members.length,
      ];
    };
  const clusters = clustersAt(CUTOFF);
  expectArms(metric!.arms, armsOf(orgs, 2, clusters));
  const instants = [START + 8 * DAY, START + 14 * DAY, CUTOFF];
  expect(metric!.series!.map(({ day }) => day)).toEqual(["2026-03-23", "2026-03-29", "2026-03-31"]);
  for (const [index, { arms, exposed }] of metric!.series!.entries()) {
    const come = orgsAt(instants[index]!);
    expectArms(arms, armsOf(come, 2, clustersAt(instants[index]!)));
    expect(exposed).toEqual(VARIANTS.map((_, arm) => come.filter(({ variant }) => variant === arm).length));
  }
  expect(metric!.clusters).toEqual(
    VARIANTS.map((_, arm) =>
      orgs.filter(({ variant }) => variant === arm).reduce((sum, org) => sum + clusters(org)[1]!, 0),
    ),
  );
  expect(metric!.covariates).toBeUndefined();
}, 60_000);
