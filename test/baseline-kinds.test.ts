import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BaselineReport } from "../src/baseline.ts";
import { clusterInflation, quantileRanks } from "../src/statistics/quantile-interval.ts";
import { uniformStream } from "../src/statistics/random.ts";
import { quantileOf } from "../src/statistics/winsorize.ts";
import { fairtrial, temporaryFolder, writeFiles } from "./command-line.ts";

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 8, 7);
const draw = uniformStream(23);
const iso = (at: number) => new Date(at).toISOString();

/** Visitors of four weeks: most see the cart, some pay, and each page takes a while; on slow lines every page does. */
const visitors = Array.from({ length: 700 }, (_, index) => {
  const at = FIRST + Math.floor((index % 28) * DAY + draw() * 0.9 * DAY);
  const line = 200 + 900 * draw() ** 2;
  const [cart, paid] = [draw() < 0.8, draw() < 0.4];
  const loads = Array.from({ length: Math.floor(6 * draw()) }, () => Math.round(line * (0.5 + draw())));
  return { id: `v${index}`, at, loads, cart, paid };
});
const exposures = visitors.map(({ id, at }) => `${id},checkout,b,${iso(at)}`);
const events = visitors.flatMap(({ id, at, loads, cart, paid }) => [
  ...loads.map((ms, index) => `${id},load,${ms},${iso(at + (index + 1) * 60_000)}`),
  ...(cart ? [`${id},cart,,${iso(at + 3_600_000)}`] : []),
  // Who pays without a cart has bought otherwise, and takes no step of the funnel.
  ...(paid ? [`${id},pay,,${iso(at + 7_200_000)}`] : []),
  `${id},load,99999,${iso(at + 2 * DAY)}`,
]);
const [carts, buyers] = [
  visitors.filter(({ cart }) => cart).length,
  visitors.filter(({ cart, paid }) => cart && paid).length,
];

/** What order statistics of the pooled values say, visitors as clusters. */
const expected = (() => {
  const values = visitors.flatMap(({ loads }) => loads).sort((a, b) => a - b);
  const value = quantileOf(values, 0.9)!;
  const shares = visitors.map(({ loads }) => ({
    below: loads.filter((ms) => ms <= value).length,
    values: loads.length,
  }));
  const ranks = quantileRanks(values.length, 0.9, 0.95, clusterInflation(shares, 0.9)!);
  // 1.959963984540054 is scipy's norm.isf(0.025).
  const standardError = (values[ranks.upper - 1]! - values[ranks.lower - 1]!) / (2 * 1.959963984540054);
  return { value, standardError, spread: standardError * Math.sqrt(visitors.length) };
})();

const FILES = {
  "experiments/project.yaml": JSON.stringify({
    name: "shop",
    units: { user: { id: "userId" } },
    events: {
      load: { source: "app", units: ["user"], properties: { ms: "number" } },
      cart: { source: "app", units: ["user"] },
      pay: { source: "app", units: ["user"] },
    },
    warehouse: {
      engine: "duckdb",
      sources: {
        exposures: {
          from: "data/exposures.csv",
          units: { user: "user" },
          columns: { experiment: "experiment", variant: "variant", timestamp: "time" },
        },
        app: {
          from: "data/events.csv",
          units: { user: "user" },
          columns: { event: "event", timestamp: "time" },
        },
      },
    },
  }),
  "experiments/metrics/p90.yaml":
    "name: P90\nkind: quantile\nquantile: 90%\nevent: load\nvalue: ms\nwindow: 1d\nbetter: lower\n",
  "experiments/metrics/bought.yaml":
    "name: Bought\nkind: funnel\nsteps: [cart, pay]\nwindow: 1d\nbetter: higher\n",
  "experiments/checkout.yaml":
    "name: Trial\nstatus: draft\nunit: user\nvariants: { control: { weight: 50% }, b: { weight: 50% } }\nmetrics: { primary: p90, secondary: [bought] }\nmde: 10%\n",
  "data/exposures.csv": `user,experiment,variant,time\n${exposures.join("\n")}\n`,
  "data/events.csv": `user,event,ms,time\n${events.join("\n")}\n,cart,,${iso(FIRST + 31 * DAY)}\n`,
};

function shop(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...FILES, ...files });
  return folder;
}

const BASELINE = ["plan", "--baseline", "--from", "2026-09-07", "--to", "2026-10-04"];

test("a quantile has the spread that its standard error is over the root of the units", async () => {
  const { stdout, stderr } = await fairtrial(shop(), ...BASELINE, "--format", "json");
  expect(stderr).not.toContain("error[");
  const { baselines } = JSON.parse(stdout) as BaselineReport;
  const p90 = baselines.find(({ metric }) => metric === "p90")!;
  expect(p90.units).toBe(visitors.length);
  expect(p90.value).toBeCloseTo(expected.value, 9);
  expect(p90.standardError).toBeCloseTo(expected.standardError, 9);
  expect(p90.baseline).toMatchObject({ kind: "quantile", value: p90.value });
  expect(p90.baseline?.kind === "quantile" && p90.baseline.spread).toBeCloseTo(expected.spread, 6);
});

test("a funnel has the share of units that gets to each step", async () => {
  const { stdout } = await fairtrial(shop(), ...BASELINE, "--format", "json");
  const { baselines } = JSON.parse(stdout) as BaselineReport;
  expect(baselines.find(({ metric }) => metric === "bought")!.baseline).toMatchObject({
    kind: "rate",
    rate: buyers / visitors.length,
    steps: [carts / visitors.length, buyers / visitors.length],
  });
});

const percent = (count: number) =>
  `${Number(((100 * count) / visitors.length).toPrecision(4))}%`.replace(/\.(\d*?)0*%$/, ".$1%");

test("both are written, read back by plan, and a second time nothing changes", async () => {
  const folder = shop({
    "experiments/metrics/bought.yaml": `${FILES["experiments/metrics/bought.yaml"]}baseline:\n  rates: [50%, 20%]   # a guess\n`,
  });
  expect((await fairtrial(folder, ...BASELINE, "--write")).code).toBe(0);
  const read = (path: string) => readFileSync(join(folder, "experiments", path), "utf8");
  expect(read("metrics/bought.yaml")).toContain(`rates: [${percent(carts)}, ${percent(buyers)}]   # a guess`);
  expect(read("metrics/p90.yaml")).toContain(
    `baseline:\n  value: ${Number(expected.value.toPrecision(4))}\n  spread: ${Number(expected.spread.toPrecision(4))}\n  measured:\n    from: 2026-09-07\n`,
  );
  const { stdout } = await fairtrial(folder, "plan", "checkout", "--format", "json");
  const [size] = JSON.parse(stdout).experiments[0].sizes;
  expect(size).toMatchObject({ metric: "p90", measured: { units: visitors.length } });
  expect(size.unitsPerVariant[0]).toBeGreaterThan(0);
  const texts = [read("metrics/bought.yaml"), read("metrics/p90.yaml")];
  await fairtrial(folder, ...BASELINE, "--write");
  expect([read("metrics/bought.yaml"), read("metrics/p90.yaml")]).toEqual(texts);
});

test("a funnel that is planned with as a whole stays so; without a baseline, it gets its steps", async () => {
  const whole = shop({
    "experiments/metrics/bought.yaml": `${FILES["experiments/metrics/bought.yaml"]}baseline: { rate: 20% }\n`,
  });
  await fairtrial(whole, ...BASELINE, "--write");
  const bought = (folder: string) =>
    readFileSync(join(folder, "experiments", "metrics", "bought.yaml"), "utf8");
  expect(bought(whole)).toContain(`baseline: { rate: ${percent(buyers)}, measured: {`);
  const none = shop();
  await fairtrial(none, ...BASELINE, "--write");
  expect(bought(none)).toContain(`  rates: [${percent(carts)}, ${percent(buyers)}]\n`);
  expect((await fairtrial(none, "validate")).code).toBe(0);
});

test("one row per unit: a column's quantile", async () => {
  const rows = visitors.map(({ id, loads: [ms] }) => `${id},b,${ms ?? ""}`);
  const folder = shop({
    "experiments/project.yaml": JSON.stringify({
      name: "shop",
      units: { user: { id: "userId" } },
      warehouse: {
        engine: "duckdb",
        perUnit: { from: "data/units.csv", units: { user: "user" }, columns: { variant: "variant" } },
      },
    }),
    "experiments/metrics/p90.yaml": "name: P90\nkind: quantile\nquantile: 90%\ncolumn: ms\nbetter: lower\n",
    "experiments/metrics/bought.yaml": "name: Bought\nkind: sum\ncolumn: ms\nbetter: higher\n",
    "data/units.csv": `user,variant,ms\n${rows.join("\n")}\n`,
  });
  const { stdout, stderr } = await fairtrial(folder, "plan", "--baseline", "--format", "json");
  expect(stderr).not.toContain("error[");
  const p90 = (JSON.parse(stdout) as BaselineReport).baselines.find(({ metric }) => metric === "p90")!;
  const values = visitors.flatMap(({ loads: [ms] }) => ms ?? []).sort((a, b) => a - b);
  expect(p90).toMatchObject({ units: visitors.length, entry: null, period: null });
  expect(p90.value).toBeCloseTo(quantileOf(values, 0.9)!, 9);
  expect(p90.standardError).toBeGreaterThan(0);
});
