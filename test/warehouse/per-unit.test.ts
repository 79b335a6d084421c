import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Metric } from "../../src/model/metric.ts";
import type { PerUnitLayout } from "../../src/model/warehouse.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { randomStream } from "../../src/simulate/random.ts";
import { momentsOf } from "../../src/statistics/moments.ts";
import { quantileRanks } from "../../src/statistics/quantile-interval.ts";
import { quantileOf } from "../../src/statistics/winsorize.ts";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";
import { onColumn, ratioMetric, sampleExperiment, sampleMetric, sampleProject } from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();

async function observe(
  path: string,
  metrics: readonly Metric[],
  {
    variants = ["control", "variant"],
    layout = {},
    breakdowns = [],
  }: {
    variants?: readonly string[];
    layout?: Partial<PerUnitLayout>;
    breakdowns?: readonly string[];
  } = {},
) {
  const perUnit: PerUnitLayout = {
    kind: "per-unit",
    from: { kind: "files", patterns: ["x"] },
    units: { user: "user" },
    columns: { variant: "variant", experiment: null },
    attributes: breakdowns,
    ...layout,
  };
  const plain = sampleExperiment(variants, metrics);
  const experiment = { ...plain, analysis: { ...plain.analysis, breakdowns } };
  const project = sampleProject(perUnit, [experiment]);
  const engine = await openDuckdb({ timezone: "UTC", allowedDirectories: [dirname(path)] });
  const prepared = await prepareSources(project, new Map([["perUnit", [path]]]), engine);
  if (!prepared.sources) return { ...prepared, enrolled: null, metrics: null, health: null };
  const { enrolled, diagnostics } = await enrol({
    project,
    experiment,
    sources: prepared.sources,
    engine,
    asOf: null,
  });
  const moments =
    enrolled &&
    (await momentsOfMetrics({
      project,
      experiment,
      sources: prepared.sources,
      enrolled,
      engine,
      cutoff: null,
      quantileRanks: () => (values, q, inflation) => quantileRanks(values, q, 0.95, inflation),
    }));
  await engine.close();
  return {
    sources: prepared.sources,
    diagnostics: [...prepared.diagnostics, ...diagnostics],
    enrolled,
    metrics: moments?.metrics ?? null,
    health: moments?.health ?? null,
  };
}

const COOKIE_CATS = resolve("../shared/data/cookie-cats.csv");
const hasCookieCats = existsSync(COOKIE_CATS);
if (!hasCookieCats)
  console.warn(`SKIPPED: ${COOKIE_CATS} is not there, the cookie-cats counts are not checked`);

test.skipIf(!hasCookieCats)("cookie-cats: units and retained players are those published", async () => {
  const { diagnostics, enrolled, metrics, sources } = await observe(
    COOKIE_CATS,
    [
      sampleMetric("retention-7", "conversion", onColumn("retention_7")),
      sampleMetric("retention-1", "conversion", onColumn("retention_1")),
      sampleMetric("rounds", "count", onColumn("sum_gamerounds")),
    ],
    {
      variants: ["gate_30", "gate_40"],
      layout: { units: { user: "userid" }, columns: { variant: "test_version", experiment: null } },
    },
  );
  expect(diagnostics).toEqual([]);
  expect(enrolled!.enrolment.units).toEqual([44_700, 45_489]);
  expect(sources!.timed).toBe(false);
  const totals = metrics!.map(({ arms }) => arms.map(({ units, means }) => Math.round(units * means[0]!)));
  expect(totals[0]).toEqual([8502, 8279]);
  expect(totals[1]).toEqual([20_034, 20_119]);
});

test("booleans and numbers, as texts too; nothing counts as zero except in a mean", async () => {
  const path = workspace.write(
    "per-unit.csv",
    `user,variant,ok,score
1,control,True,1.5
2,control,f,
3,control,,-2
4,variant,1,4
5,variant,0,0
`,
  );
  const { metrics, diagnostics } = await observe(path, [
    sampleMetric("conversion", "conversion", onColumn("ok")),
    sampleMetric("sum", "sum", onColumn("score")),
    sampleMetric("mean", "mean", onColumn("score")),
    ratioMetric(
      "ratio",
      sampleMetric("n", "sum", onColumn("score")),
      sampleMetric("d", "count", onColumn("ok")),
    ),
  ]);
  expect(metrics!.map(({ metric, exposed }) => [metric, exposed])).toEqual([
    ["conversion", [3, 2]],
    ["sum", [3, 2]],
    ["mean", [3, 2]],
    ["ratio", [3, 2]],
  ]);
  expect(metrics!.map(({ arms }) => arms.map(({ units }) => units))).toEqual([
    [3, 2],
    [3, 2],
    [2, 2],
    [3, 2],
  ]);
  const means = metrics!.map(({ arms }) => arms.map((arm) => arm.means));
  expect(means[0]![0]![0]).toBeCloseTo(1 / 3, 14);
  expect(means[1]![0]![0]).toBeCloseTo(-0.5 / 3, 14);
  expect(means[2]![0]).toEqual([-0.25]);
  expect(means[3]![1]).toEqual([2, 0.5]);
  expect(diagnostics.map(({ code, args }) => [code, args.column, args.count])).toEqual([
    ["data/missing-unit-value", "ok", 1],
    ["data/missing-unit-value", "score", 1],
  ]);
});

describe("breakdowns are by the columns that the table has for attributes", () => {
  const COUNTRIES = ["US", "CA", "it's", ""];
  const random = randomStream(5, "players");
  const players = Array.from({ length: 900 }, (_, index) => ({
    variant: index % 2,
    country: COUNTRIES[Math.floor(random() ** 2 * COUNTRIES.length)]!,
    level: Math.floor(random() * 70),
    spent: random() < 0.3 ? null : Math.round(random() ** -0.7 * 1000) / 8,
  }));
  type Player = (typeof players)[number];
  const path = workspace.write(
    "players.csv",
    `user,variant,country,level,spent\n${players
      .map(
        ({ variant, country, level, spent }, index) =>
          `${index},${["control", "variant"][variant]},${country},${level},${spent ?? ""}\n`,
      )
      .join("")}`,
  );
  const isOf = (arm: number) => (player: Player) => player.variant === arm;
  const spent = sampleMetric("spent", "sum", onColumn("spent"));
  const median: Metric = { ...spent, key: "p75", kind: "quantile", quantile: 0.75 } as never;
  const capped: Metric = { ...spent, key: "capped", winsorize: { kind: "absolute", cap: 200 } } as Metric;
  const seen = observe(path, [spent, sampleMetric("basket", "mean", onColumn("spent")), capped, median], {
    breakdowns: ["country", "level"],
  });

  test.each([
    ["spent", (each: Player) => each.spent ?? 0],
    ["basket", (each: Player) => each.spent],
    ["capped", (each: Player) => Math.min(200, each.spent ?? 0)],
  ] as const)("%s", async (key, value) => {
    const { metrics, health, diagnostics } = await seen;
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [country] = metrics!.find(({ metric }) => metric === key)!.breakdowns!;
    expect(new Set(country!.values.map((each) => each.value ?? ""))).toEqual(new Set(COUNTRIES));
    for (const group of country!.values) {
      const mine = players.filter((player) => player.country === (group.value ?? ""));
      expect(group.exposed).toEqual([0, 1].map((arm) => mine.filter(isOf(arm)).length));
      for (const arm of [0, 1]) {
        const values = mine.filter(isOf(arm)).flatMap((player) => value(player) ?? []);
        const { units, means, second } = group.arms[arm]!;
        const expected = momentsOf(
          values.map((each) => [each]),
          1,
        );
        expect(units).toBe(values.length);
        expect(means[0]! / expected.means[0]! - 1).toBeCloseTo(0, 12);
        expect(second[0]! / expected.second[0]! - 1).toBeCloseTo(0, 10);
      }
      expect(health!.byBreakdown![0]!.values.find((each) => each.value === group.value)!.units).toEqual(
        group.exposed,
      );
    }
  });

  test("a quantile, of each value's units", async () => {
    const { metrics } = await seen;
    for (const group of metrics!.at(-1)!.breakdowns![0]!.values) {
      for (const arm of [0, 1]) {
        const values = players
          .filter((player) => player.country === (group.value ?? "") && player.variant === arm)
          .flatMap((player) => player.spent ?? [])
          .sort((a, b) => a - b);
        expect(group.quantile![arm]).toMatchObject({ events: values.length, units: values.length });
        expect(group.quantile![arm]!.value).toBeCloseTo(quantileOf(values, 0.75)!, 12);
      }
    }
  });

  test("of many values, the most frequent have a group of their own", async () => {
    const { metrics } = await seen;
    const { values } = metrics![0]!.breakdowns![1]!;
    expect(values).toHaveLength(51);
    expect(values.filter(({ other }) => other)).toMatchObject([{ value: null }]);
    const units = values.flatMap(({ exposed }) => exposed);
    expect(units.reduce((sum, count) => sum + count, 0)).toBe(900);
  });
});

test("a unit in two rows is refused, the worst one named", async () => {
  const path = workspace.write(
    "duplicates.csv",
    "user,variant,x\nb,control,1\na,control,1\na,variant,1\nc,control,1\nc,control,1\nc,control,2\n",
  );
  const { enrolled, diagnostics } = await observe(path, [sampleMetric("x", "sum", onColumn("x"))]);
  expect(enrolled).toBeNull();
  expect(diagnostics).toMatchObject([
    { code: "data/duplicate-unit", severity: "error", args: { unit: "c", rows: 3, count: 2 } },
  ]);
});

test("rows without an id, of unknown variants, and of other experiments are not analysed", async () => {
  const path = workspace.write(
    "others.csv",
    "e,user,variant,x\ncheckout,1,control,1\ncheckout,,control,9\ncheckout,2,mystery,9\nother,3,control,9\ncheckout,4,variant,2\n",
  );
  const { enrolled, diagnostics, metrics } = await observe(path, [sampleMetric("x", "sum", onColumn("x"))], {
    layout: { columns: { variant: "variant", experiment: "e" } },
  });
  expect(enrolled!.enrolment).toEqual({
    units: [1, 1],
    crossovers: 0,
    excluded: { "no-unit": [1, 0] },
    unknownVariants: ["mystery"],
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(["data/unknown-variant"]);
  expect(metrics![0]!.arms.map(({ means }) => means[0])).toEqual([1, 2]);
});

test.each(["nan", "inf", "-inf", "2e60", "abc"])("%s is no value of a unit", async (value) => {
  const path = workspace.write("value.csv", `user,variant,x\n1,control,1\n2,variant,${value}\n`);
  const { sources, diagnostics } = await observe(path, [sampleMetric("x", "sum", onColumn("x"))]);
  expect(sources).toBeNull();
  expect(diagnostics).toMatchObject([
    {
      code: "data/bad-value",
      place: { file: "experiments/metrics/x.yaml", path: ["column"] },
      args: { row: 2, value },
    },
  ]);
});

test("moments hold their digits: values of 1e9 and more beside a spread of 1", async () => {
  const offsets = [-1, 0, 0.5, 2, -1.25, 0.125, 3, -2.5];
  for (const level of [1e9, -1e9, 1e12]) {
    const rows = offsets.flatMap((offset, index) => [
      `a${index},control,${level + offset}`,
      `b${index},variant,${offset}`,
    ]);
    const path = workspace.write("level.csv", `user,variant,x\n${rows.join("\n")}\n`);
    const { metrics } = await observe(path, [sampleMetric("x", "sum", onColumn("x"))]);
    const [high, low] = metrics![0]!.arms;
    expect(high!.means[0]! - level).toBeCloseTo(low!.means[0]!, level === 1e12 ? 3 : 6);
    const relative = (a: number, b: number) => Math.abs(a / b - 1);
    expect(relative(high!.second[0]!, low!.second[0]!)).toBeLessThan(1e-12);
    expect(relative(high!.third[0]!, low!.third[0]!)).toBeLessThan(1e-12);
  }
});

test("a file in a folder with an odd name is read", async () => {
  const path = workspace.write("it's [odd] *?$1.csv", "user,variant,x\n1,control,1\n2,variant,2\n");
  expect(path.startsWith(join(workspace.folder, "it's"))).toBe(true);
  const { metrics } = await observe(path, [sampleMetric("x", "sum", onColumn("x"))]);
  expect(metrics![0]!.arms.map(({ means }) => means[0])).toEqual([1, 2]);
});
