import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BaselineReport } from "../src/baseline.ts";
import { uniformStream } from "../src/statistics/random.ts";
import { fairtrial, temporaryFolder, writeFiles } from "./command-line.ts";

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 8, 1);
const draw = uniformStream(11);

/** 60 orgs of one to seven users, who come over 28 days; how much a user pays is its org's habit, and its own. */
const users = Array.from({ length: 60 }, (_, org) => {
  const habit = draw();
  return Array.from({ length: 1 + (org % 7) }, (_, index) => {
    const own = (habit + draw()) / 2;
    const pays = () => (draw() < own ? Math.round(100 * draw() * own) : 0);
    const at = FIRST + Math.floor(((org * 7 + index) % 28) * DAY + draw() * 0.9 * DAY);
    return { id: `u${org}-${index}`, org: `o${org}`, at, before: pays(), after: pays() };
  });
}).flat();
const iso = (at: number) => new Date(at).toISOString();
const exposures = (["checkout", "seats"] as const).flatMap((experiment) =>
  users.map(({ id, org, at }) => `${id},${org},${experiment},b,${iso(at)}`),
);
const events = users.flatMap(({ id, org, at, before, after }) => [
  ...(before > 0 ? [`${id},${org},purchase,${before},${iso(at - 1)}`] : []),
  ...(after > 0 ? [`${id},${org},purchase,${after},${iso(at + DAY)}`] : []),
]);

const experiment = (unit: string, primary: string, more: object = {}) =>
  JSON.stringify({
    name: "Trial",
    status: "draft",
    unit,
    variants: { control: { weight: "50%" }, b: { weight: "50%" } },
    metrics: { primary },
    mde: "10%",
    ...more,
  });
const columns = { units: { user: "user", org: "org" } };
const FILES = {
  "experiments/project.yaml": JSON.stringify({
    name: "shop",
    units: { user: { id: "userId" }, org: { id: "orgId" } },
    events: { purchase: { source: "app", units: ["user", "org"], properties: { amount: "number" } } },
    warehouse: {
      engine: "duckdb",
      sources: {
        exposures: {
          from: "data/exposures.csv",
          ...columns,
          columns: { experiment: "experiment", variant: "variant", timestamp: "time" },
        },
        app: { from: "data/events.csv", ...columns, columns: { event: "event", timestamp: "time" } },
      },
    },
  }),
  "experiments/metrics/paid.yaml":
    "name: Paid\nkind: sum\nevent: purchase\nvalue: amount\nwindow: 1d\nbetter: higher\nbaseline:\n  mean: 3\n  standardDeviation: 4\n  measured:\n    from: 2026-06-01\n    to: 2026-06-28\n    units: 5\n",
  "experiments/metrics/paid-per-user.yaml":
    "name: Paid per user\nkind: sum\nevent: purchase\nvalue: amount\nper: user\nwindow: 1d\nbetter: higher\n",
  "experiments/checkout.yaml": experiment("user", "paid", { analysis: { cuped: "2d" } }),
  "experiments/seats.yaml": experiment("org", "paid-per-user"),
  "data/exposures.csv": `user,org,experiment,variant,time\n${exposures.join("\n")}\n`,
  "data/events.csv": `user,org,event,amount,time\n,,purchase,1,${iso(FIRST - 3 * DAY)}\n${events.join("\n")}\n,,purchase,1,${iso(FIRST + 30 * DAY)}\n`,
};

function shop(): string {
  const folder = temporaryFolder();
  writeFiles(folder, FILES);
  return folder;
}

const BASELINE = ["plan", "--baseline", "--from", "2026-09-01", "--to", "2026-09-28"];

async function measure(folder: string, ...options: readonly string[]): Promise<BaselineReport> {
  const { stdout, stderr } = await fairtrial(folder, ...BASELINE, "--format", "json", ...options);
  expect(stderr).not.toContain("error[");
  return JSON.parse(stdout) as BaselineReport;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
const after = users.map((user) => user.after);
const before = users.map((user) => user.before);

/** Pearson's, by its definition. */
const correlation =
  users.reduce((sum, user) => sum + (user.after - mean(after)) * (user.before - mean(before)), 0) /
  Math.sqrt(squares(after) * squares(before));

/** One-way analysis of variance, by its definition. */
const clusters = [...new Set(users.map(({ org }) => org))].map((org) =>
  users.filter((user) => user.org === org).map((user) => user.after),
);
const between =
  clusters.reduce((sum, values) => sum + values.length * (mean(values) - mean(after)) ** 2, 0) /
  (clusters.length - 1);
const within = clusters.reduce((sum, values) => sum + squares(values), 0) / (users.length - clusters.length);
const size =
  (users.length - clusters.reduce((sum, { length }) => sum + length ** 2, 0) / users.length) /
  (clusters.length - 1);
const alike = (between - within) / (between + (size - 1) * within);

test("a metric that CUPED adjusts has its correlation with the same before, over the data's days", async () => {
  const { baselines } = await measure(shop());
  const paid = baselines.find(({ metric, unit }) => metric === "paid" && unit === "user")!;
  expect(paid.cuped).toEqual({
    before: 2 * DAY,
    isCovered: true,
    correlation: expect.closeTo(correlation, 12),
  });
  expect(correlation).toBeGreaterThan(0.2);
  expect(paid.value).toBeCloseTo(mean(after), 12);
});

test("a metric of an org's users has the sizes of the orgs, and how alike their users are", async () => {
  const { baselines } = await measure(shop());
  const paid = baselines.find(({ metric }) => metric === "paid-per-user")!;
  const sizes = clusters.map(({ length }) => length);
  expect(paid.unit).toBe("user");
  expect(paid.clusters).toEqual([
    {
      unit: "org",
      period: { from: "2026-09-01", to: "2026-09-28" },
      units: 60,
      members: users.length,
      meanSize: expect.closeTo(mean(sizes), 12),
      sizeVariation: expect.closeTo(Math.sqrt(squares(sizes) / 59) / mean(sizes), 12),
      intraclassCorrelation: expect.closeTo(alike, 10),
    },
  ]);
  expect(alike).toBeGreaterThan(0.1);
});

test("both are written, and what plan then reckons with", async () => {
  const folder = shop();
  await measure(folder, "--write");
  const read = (key: string) => readFileSync(join(folder, `experiments/metrics/${key}.yaml`), "utf8");
  expect(read("paid")).toContain(`\n  cuped:\n    correlation: ${Number(correlation.toPrecision(4))}\n`);
  expect(read("paid-per-user")).toContain(
    `\n  clusters:\n    org:\n      meanSize: ${Number(mean(clusters.map(({ length }) => length)).toPrecision(4))}\n`,
  );
  expect(read("paid-per-user")).toContain(`intraclassCorrelation: ${Number(alike.toPrecision(4))}\n`);
  const { stdout } = await fairtrial(folder, "plan");
  expect(stdout).toContain("design effect");
  expect(stdout).toContain("with CUPED");
  const again = JSON.parse((await fairtrial(folder, ...BASELINE, "--write", "--format", "json")).stdout) as {
    written: unknown;
  };
  expect(again.written).toEqual([]);
});

test("tables show both, how old a written value is, and how many units a week adds", async () => {
  const { stdout } = await fairtrial(shop(), ...BASELINE);
  expect(stdout).toMatch(/^paid +user +correlation 0\.\d+ with the 2d before: \d+\.\d+% fewer units +—$/m);
  expect(stdout).toMatch(
    /^paid-per-user +user in org +\d\.\d+ user per org \(variation 0\.\d+\), ICC 0\.\d+; 60 met 2026-09-01…2026-09-28 +—$/m,
  );
  expect(stdout).toContain("3 (sd 4) of 2026-06-01…2026-06-28, 95 days before the data end");
  const weekly = [0, 1, 2, 3].map(
    (week) => users.filter(({ at }) => Math.floor((at - FIRST) / (7 * DAY)) === week).length,
  );
  const total = (weeks: number) => weekly.slice(0, weeks).reduce((sum, count) => sum + count, 0);
  expect(stdout).toContain(`${weekly.join(" · ")}  ${[1, 2, 3, 4].map(total).join(" · ")}`);
});

test("a pre-period that begins before the data do is said to be short", async () => {
  const folder = shop();
  writeFiles(folder, {
    "experiments/checkout.yaml": experiment("user", "paid", { analysis: { cuped: "14d" } }),
  });
  const { stdout } = await fairtrial(folder, ...BASELINE, "paid");
  expect(stdout).toContain("the data begin too late for all, so it is too weak");
});
