import fc from "fast-check";
import { expect, test } from "vitest";
import { makeWorkspace } from "../../../warehouse/workspace.ts";
import { duckdbHost } from "../duckdb-host.ts";
import { nastyMetrics, nastyWorlds } from "../nasty-worlds.ts";
import { observe } from "../observe.ts";
import { reference } from "../reference.ts";
import { runSettings } from "../run-settings.ts";
import { BODIES, worlds } from "../world-arbitrary.ts";
import { expectHealth } from "./agree-on-health.ts";
import { expectedHealth } from "./expected-health.ts";

const workspace = makeWorkspace();
const TIMEOUT_MS = 300_000;

test.each(["ndjson", "parquet"] as const)(
  "in random worlds of %s, DuckDB counts what a loop over the rows counts",
  (format) => {
    const host = duckdbHost(workspace, format);
    const bodies = fc.oneof(...Object.values(BODIES));
    return fc.assert(
      fc.asyncProperty(worlds({ bodies, exposures: 60, events: 60 }), async (world) => {
        const { observation, assignment } = await observe(host, world);
        expectHealth(observation!, expectedHealth(world, reference(world).asOf, assignment));
      }),
      runSettings(20_261_122),
    );
  },
  TIMEOUT_MS,
);

test.each(nastyWorlds(7, nastyMetrics))("and around $name", async ({ world }) => {
  const { observation, assignment } = await observe(duckdbHost(workspace, "parquet"), world);
  const expected = expectedHealth(world, reference(world).asOf, assignment);
  expectHealth(observation!, expected);
  expect(expected.excluded["test-units"]!.some((rows) => rows > 0)).toBe(true);
});
