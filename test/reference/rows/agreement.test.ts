import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeWorkspace } from "../../warehouse/workspace.ts";
import { expectAgreement } from "./agree.ts";
import { duckdbHost } from "./duckdb-host.ts";
import { observe } from "./observe.ts";
import { reference } from "./reference.ts";
import { runSettings } from "./run-settings.ts";
import type { World } from "./world.ts";
import { BODIES, worlds, worldsWithDevices } from "./world-arbitrary.ts";

const workspace = makeWorkspace();
const TIMEOUT_MS = 300_000;
const everything = fc.oneof(...Object.values(BODIES));

describe("in random worlds, DuckDB sees what a loop over the rows sees", () => {
  test.each(Object.entries(BODIES))(
    "of %s",
    (_, bodies) => fc.assert(agreement("ndjson", bodies), runSettings(20_261_102)),
    TIMEOUT_MS,
  );

  test(
    "of all kinds at once",
    () => fc.assert(agreement("ndjson", everything), runSettings(20_261_103)),
    TIMEOUT_MS,
  );

  test(
    "in Parquet too",
    () => fc.assert(agreement("parquet", everything), runSettings(20_261_103)),
    TIMEOUT_MS,
  );

  test(
    "of metrics per another unit",
    () =>
      fc.assert(
        agreeing("ndjson", worldsWithDevices({ exposures: 40, events: 60 })),
        runSettings(20_261_124),
      ),
    TIMEOUT_MS,
  );
});

function agreement(format: "ndjson" | "parquet", bodies: typeof everything) {
  return agreeing(format, worlds({ bodies, exposures: 40, events: 60 }));
}

function agreeing(format: "ndjson" | "parquet", worlds: fc.Arbitrary<World>) {
  const host = duckdbHost(workspace, format);
  return fc.asyncProperty(worlds, async (world) => {
    const { observation, diagnostics } = await observe(host, world);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expectAgreement(observation!, reference(world));
  });
}
