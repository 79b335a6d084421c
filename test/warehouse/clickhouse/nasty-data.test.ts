import { beforeAll, describe, expect, test } from "vitest";
import { findDataFiles } from "../../../src/cli/data.ts";
import { compileProject } from "../../../src/cli/load-project.ts";
import { temporaryFolder, writeFiles } from "../../command-line.ts";
import { HOSTILE_COLUMN, NASTY_PROJECT, nastyRows } from "./nasty-world.ts";
import { expectSame, load, type Seen, seenByClickhouse, seenByDuckdb, type World } from "./observe.ts";
import { CLUSTER, hasClickhouse, type Server, startServers } from "./servers.ts";

const EXPOSURES = ["experiment", "user", "variant", "time", "iteration", "forced", "country", "agent"];
const EVENTS = ["user", "event", "time", HOSTILE_COLUMN, "kind", "paid"];

type Cells = readonly (string | null)[];

const ndjson = (header: readonly string[], rows: readonly Cells[]) =>
  rows
    .map(
      (cells) => `${JSON.stringify(Object.fromEntries(header.map((name, index) => [name, cells[index]])))}\n`,
    )
    .join("");
const columns = (names: readonly string[], type: string) =>
  names.map((name) => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\` ${type}`).join(", ");

describe.skipIf(!hasClickhouse())("nasty data", () => {
  let servers: readonly Server[] = [];
  let world!: World;
  let reference!: Seen;
  let path = "";

  beforeAll(async () => {
    const root = temporaryFolder();
    path = root;
    const { exposures, events } = nastyRows();
    writeFiles(root, {
      ...NASTY_PROJECT,
      "exposures.ndjson": ndjson(EXPOSURES, exposures),
      "events.ndjson": ndjson(EVENTS, events),
    });
    const { compilation } = await compileProject(root);
    expect(compilation.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const project = compilation.project!;
    const files = await findDataFiles(root, project);
    world = { project, plan: compilation.plan!, experiments: project.experiments, files };
    [servers, reference] = await Promise.all([startServers(3), seenByDuckdb(world)]);
  }, 120_000);

  async function loadTexts(on: readonly Server[], type: string, key: string | null = null) {
    for (const [name, file, names] of [
      ["exposures", "exposures", EXPOSURES],
      ["app", "events", EVENTS],
    ] as const) {
      await load(
        on,
        { name, columns: columns(names, type), path: `${path}/${file}.ndjson`, format: "JSONEachRow" },
        key,
      );
    }
  }

  test("is nasty, and DuckDB sees all of it", () => {
    const [observation] = reference.observations;
    expect(observation!.metrics.map(({ metric }) => metric)).toHaveLength(13);
    expect(Math.min(...observation!.enrolment.units)).toBe(0);
    expect(observation!.enrolment.crossovers).toBeGreaterThan(5);
    expect(
      observation!.metrics.find(({ metric }) => metric === "median")!.quantile![0]!.events,
    ).toBeGreaterThan(50);
    for (const { metric, arms } of observation!.metrics)
      expect([metric, arms[0]!.means[0]]).not.toEqual([metric, 0]);
    expect(reference.told.map(([code]) => code)).toContain("data/unknown-variant");
  });

  test("is the same on one server", async () => {
    await loadTexts(servers.slice(0, 1), "Nullable(String)");
    expectSame(await seenByClickhouse(world, servers[0]!), reference);
  });

  test("is the same on three shards that hold whole users", async () => {
    await loadTexts(servers, "Nullable(String)", "cityHash64(ifNull(user, ''))");
    const seen = await seenByClickhouse(world, servers[0]!, CLUSTER);
    expect(seen.shards).toEqual({ count: 3, joinedAt: "shards", reason: null });
    expectSame(seen, reference);
  });

  test.each([
    ["cityHash64(ifNull(user, ''))", "shards"],
    ["rand()", "initiator"],
  ])(
    "by %s: a shard that goes down in the middle is an error in its place, and no verdict",
    async (key, at) => {
      const mortal = await startServers(3);
      await loadTexts(mortal, "Nullable(String)", key);
      const seen = await seenByClickhouse(world, mortal[0]!, CLUSTER, async (stage) => {
        if (stage.startsWith("reading the events")) await mortal[1]!.kill();
      });
      expect(seen.shards?.joinedAt).toBe(at);
      expect(seen.observations).toEqual([]);
      expect(seen.told.at(-1)).toEqual(["data/engine-failure", { problem: expect.stringMatching(/shard/) }]);
      const left =
        "select count() from system.parts where active and database = '_temporary_and_external_tables'";
      for (const alive of [mortal[0]!, mortal[2]!]) expect((await alive.ask(left)).trim()).toBe("0");
    },
  );

  test("is the same on three shards that hold rows by chance", async () => {
    await loadTexts(servers, "Nullable(String)", "rand()");
    const seen = await seenByClickhouse(world, servers[2]!, CLUSTER);
    expect(seen.shards?.joinedAt).toBe("initiator");
    expectSame(seen, reference);
  });
});
