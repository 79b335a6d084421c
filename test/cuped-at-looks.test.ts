import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../src/index.ts";
import { addDays, startOfDay } from "../src/model/calendar.ts";
import { randomStream } from "../src/simulate/random.ts";
import { fairtrial, temporaryFolder, writeFiles } from "./command-line.ts";

const DAY = 86_400_000;
const ZONE = "Europe/Berlin";
const START = "2026-10-12";
/** In the evening of the nineteenth day. */
const AS_OF = startOfDay("2026-10-30", ZONE) + 20 * 3_600_000;

interface Unit {
  readonly arm: 0 | 1;
  readonly first: number;
  readonly purchases: readonly { readonly at: number; readonly amount: number }[];
}

/** Units that buy after exposure much as they did before, and a little more of it where they are treated. */
function drawUnits(name: string): readonly Unit[] {
  const random = randomStream(3, name);
  return Array.from({ length: 1500 }, (_, index) => {
    const arm = index % 2 === 0 ? 0 : 1;
    const first = startOfDay(START, ZONE) + Math.floor(random() * 16 * DAY);
    const likes = random() ** 3;
    const days = Array.from({ length: 18 }, (_, day) => day - 14);
    const purchases = days.flatMap((day) => {
      const worth = day >= 0 && arm === 1 ? 0.05 : 0;
      if (random() > likes / 2 + worth) return [];
      const at = first + Math.floor((day + random()) * DAY);
      return [{ at, amount: Math.round(likes * 4000 + random() * 1000) / 100 }];
    });
    return { arm, first, purchases };
  });
}

const METHODS = { daily: "sequential", weekly: "group-sequential" } as const;
type Key = keyof typeof METHODS;
const UNITS: Readonly<Record<Key, readonly Unit[]>> = {
  daily: drawUnits("daily"),
  weekly: drawUnits("weekly"),
};

const experimentYaml = (method: string, from: string, to: string) => `
name: Looks with earlier values
owner: team
hypothesis: What units did before takes noise out, at every look.
status: running
start: ${START}
end: 2026-12-06
removeBy: 2027-02-01
unit: user
layer: { name: pages, from: ${from}, to: ${to} }
variants: { control: { weight: 50% }, variant: { weight: 50% } }
metrics: { primary: bought, secondary: [spent] }
mde: 10%
analysis: { method: ${method}, cuped: 14d }
`;

const FILES = {
  "experiments/project.yaml": `
name: looks
timezone: ${ZONE}
units: { user: { id: userId, newPerDay: 500 } }
layers: { pages: { unit: user } }
events: { purchase: { source: app, units: [user], properties: { amount: number } } }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures.ndjson
      units: { user: user_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
    app:
      from: data/events.ndjson
      units: { user: user_id }
      columns: { event: event, timestamp: ts }
`,
  "experiments/metrics/bought.yaml":
    "{ name: Bought, kind: conversion, event: purchase, window: 3d, better: higher, baseline: { rate: 40% } }",
  "experiments/metrics/spent.yaml":
    "{ name: Spent, kind: sum, event: purchase, value: amount, window: 3d, better: higher, winsorize: 95% }",
  "experiments/daily.yaml": experimentYaml(METHODS.daily, "0%", "50%"),
  "experiments/weekly.yaml": experimentYaml(METHODS.weekly, "50%", "100%"),
};

let analyses: Readonly<Record<Key, Analysis>>;

beforeAll(async () => {
  const folder = temporaryFolder();
  const iso = (at: number) => new Date(at).toISOString();
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const all = (Object.keys(UNITS) as Key[]).flatMap((key) =>
    UNITS[key].map((unit, index) => ({ ...unit, key, id: `${key} ${index}` })),
  );
  writeFiles(folder, {
    ...FILES,
    "data/exposures.ndjson": lines(
      all.map(({ key, id, arm, first }) => ({
        experiment: key,
        user_id: id,
        variant: arm === 0 ? "control" : "variant",
        ts: iso(first),
      })),
    ),
    "data/events.ndjson": lines(
      all.flatMap(({ id, purchases }) =>
        purchases.map(({ at, amount }) => ({ event: "purchase", user_id: id, amount, ts: iso(at) })),
      ),
    ),
  });
  const analyse = async (key: Key) => {
    const args = ["analyze", key, "--as-of", iso(AS_OF), "--format", "json"];
    const { code, stdout, stderr } = await fairtrial(folder, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as Analysis;
  };
  analyses = { daily: await analyse("daily"), weekly: await analyse("weekly") };
}, 120_000);

type Pair = readonly [outcome: number, before: number];

/** What a unit did, as the reference page says: t0 ≤ t ≤ t0 + 3 days, and t0 − 14 days ≤ t < t0. */
function worthOf(metric: string, { first, purchases }: Unit): Pair {
  const inside = purchases.filter(({ at }) => at >= first && at <= first + 3 * DAY);
  const before = purchases.filter(({ at }) => at >= first - 14 * DAY && at < first);
  const worth = (some: Unit["purchases"]) =>
    metric === "bought" ? Math.min(1, some.length) : some.reduce((sum, { amount }) => sum + amount, 0);
  return [worth(inside), worth(before)];
}

/** Upper type-7 quantile. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const low = sorted[Math.floor(rank)]!;
  return low + (rank - Math.floor(rank)) * (sorted[Math.ceil(rank)]! - low);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const cross = (a: readonly number[], b: readonly number[]) => {
  const [centreA, centreB] = [mean(a), mean(b)];
  return a.reduce((sum, value, index) => sum + (value - centreA) * (b[index]! - centreB), 0);
};

/** The adjusted difference and its standard error over the units that are mature by an instant; θ over both arms. */
function plainLoop(key: Key, metric: string, instant: number) {
  const caps = [0, 1].map((axis) =>
    metric === "bought"
      ? 1
      : quantile(
          UNITS[key]
            .filter(({ first }) => first + 3 * DAY <= AS_OF)
            .map((unit) => worthOf(metric, unit)[axis]!),
          0.95,
        ),
  );
  const arms = [0, 1].map((arm) =>
    UNITS[key]
      .filter((unit) => unit.arm === arm && unit.first + 3 * DAY <= instant)
      .map(
        (unit) => worthOf(metric, unit).map((value, axis) => Math.min(value, caps[axis]!)) as unknown as Pair,
      ),
  ) as [Pair[], Pair[]];
  const union = arms.flat();
  const [y, x] = [union.map((pair) => pair[0]), union.map((pair) => pair[1])];
  const theta = cross(x, y) / cross(x, x);
  const adjusted = arms.map((arm) => arm.map((pair) => pair[0] - theta * pair[1]));
  const variances = adjusted.map((arm) => cross(arm, arm) / (arm.length - 1) / arm.length);
  return {
    units: union.length,
    fewest: Math.min(...arms.map(({ length }) => length)),
    theta,
    difference: mean(adjusted[1]!) - mean(adjusted[0]!),
    error: Math.sqrt(variances[0]! + variances[1]!),
  };
}

/** Half the width of the asymptotic confidence sequence (Waudby-Smith et al., equation 9), α 5%. */
function reach(units: number, error: number, plannedUnits: number): number {
  const rho = Math.sqrt((-2 * Math.log(0.05) + Math.log(-2 * Math.log(0.05) + 1)) / plannedUnits);
  const growth = units * rho ** 2;
  const squared = ((2 * (growth + 1)) / (units ** 2 * rho ** 2)) * Math.log(Math.sqrt(growth + 1) / 0.05);
  return error * Math.sqrt(units) * Math.sqrt(squared);
}

const comparisonOf = (key: Key, metric: string) => {
  const found = analyses[key].metrics.find((each) => each.metric === metric)!;
  return { found, comparison: found.comparisons[0]! };
};

describe.each(["bought", "spent"])("%s, adjusted by what units did before", (metric) => {
  test.each(["daily", "weekly"] as const)("%s: applied, with θ over both arms", (key) => {
    const { comparison, found } = comparisonOf(key, metric);
    const now = plainLoop(key, metric, AS_OF);
    expect(comparison.cuped).toMatchObject({ applied: true, reason: null });
    expect(comparison.cuped!.theta[0]).toBeCloseTo(now.theta, 10);
    expect(comparison.cuped!.varianceReduction!).toBeGreaterThan(0.1);
    expect(found.method).toMatch(/^CUPED; /);
  });

  test("daily: each day's sequence, and the running intersection, are a plain loop's", () => {
    const { comparison, found } = comparisonOf("daily", metric);
    const { plannedUnits } = comparison.look!;
    let [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    let looks = 0;
    for (const { day, comparisons } of found.series) {
      const { units, fewest, difference, error } = plainLoop(
        "daily",
        metric,
        startOfDay(addDays(day, 1), ZONE),
      );
      if (fewest < 100) continue;
      looks += 1;
      lower = Math.max(lower, difference - reach(units, error, plannedUnits));
      upper = Math.min(upper, difference + reach(units, error, plannedUnits));
      expect(comparisons[0]!.absolute.estimate).toBeCloseTo(difference, 9);
      expect(comparisons[0]!.sequence!.lower).toBeCloseTo(lower, 9);
      expect(comparisons[0]!.sequence!.upper).toBeCloseTo(upper, 9);
    }
    expect(looks).toBe(comparison.look!.number);
    expect(looks).toBeGreaterThan(10);
    expect(comparison.absolute.lower).toBeCloseTo(lower, 9);
    expect(comparison.absolute.upper).toBeCloseTo(upper, 9);
  });

  test("weekly: the last look's interval is that many standard errors of a plain loop", () => {
    const { look, absolute, statistic } = comparisonOf("weekly", metric).comparison;
    expect(look!.day).toBe("2026-10-25");
    const { units, difference, error } = plainLoop("weekly", metric, startOfDay("2026-10-26", ZONE));
    expect(look!.units).toBe(units);
    expect(statistic).toBeCloseTo(difference / error, 8);
    expect(absolute.estimate).toBeCloseTo(difference, 9);
    expect(absolute.lower).toBeCloseTo(difference - look!.boundary! * error, 9);
    expect(absolute.upper).toBeCloseTo(difference + look!.boundary! * error, 9);
  });
});
