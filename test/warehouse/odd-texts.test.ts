import { expect, test } from "vitest";
import { analyze } from "../../src/analyze.ts";
import type { Observation } from "../../src/query/observation.ts";
import { ODD_TEXTS, writeOddWorld } from "./odd-world.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();

test("texts that are hard to carry stay whole: no two values are taken for one, none is lost", async () => {
  const { units, ...world } = await writeOddWorld(workspace.folder);
  const observations: Observation[] = [];
  const engine = await workspace.open();
  const { analyses, diagnostics } = await analyze({
    ...world,
    engine,
    asOf: null,
    meta: { commit: null, toolVersion: "test" },
    onObservation: (observation) => observations.push(observation),
  });
  await engine.close();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const [breakdown] = observations[0]!.metrics[0]!.breakdowns!;
  const found = breakdown!.values.map(
    ({ value, exposed, arms }) => [value, { exposed, means: arms.map(({ means }) => means[0]) }] as const,
  );
  const wanted = ODD_TEXTS.map(
    (text, place) => [text, { exposed: units[place], means: [place, place] }] as const,
  );
  expect(found).toHaveLength(wanted.length);
  expect(new Map(found)).toEqual(new Map(wanted));
  const audit = analyses[0]!.health.checks!.find(({ check }) => check === "assignment-audit");
  expect(audit).toMatchObject({ status: "ok" });
});
