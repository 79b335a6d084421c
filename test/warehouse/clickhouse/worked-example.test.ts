import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../../../src/analyze.ts";
import { findDataFiles } from "../../../src/cli/data.ts";
import { compileProject } from "../../../src/cli/load-project.ts";
import { fairtrial, workedExample } from "../../command-line.ts";
import {
  differencesOf,
  expectSame,
  type LoadedTable,
  load,
  type Seen,
  seenByClickhouse,
  seenByDuckdb,
  type World,
} from "./observe.ts";
import { CLUSTER, hasClickhouse, type Server, startServers } from "./servers.ts";

const EXPOSURES =
  "ts DateTime64(6, 'UTC'), experiment LowCardinality(String), iteration Int64, variant LowCardinality(String), is_forced Bool, user_id Nullable(String), org_id Nullable(String), country LowCardinality(Nullable(String)), plan Nullable(Enum8('free' = 1, 'pro' = 2))";
const EVENTS =
  "event LowCardinality(String), ts DateTime64(3), user_id String, org_id Nullable(String), amount Nullable(Float64), currency Nullable(String), refunded Nullable(Bool), loadMs Nullable(Float64)";

function analysesIn(text: string): readonly Analysis[] {
  const found = JSON.parse(text);
  return Array.isArray(found) ? found : (found.analyses ?? [found]);
}

describe.skipIf(!hasClickhouse())("the worked example", () => {
  let servers: readonly Server[] = [];
  let tables: readonly LoadedTable[] = [];
  let world!: World;
  let root = "";
  let projectFile = "";
  let reference!: Seen;

  beforeAll(async () => {
    root = workedExample();
    projectFile = join(root, "experiments/project.yaml");
    await fairtrial(root, "simulate", "--seed", "7", "--units", "2000");
    const { compilation } = await compileProject(root);
    const files = await findDataFiles(root, compilation.project!);
    const experiments = compilation.project!.experiments.filter(({ status }) => status !== "draft");
    world = { project: compilation.project!, plan: compilation.plan!, experiments, files };
    tables = [
      { name: "exposures", columns: EXPOSURES, path: files.get("exposures")![0]!, format: "Parquet" },
      { name: "app", columns: EVENTS, path: files.get("app")![0]!, format: "JSONEachRow" },
    ];
    [servers, reference] = await Promise.all([startServers(3), seenByDuckdb(world)]);
  }, 120_000);

  const ofUsers = ({ experiments, ...rest }: World): World => ({
    ...rest,
    experiments: experiments.filter(({ unit }) => unit.key === "user"),
  });

  test("is seen by DuckDB at all", () => {
    expect(reference.observations.length).toBeGreaterThan(3);
    expect(reference.observations.flatMap(({ metrics }) => metrics).length).toBeGreaterThan(8);
    const units = reference.observations.map(({ enrolment }) => enrolment.units);
    expect(Math.min(...units.flat())).toBeGreaterThan(50);
  });

  test("is analysed, reported and measured from the command line", async () => {
    for (const each of tables) await load(servers, each, "cityHash64(ifNull(user_id, ''))");
    const inFiles = await fairtrial(root, "analyze", "one-page-checkout", "--format", "json");
    expect(inFiles.stderr).toBe("");
    const text = readFileSync(projectFile, "utf8");
    const inTables = text
      .replace(
        "engine: duckdb",
        `engine: clickhouse\n  clickhouse: { url: "${servers[0]!.url}", cluster: ${CLUSTER} }`,
      )
      .replace("from: data/exposures/*.parquet", "from: { table: default.exposures }")
      .replace("from: data/events/*.ndjson", "from: { table: default.app }");
    writeFileSync(projectFile, inTables);
    const found = await fairtrial(root, "analyze", "one-page-checkout", "--format", "json");
    expect(found.stderr).toBe("");
    const [mine] = analysesIn(found.stdout);
    const [theirs] = analysesIn(inFiles.stdout);
    expect(mine!.sources[0]).toMatchObject({
      table: "default.exposures",
      shards: { count: 3, joinedAt: "shards", reason: null },
    });
    expect(mine!.verdict).toEqual(theirs!.verdict);
    expect(differencesOf({ ...mine, sources: null }, { ...theirs, sources: null })).toEqual([]);
    const report = await fairtrial(root, "report");
    expect([report.code, report.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    const measured = await fairtrial(root, "plan", "--baseline");
    expect([measured.code, measured.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    process.env.FAIRTRIAL_CLICKHOUSE_USER = "reader";
    const refused = await fairtrial(root, "analyze", "one-page-checkout");
    delete process.env.FAIRTRIAL_CLICKHOUSE_USER;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/refuses the user "reader" or the password/);
    expect(refused.stderr).toMatch(/project\.yaml:\d+/);
    writeFileSync(projectFile, inTables.replace("default.app", "default.nothing"));
    const absent = await fairtrial(root, "analyze", "one-page-checkout");
    expect([absent.code, absent.stdout]).toEqual([1, ""]);
    expect(absent.stderr).toMatch(/default\.nothing/);
    writeFileSync(projectFile, text);
  });

  test("is the same on one server", async () => {
    for (const each of tables) await load(servers.slice(0, 1), each);
    expectSame(await seenByClickhouse(world, servers[0]!), reference);
  });

  test("is the same on three shards that hold whole users", async () => {
    for (const each of tables) await load(servers, each, "cityHash64(ifNull(user_id, ''))");
    const users = ofUsers(world);
    const seen = await seenByClickhouse(users, servers[1]!, CLUSTER);
    expect(seen.shards).toEqual({ count: 3, joinedAt: "shards", reason: null });
    expectSame(seen, await seenByDuckdb(users));
  });

  test("is the same on three shards that hold rows by chance", async () => {
    for (const each of tables) await load(servers, each, "rand()");
    const seen = await seenByClickhouse(world, servers[2]!, CLUSTER);
    expect(seen.shards?.joinedAt).toBe("initiator");
    expectSame(seen, reference);
  });
});
