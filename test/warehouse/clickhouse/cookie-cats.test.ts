import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findDataFiles } from "../../../src/cli/data.ts";
import { compileProject } from "../../../src/cli/load-project.ts";
import type { MetricMoments } from "../../../src/query/observation.ts";
import { caseProject, hasShared, sharedData, writeFiles } from "../../command-line.ts";
import { expectSame, load, seenByClickhouse, seenByDuckdb } from "./observe.ts";
import { CLUSTER, hasClickhouse, startServers } from "./servers.ts";

const COLUMNS =
  "userid UInt32, test_version LowCardinality(String), sum_gamerounds UInt32, retention_1 String, retention_7 Bool";

describe.skipIf(!hasClickhouse() || !hasShared("cookie-cats.csv"))("cookie-cats", () => {
  test("is the same in a file, on one server and on three shards", async () => {
    const root = caseProject("cookie-cats");
    breakDownByDayOne(root);
    const { compilation } = await compileProject(root);
    const project = compilation.project!;
    const layout = project.warehouse!.layout;
    const from = "from" in layout ? layout.from : null;
    const [pattern] = from?.kind === "files" ? from.patterns : [];
    cpSync(join(sharedData, "cookie-cats.csv"), join(root, pattern!));
    const files = await findDataFiles(root, project);
    const world = { project, plan: compilation.plan!, experiments: project.experiments, files };
    const [servers, reference] = await Promise.all([startServers(3), seenByDuckdb(world)]);
    expect(reference.observations[0]!.enrolment.units).toEqual([44_700, 45_489]);
    const [{ breakdowns }, { quantile }] = reference.observations[0]!.metrics as [
      MetricMoments,
      MetricMoments,
    ];
    expect(breakdowns![0]!.values).toMatchObject([
      { value: "False", exposed: [24_666, 25_370] },
      { value: "True", exposed: [20_034, 20_119] },
    ]);
    expect(quantile!.map(({ value }) => value)).toEqual([17, 16]);
    const table = {
      name: "perUnit",
      columns: COLUMNS,
      path: join(sharedData, "cookie-cats.csv"),
      format: "CSVWithNames",
    };
    await load(servers.slice(0, 1), table);
    expectSame(await seenByClickhouse(world, servers[0]!), reference);
    for (const [key, joinedAt] of [
      ["intHash64(userid)", "shards"],
      ["rand()", "initiator"],
    ] as const) {
      await load(servers, table, key);
      const seen = await seenByClickhouse(world, servers[0]!, CLUSTER);
      expect(seen.shards?.joinedAt).toBe(joinedAt);
      expectSame(seen, reference);
    }
  });
});

/** The experiment with a quantile, and a breakdown by who came back on the first day, which no pipeline should read so. */
function breakDownByDayOne(root: string): void {
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const [project, gate] = ["experiments/project.yaml", "experiments/gate-placement.yaml"];
  writeFiles(root, {
    [project]: `${read(project)}    attributes: [retention_1]\nattributes: { retention_1: { type: boolean } }\n`,
    [gate]: `${read(gate).replace("[day-1-retention,", "[median-rounds, day-1-retention,")}analysis: { breakdowns: [retention_1] }\n`,
    "experiments/metrics/median-rounds.yaml":
      "{ name: Median rounds, kind: quantile, quantile: 50%, column: sum_gamerounds, better: higher }\n",
  });
}
