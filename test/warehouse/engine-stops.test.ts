import { join } from "node:path";
import { expect, test } from "vitest";
import { analyze } from "../../src/analyze.ts";
import { plan } from "../../src/plan/make-plan.ts";
import type { Engine } from "../../src/query/engine.ts";
import { EngineFailure } from "../../src/sql/failure.ts";
import { writeTable } from "../../src/warehouse/write-table.ts";
import { hostileWorld } from "./hostile-world.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();

test("wherever the engine stops, there is an error and no partial verdict", async () => {
  const world = hostileWorld("plain");
  const [exposures, events] = ["exposures.parquet", "events.parquet"].map((name) =>
    join(workspace.folder, name),
  );
  for (const [path, { columns, rows }] of [
    [exposures!, world.exposures],
    [events!, world.events],
  ] as const)
    await writeTable({ path, columns, batches: [rows] }, { allowedDirectories: [workspace.folder] });
  const origin = { kind: "files", patterns: [] } as const;
  const project = world.project(origin, origin);
  const connection = await workspace.open();
  /** Analyses with an engine that stops at a statement; how many there were. */
  const stopAt = async (last: number) => {
    let count = 0;
    const engine: Engine = {
      run(statement) {
        if (count++ === last) return Promise.reject(new EngineFailure("the shard is gone"));
        return connection.run(statement);
      },
    };
    const result = await analyze({
      project,
      plan: plan(project),
      experiments: project.experiments,
      files: new Map([
        ["exposures", [exposures!]],
        ["plain app", [events!]],
      ]),
      engine,
      asOf: null,
      meta: { commit: null, toolVersion: "test" },
    });
    return { ...result, count };
  };
  const whole = await stopAt(Number.POSITIVE_INFINITY);
  expect(whole.analyses).toHaveLength(1);
  expect(whole.count).toBeGreaterThan(10);
  for (let last = 0; last < whole.count; last++) {
    const { analyses, diagnostics } = await stopAt(last);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect({ last, analyses, told: errors.length }).toEqual({ last, analyses: [], told: 1 });
    expect(JSON.stringify(errors)).toContain("the shard is gone");
    expect(errors[0]!.place.file).toBe("experiments/project.yaml");
  }
  await connection.close();
});
