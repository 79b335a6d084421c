import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import type { RatioMetric } from "../../../src/model/metric.ts";
import { assign } from "../../../src/runtime/assign.ts";
import { load } from "../../../src/runtime/load.ts";
import { simulate } from "../../../src/simulate/simulate.ts";
import { twoProportionZ } from "../../../src/statistics/two-proportion-z.ts";
import {
  CONVERSION,
  DAY,
  eventMetric,
  experimentOf,
  mean,
  ORG,
  projectOf,
  rate,
  USER,
} from "../plan/sample-project.ts";
import { average, deviation, effect, optionsOf, outcomesOf, rowsOf, simulationOf } from "./collect.ts";

const WEEK = 7 * DAY;
const NOT_REFUNDED = [{ column: "refunded", values: [false] }];
const BUYERS = { ...CONVERSION, baseline: rate(0.2) };
const ORDERS = eventMetric("orders", "count", { event: "purchase" }, mean(0.3, 0.8));
const REVENUE = eventMetric(
  "revenue",
  "sum",
  { event: "purchase", value: "amount", where: NOT_REFUNDED },
  mean(12, 40),
);
const VALUE: RatioMetric = {
  kind: "ratio",
  key: "order-value",
  file: "experiments/metrics/order-value.yaml",
  name: "order-value",
  description: null,
  better: "higher",
  window: null,
  per: null,
  baseline: null,
  numerator: REVENUE,
  denominator: ORDERS,
};
const LOAD_TIME = eventMetric(
  "load-time",
  "mean",
  { event: "page-load", value: "loadMs" },
  mean(840, 300, 0.9),
);
const ERRORS = eventMetric("errors", "count", { event: "error", better: "lower" }, mean(0.8, 1.9));

const SHOP = experimentOf({
  key: "shop",
  primary: { metric: BUYERS, goal: "better", margin: null },
  secondary: [ORDERS, REVENUE, VALUE, LOAD_TIME, ERRORS],
});

describe("the same seed", () => {
  test("gives the same rows, another seed others", () => {
    const project = projectOf([SHOP]);
    const first = simulationOf(project);
    expect(rowsOf(simulationOf(project), "app")).toEqual(rowsOf(first, "app"));
    expect(rowsOf(simulationOf(project), "exposures")).toEqual(rowsOf(first, "exposures"));
    expect(rowsOf(first, "app")).toEqual(rowsOf(first, "app"));
    expect(rowsOf(simulationOf(project, { seed: 2 }), "app")).not.toEqual(rowsOf(first, "app"));
  });

  test("gives an experiment the same units, whoever is simulated beside it", () => {
    const alone = rowsOf(simulationOf(projectOf([SHOP])), "exposures");
    const both = rowsOf(simulationOf(projectOf([experimentOf(), SHOP])), "exposures");
    expect(both.filter(({ experiment }) => experiment === "shop")).toEqual(alone);
  });
});

const TARGETED = experimentOf({
  key: "targeted",
  layer: { layer: { key: "checkout", unit: USER }, from: 100_000, to: 900_000 },
  rollout: 900_000,
  audience: {
    kind: "all",
    conditions: [
      { kind: "one-of", attribute: "country", values: ["US", "CA"] },
      { kind: "not", condition: { kind: "one-of", attribute: "plan", values: ["free"] } },
      { kind: "semver", attribute: "appVersion", range: ">=4.2.0 <6.0.0" },
      {
        kind: "any",
        conditions: [
          { kind: "contains", attribute: "flags", value: "beta" },
          { kind: "one-of", attribute: "age", values: [41, 42] },
        ],
      },
    ],
  },
  overrides: [{ variant: "treatment", when: { kind: "one-of", attribute: "employee", values: [true] } }],
});

describe("exposures", () => {
  const holdout = { key: "h", unit: USER, share: 50_000 };
  const project = projectOf([TARGETED], { holdout });
  const exposures = rowsOf(simulationOf(project, { units: 4000 }), "exposures");

  test("have the variant that the runtime assigns", () => {
    const entry = manifestEntry(TARGETED, project);
    const everybody = load({ ...entry, audience: null, overrides: [] });
    const organic = exposures.filter(({ is_forced }) => is_forced === false);
    expect(organic.length).toBeGreaterThan(1000);
    for (const { user_id, variant } of organic) {
      expect(assign(everybody, { userId: user_id }).variant).toBe(variant);
    }
  });

  test("are of most units that arrive, and only of eligible ones", () => {
    const units = new Set(exposures.filter(({ is_forced }) => !is_forced).map(({ user_id }) => user_id));
    const traffic = 4000 * 0.95 * 0.8 * 0.9;
    expect(units.size).toBeLessThan(traffic);
    expect(units.size).toBeGreaterThan(traffic * 0.8);
    for (const { country, plan, is_forced } of exposures) {
      if (is_forced) continue;
      expect(["US", "CA"]).toContain(country);
      expect(plan).toBe("pro");
    }
  });

  test("hold forced units, bots, returning units and rows delivered twice, few of each", () => {
    const forced = exposures.filter(({ is_forced }) => is_forced);
    expect(new Set(forced.map(({ variant }) => variant))).toEqual(new Set(["treatment"]));
    const bots = exposures.filter(({ isBot }) => isBot);
    const units = new Set(exposures.map(({ user_id }) => user_id));
    const rows = new Set(exposures.map((row) => JSON.stringify(row)));
    expect(forced.length / exposures.length).toBeLessThan(0.05);
    expect(forced.length).toBeGreaterThan(0);
    expect(bots.length / exposures.length).toBeLessThan(0.02);
    expect(bots.length).toBeGreaterThan(0);
    expect(rows.size).toBeLessThan(exposures.length);
    expect(units.size).toBeLessThan(rows.size);
  });

  test("fall within the days of the experiment, evenly", () => {
    const instants = exposures.map(({ ts }) => Number(ts));
    expect(Math.min(...instants)).toBeGreaterThanOrEqual(Date.parse("2026-11-02T00:00:00Z"));
    expect(Math.max(...instants)).toBeLessThan(Date.parse("2026-11-23T00:00:00Z"));
    const early = instants.filter((instant) => instant < Date.parse("2026-11-12T12:00:00Z")).length;
    expect(early / instants.length).toBeGreaterThan(0.4);
    expect(early / instants.length).toBeLessThan(0.6);
  });

  test("wait for the event that exposes, and are of orgs where those are randomised", () => {
    const installs = eventMetric("installs", "conversion", { event: "purchase" }, rate(0.3));
    const orgs = experimentOf({
      key: "orgs",
      unit: ORG,
      exposure: { kind: "event", event: "purchase" },
      primary: { metric: { ...installs, window: 14 * DAY }, goal: "better", margin: null },
    });
    const simulation = simulationOf(projectOf([orgs]));
    const rows = rowsOf(simulation, "exposures");
    const units = new Set(rows.map(({ org_id }) => org_id));
    expect(units.size).toBeGreaterThan(1600);
    expect(units.size).toBeLessThan(1960);
    expect(String(rows[0]!.org_id)).toMatch(/^orgs-org-1-\d{6}$/);
    expect(String(rows[0]!.user_id)).toMatch(/^orgs-user-1-\d{6}$/);
    const converted = outcomesOf(simulation, "orgs", 14 * DAY, "org_id").filter(
      ({ events }) => events.length > 0,
    );
    expect(converted.length / units.size).toBeGreaterThan(0.25);
    expect(converted.length / units.size).toBeLessThan(0.35);
  });
});

describe("without effects", () => {
  const simulation = simulationOf(projectOf([SHOP]), { units: 12_000 });
  const outcomes = outcomesOf(simulation, "shop", WEEK);
  const counts = outcomes.map(({ events }) => events.filter(({ event }) => event === "purchase").length);
  const revenue = outcomes.map(({ events }) =>
    events
      .filter(({ event, refunded }) => event === "purchase" && refunded === false)
      .reduce((sum, { amount }) => sum + Number(amount), 0),
  );
  const loads = outcomes.flatMap(({ events }) => {
    const values = events.filter(({ event }) => event === "page-load").map(({ loadMs }) => Number(loadMs));
    return values.length > 0 ? [average(values)] : [];
  });
  const errors = outcomes.map(({ events }) => events.filter(({ event }) => event === "error").length);
  const within = (values: readonly number[], target: number) =>
    expect(Math.abs(average(values) - target)).toBeLessThan(
      (4.5 * deviation(values)) / Math.sqrt(values.length),
    );

  test("metrics have their baselines", () => {
    within(
      counts.map((count) => Number(count > 0)),
      0.2,
    );
    within(counts, 0.3);
    within(revenue, 12);
    within(loads, 840);
    within(errors, 0.8);
    expect(loads.length / outcomes.length).toBeCloseTo(0.9, 1);
    expect(deviation(errors)).toBeCloseTo(1.9, 0);
    expect(deviation(loads) / 300).toBeCloseTo(1, 0);
    expect(deviation(revenue) / 40).toBeCloseTo(1, 0);
  });

  test("the truth is that nothing changed", () => {
    expect(simulation.truth.map(({ metric, relative }) => [metric, relative])).toEqual([
      ["checkout-conversion", 0],
      ["orders", 0],
      ["revenue", 0],
      ["order-value", 0],
      ["load-time", 0],
      ["errors", 0],
    ]);
    expect(simulation.truth[2]!.control).toBeCloseTo(12, 9);
  });

  test("an A/A test rejects as often as it says, over seeds", () => {
    const experiment = experimentOf({ key: "aa", primary: { metric: BUYERS, goal: "better", margin: null } });
    const worlds = 120;
    let rejected = 0;
    for (let seed = 0; seed < worlds; seed++) {
      const world = outcomesOf(simulationOf(projectOf([experiment]), { seed, units: 300 }), "aa", WEEK);
      const arm = (key: string) => {
        const own = world.filter(({ variant }) => variant === key);
        return { units: own.length, successes: own.filter(({ events }) => events.length > 0).length };
      };
      if (twoProportionZ(arm("control"), arm("treatment")).pValue! < 0.05) rejected++;
    }
    expect(rejected).toBeLessThanOrEqual(17);
    expect(rejected).toBeGreaterThanOrEqual(1);
  });
});

describe("an effect", () => {
  const project = projectOf([SHOP]);
  const plain = simulationOf(project);

  test("changes exactly its own rows", () => {
    const changed = simulationOf(project, { effects: [effect("treatment", "load-time", 0.1)] });
    expect(rowsOf(changed, "exposures")).toEqual(rowsOf(plain, "exposures"));
    const [before, after] = [rowsOf(plain, "app"), rowsOf(changed, "app")];
    const treated = new Set(
      rowsOf(plain, "exposures").flatMap(({ user_id, variant }) =>
        variant === "treatment" ? [user_id] : [],
      ),
    );
    expect(after.length).toBe(before.length);
    let different = 0;
    for (const [index, row] of after.entries()) {
      const { loadMs, ...rest } = row;
      const { loadMs: earlier, ...old } = before[index]!;
      expect(rest).toEqual(old);
      if (loadMs === earlier) continue;
      different++;
      expect(treated).toContain(row.user_id);
      expect(Number(loadMs) / Number(earlier)).toBeCloseTo(1.1, 4);
    }
    expect(different).toBeGreaterThan(500);
  });

  test("on a conversion is what the data show, and what the truth says of every metric", () => {
    const changed = simulationOf(project, {
      units: 20_000,
      effects: [effect("treatment", "checkout-conversion", 0.3)],
    });
    const truth = new Map(changed.truth.map(({ metric, relative }) => [metric, relative]));
    expect(truth.get("checkout-conversion")).toBeCloseTo(0.3, 12);
    expect(truth.get("orders")).toBeCloseTo(0.3, 12);
    expect(truth.get("order-value")).toBeCloseTo(0, 12);
    expect(truth.get("load-time")).toBe(0);
    const outcomes = outcomesOf(changed, "shop", WEEK);
    const share = (key: string) =>
      average(
        outcomes
          .filter(({ variant }) => variant === key)
          .map(({ events }) => Number(events.some(({ event }) => event === "purchase"))),
      );
    expect(Math.abs(share("control") - 0.2)).toBeLessThan(0.018);
    expect(Math.abs(share("treatment") - 0.26)).toBeLessThan(0.02);
  });

  test.each([
    ["orders", 0.2, { "checkout-conversion": 0, orders: 0.2, revenue: 0.2, "order-value": 0 }],
    ["orders", -0.5, { "checkout-conversion": -0.25, orders: -0.5, revenue: -0.5, "order-value": 0 }],
    ["revenue", 0.1, { "checkout-conversion": 0, orders: 0, revenue: 0.1, "order-value": 0.1 }],
    ["order-value", 0.1, { "checkout-conversion": 0, orders: 0, revenue: 0.1, "order-value": 0.1 }],
  ])("on %s of %d changes what hangs on it", (metric, change, expected) => {
    const { truth } = simulationOf(project, { effects: [effect("treatment", metric, change)] });
    for (const [key, relative] of Object.entries(expected)) {
      expect(truth.find((one) => one.metric === key)!.relative).toBeCloseTo(relative, 9);
    }
  });

  test("that hangs on filters leaves rows that they do not let through alone", () => {
    const inDollars = eventMetric(
      "dollars",
      "count",
      { event: "purchase", where: [{ column: "currency", values: ["USD"] }] },
      mean(0.5, 1),
    );
    const inEuros = {
      ...inDollars,
      key: "euros",
      input: { ...inDollars.input, where: [{ column: "currency", values: ["EUR"] }] },
    } as typeof inDollars;
    const experiment = experimentOf({
      key: "money",
      primary: { metric: inDollars, goal: "better", margin: null },
      secondary: [inEuros],
    });
    const changed = simulationOf(projectOf([experiment]), {
      units: 6000,
      effects: [effect("treatment", "euros", 1)],
    });
    expect(changed.truth.map(({ relative }) => relative)).toEqual([0, expect.closeTo(1, 9)]);
    const outcomes = outcomesOf(changed, "money", WEEK);
    const perUnit = (key: string, currency: string) =>
      average(
        outcomes
          .filter(({ variant }) => variant === key)
          .map(({ events }) => events.filter((event) => event.currency === currency).length),
      );
    expect(Math.abs(perUnit("treatment", "USD") - 0.5)).toBeLessThan(0.09);
    expect(Math.abs(perUnit("control", "EUR") - 0.5)).toBeLessThan(0.09);
    expect(Math.abs(perUnit("treatment", "EUR") - 1)).toBeLessThan(0.16);
  });
});

describe("events", () => {
  const simulation = simulationOf(projectOf([SHOP]));
  const events = rowsOf(simulation, "app");

  test("go on for a day after the last window, from visitors outside", () => {
    const last = events.reduce((latest, row) => (Number(row.ts) > Number(latest.ts) ? row : latest));
    expect(last.ts).toBe(Date.parse("2026-12-01T00:00:00Z"));
    expect(String(last.user_id)).toMatch(/^visitor-/);
  });

  test("exist before exposure and after the window too", () => {
    const start = new Map(outcomesOf(simulation, "shop", WEEK).map(({ unit, start }) => [unit, start]));
    const ages = events.flatMap(({ user_id, ts }) =>
      start.has(String(user_id)) ? [Number(ts) - start.get(String(user_id))!] : [],
    );
    expect(ages.filter((age) => age < 0).length).toBeGreaterThan(100);
    expect(ages.filter((age) => age > WEEK).length).toBeGreaterThan(50);
    expect(ages.filter((age) => age >= 0 && age <= WEEK).length).toBeGreaterThan(1000);
  });

  test("carry what their declaration says, in columns of one type", () => {
    const table = simulation.tables.find(({ source }) => source === "app")!;
    expect(table.columns).toEqual([
      { name: "event", type: "string" },
      { name: "ts", type: "timestamp" },
      { name: "user_id", type: "string" },
      { name: "org_id", type: "string" },
      { name: "amount", type: "double" },
      { name: "currency", type: "string" },
      { name: "refunded", type: "boolean" },
      { name: "loadMs", type: "double" },
    ]);
    for (const { event, org_id, amount, currency, loadMs } of events) {
      const purchase = event === "purchase";
      expect([org_id !== null, amount !== null, currency !== null]).toEqual([purchase, purchase, purchase]);
      expect(loadMs !== null).toBe(event === "page-load");
    }
  });

  test("come in batches that stay small", () => {
    const table = simulationOf(projectOf([SHOP]), { units: 9000 }).tables.find(
      ({ source }) => source === "app",
    )!;
    const sizes = [...table.batches()].map((batch) => batch.length);
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThan(20_000);
  });
});

test("a concluded experiment is simulated as it ran, a draft only when it is named", () => {
  const past: Partial<Experiment> = { status: "concluded", archived: true };
  const project = projectOf([
    experimentOf({ key: "past", ...past }),
    experimentOf({ key: "plan", status: "draft" }),
  ]);
  const experiments = (keys: readonly string[]) =>
    new Set(
      rowsOf(simulationOf(project, { experiments: keys, units: 100 }), "exposures").map(
        (row) => row.experiment,
      ),
    );
  expect(experiments([])).toEqual(new Set(["past"]));
  expect(experiments(["plan"])).toEqual(new Set(["plan"]));
});

test("a table with a row per unit has each unit once, and the columns that metrics read", () => {
  const column = (
    key: string,
    kind: "conversion" | "count" | "sum" | "mean",
    baseline: ReturnType<typeof mean>,
  ) => ({
    ...eventMetric(key, kind as "sum", { event: "none" }, baseline),
    input: { kind: "column", column: key } as const,
    window: null,
  });
  const players = experimentOf({
    key: "gates",
    primary: {
      metric: { ...column("kept", "conversion", rate(0.4) as never), kind: "conversion" },
      goal: "better",
      margin: null,
    },
    secondary: [
      { ...column("rounds", "count", mean(5, 9)), kind: "count" },
      column("spent", "sum", mean(3, 9)),
      { ...column("speed", "mean", mean(70, 12, 0.5)), kind: "mean" },
    ],
  });
  const project = projectOf([players], {
    warehouse: {
      engine: "duckdb",
      database: null,
      layout: {
        kind: "per-unit",
        from: { kind: "files", patterns: ["players.csv"] },
        units: { user: "userid" },
        columns: { variant: "version", experiment: null },
        attributes: ["country"],
      },
    },
  });
  const simulation = simulationOf(project, { units: 8000, effects: [effect("treatment", "kept", 0.5)] });
  expect(simulation.tables[0]!.columns).toEqual([
    { name: "version", type: "string" },
    { name: "userid", type: "string" },
    { name: "country", type: "string" },
    { name: "kept", type: "boolean" },
    { name: "rounds", type: "integer" },
    { name: "spent", type: "double" },
    { name: "speed", type: "double" },
  ]);
  const rows = rowsOf(simulation, "perUnit");
  expect(new Set(rows.map(({ userid }) => userid)).size).toBe(rows.length);
  expect(new Set(rows.map(({ country }) => country)).size).toBeGreaterThan(1);
  const control = rows.filter(({ version }) => version === "control");
  const treatment = rows.filter(({ version }) => version === "treatment");
  expect(average(control.map(({ kept }) => Number(kept)))).toBeCloseTo(0.4, 1);
  expect(average(treatment.map(({ kept }) => Number(kept)))).toBeCloseTo(0.6, 1);
  expect(Math.abs(average(rows.map(({ rounds }) => Number(rounds))) - 5)).toBeLessThan(0.45);
  expect(Math.abs(average(rows.map(({ spent }) => Number(spent))) - 3)).toBeLessThan(0.45);
  const speeds = rows.flatMap(({ speed }) => (speed === null ? [] : [Number(speed)]));
  expect(speeds.length / rows.length).toBeCloseTo(0.5, 1);
  expect(Math.abs(average(speeds) - 70)).toBeLessThan(2);
});

describe("there is a reason, not rows, for", () => {
  const project = projectOf([SHOP, experimentOf({ key: "undated", start: null })]);
  test.each([
    [{ experiments: ["nope"] }, "there is no experiment `nope`"],
    [{ experiments: ["undated"] }, "`undated` needs `start` and `end` to be simulated"],
    [{ units: 0 }, "the number of units is a whole number, at least 1"],
    [{ seed: 0.5 }, "the seed is a whole number, 0 or more"],
    [{ effects: [effect("nope", "orders", 1)] }, "no simulated experiment has a variant `nope`"],
    [
      { effects: [effect("treatment", "nope", 1)] },
      "no simulated experiment with a variant `treatment` has the metric `nope`",
    ],
    [{ effects: [effect("control", "orders", 1)] }, "`control` is the control; effects are against it"],
  ])("%j", (parts, message) => {
    expect(simulate(project, optionsOf(parts))).toEqual({ kind: "problem", message });
  });

  test("a project without a warehouse, or with drafts only", () => {
    expect(simulate(projectOf([SHOP], { warehouse: null }), optionsOf())).toMatchObject({ kind: "problem" });
    expect(simulate(projectOf([experimentOf({ status: "draft" })]), optionsOf())).toMatchObject({
      kind: "problem",
    });
  });
});
