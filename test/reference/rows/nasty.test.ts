import { expect, test } from "vitest";
import { makeWorkspace } from "../../warehouse/workspace.ts";
import { expectAgreement } from "./agree.ts";
import { duckdbHost } from "./duckdb-host.ts";
import { nastyMetrics, nastyWorlds } from "./nasty-worlds.ts";
import { observe } from "./observe.ts";
import { reference } from "./reference.ts";

const workspace = makeWorkspace();

test.each(nastyWorlds(7, nastyMetrics))(
  "the moments around $name are those of its rows",
  async ({ world }) => {
    const expected = reference(world);
    expect(expected.units[2]).toBe(0);
    expect(expected.crossovers).toBeGreaterThan(10);
    for (const format of ["ndjson", "parquet"] as const) {
      const { observation, diagnostics } = await observe(duckdbHost(workspace, format), world);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expectAgreement(observation!, expected);
    }
  },
);
