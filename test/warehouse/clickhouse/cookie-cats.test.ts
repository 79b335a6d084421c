import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findDataFiles } from "../../../src/cli/data.ts";
import { compileProject } from "../../../src/cli/load-project.ts";
import { caseProject, hasShared, sharedData } from "../../command-line.ts";
import { expectSame, load, seenByClickhouse, seenByDuckdb } from "./observe.ts";
import { CLUSTER, hasClickhouse, startServers } from "./servers.ts";

const COLUMNS =
  "userid UInt32, test_version LowCardinality(String), sum_gamerounds UInt32, retention_1 Bool, retention_7 Bool";

describe.skipIf(!hasClickhouse() || !hasShared("cookie-cats.csv"))("cookie-cats", () => {
  test("is the same in a file, on one server and on three shards", async () => {
    const root = caseProject("cookie-cats");
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
