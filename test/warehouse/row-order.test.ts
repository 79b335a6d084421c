import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, expect, test } from "vitest";
import type { Metric } from "../../src/model/metric.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
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
const file = (name: string) => join(workspace.folder, `${name}.parquet`);

/**
 * Forty events for each of a thousand users of forty organisations, of 1 to 10⁶, in two orders; small groups of rows, so
 * that threads race.
 */
beforeAll(async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const minute = (salt: string) => `(hash(i, '${salt}') % 20000)::int`;
  await connection.run(`create table exposures as select 'checkout' as experiment, i::varchar as "user",
    (i % 40)::varchar as org, if(i % 40 % 3 = 0, 'control', 'variant') as variant,
    timestamptz '2026-11-02 00:00:00+00' + to_minutes(${minute("exposed")}) as "time" from range(1000) as t(i)`);
  await connection.run(`create table events as select (hash(i, 'who') % 1000)::varchar as "user", 'purchase' as event,
    exp(14 * (hash(i, 'amount') % 1000003) / 1000003.0) as amount, 'x' as kind,
    timestamptz '2026-11-02 00:00:00+00' + to_minutes(${minute("at")}) as "time" from range(40000) as t(i)`);
  for (const salt of ["a", "b"]) {
    for (const table of ["exposures", "events"]) {
      await connection.run(
        `copy (select * from ${table} order by hash("user", "time", '${salt}')) to '${file(`${table}-${salt}`)}' (format parquet, row_group_size 2048)`,
      );
    }
  }
  instance.closeSync();
});

async function moments(order: string, unit: "user" | "org" = "user") {
  const amount = onEvent("purchase", "amount");
  const metrics: readonly Metric[] = [
    sampleMetric("sum", "sum", amount),
    sampleMetric("mean", "mean", amount),
    sampleMetric("count", "count", onEvent("purchase")),
    ratioMetric(
      "ratio",
      sampleMetric("above", "sum", amount),
      sampleMetric("below", "count", onEvent("purchase")),
    ),
  ].map((metric) => ({ ...metric, window: 7 * DAY, per: unit === "org" ? "user" : null }));
  const asked = unit === "org" ? metrics.slice(0, 2) : metrics;
  const experiment = sampleExperiment(["control", "variant"], asked, {
    unit: { key: unit, id: unit, newPerDay: null },
  });
  const layout = sampleLayout({ units: { user: "user", org: "org" } });
  const project = sampleProject(layout, [experiment], [sampleEvent("purchase")], "UTC");
  const engine = await workspace.open();
  const files = new Map([
    ["exposures", [file(`exposures-${order}`)]],
    ["app", [file(`events-${order}`)]],
  ]);
  const { sources } = await prepareSources(project, files, engine);
  const asOf = sources!.lastInstant;
  const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf });
  const scope = { project, experiment, sources: sources!, enrolled: enrolled!, engine };
  const looks = [4, 6, 8, 10].map((day) => Date.UTC(2026, 10, 2 + day));
  const result = await momentsOfMetrics({ ...scope, cutoff: asOf, looks });
  await engine.close();
  return result.metrics!;
}

test("neither the order of rows nor the threads that add them change a digit", async () => {
  const found = await moments("a");
  expect(found.map(({ arms }) => arms.map(({ units }) => units > 50))).toEqual(found.map(() => [true, true]));
  for (const order of ["b", "a", "b"]) expect(await moments(order)).toEqual(found);
});

test("nor of what the members of a unit add up to", async () => {
  const found = await moments("a", "org");
  expect(found.map(({ clusters }) => clusters!.map((members) => members > 50))).toEqual(
    found.map(() => [true, true]),
  );
  for (const order of ["b", "a", "b"]) expect(await moments(order, "org")).toEqual(found);
});
