import { expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { enrol } from "../../../src/query/enrol.ts";
import { choosePairs, type Measured } from "../../../src/query/health/overlaps.ts";
import { momentsOfExperiments } from "../../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../../src/query/prepare-sources.ts";
import {
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "../sample-project.ts";
import { makeWorkspace } from "../workspace.ts";

const workspace = makeWorkspace();
const VARIANTS = ["control", "variant"];
const NOON = "2026-03-02T12:00:00Z";

const orders = sampleMetric("orders", "count", onEvent("order"));
const named = (key: string, overrides: Partial<Experiment> = {}) =>
  sampleExperiment(VARIANTS, [orders], { key, ...overrides });

test("twelve experiments: each is looked at beside every other", async () => {
  const experiments = Array.from({ length: 12 }, (_, index) => named(`e${index}`));
  const users = Array.from({ length: 400 }, (_, user) => user);
  const variantOf = (experiment: number, user: number) => ((user * 2654435761) >>> (experiment + 3)) % 2;
  const exposures = experiments.flatMap(({ key }, index) =>
    users.map((user) => `${key},u${user},${VARIANTS[variantOf(index, user)]},${NOON}`),
  );
  const events = users.filter((user) => user % 3 === 0).map((user) => `u${user},order,${NOON}`);
  const files = new Map([
    ["exposures", [workspace.write("x.csv", `experiment,user,variant,time\n${exposures.join("\n")}\n`)]],
    ["app", [workspace.write("e.csv", `user,event,time\n${events.join("\n")}\n`)]],
  ]);
  const project = sampleProject(sampleLayout(), experiments, [sampleEvent("order")]);
  const engine = await workspace.open();
  const { sources } = await prepareSources(project, files, engine);
  const followed = [];
  const cutoff = Date.parse(NOON);
  for (const [owner, experiment] of experiments.entries()) {
    const request = { project, experiment, sources: sources!, engine, asOf: cutoff, owner };
    const { enrolled } = await enrol(request);
    followed.push({ experiment, enrolled: enrolled!, cutoff });
  }
  const quantileRanks = () => () => ({ lower: 1, upper: 1, inside: true });
  const moments = await momentsOfExperiments({ project, sources: sources!, engine, quantileRanks }, followed);
  await engine.close();
  for (const [index, { health, diagnostics }] of moments.entries()) {
    expect(diagnostics).toEqual([]);
    expect(health!.unseenOverlaps).toEqual([]);
    const others = experiments.flatMap((_, other) => (other === index ? [] : [other]));
    expect(health!.overlaps!.map(({ experiment }) => experiment)).toEqual(others.map((other) => `e${other}`));
    for (const [at, other] of others.entries()) {
      const count = (own: number, its: number) =>
        users.filter((user) => variantOf(index, user) === own && variantOf(other, user) === its).length;
      expect(health!.overlaps![at]!.units).toEqual([0, 1].map((own) => [count(own, 0), count(own, 1)]));
    }
  }
}, 60_000);

const sized = (key: string, units: number, overrides: Partial<Experiment> = {}): Measured =>
  ({
    followed: { experiment: named(key, overrides), enrolled: { units: [units / 2, units / 2] } },
  }) as never;
const keysOf = (pairs: readonly (readonly Measured[])[]) =>
  pairs.map((pair) => pair.map(({ followed }) => followed.experiment.key).join(" × "));

test("of too many pairs, those that can share most units are looked at, and the others are named", () => {
  const experiments = [
    sized("small", 100),
    sized("large", 1000),
    sized("larger", 2000),
    sized("middle", 600),
  ];
  const { seen, unseen } = choosePairs(experiments, { sure: 1, units: 5000, each: 0 });
  expect(keysOf(seen)).toEqual(["large × larger", "large × middle"]);
  expect(keysOf(unseen)).toEqual(["larger × middle", "small × large", "small × larger", "small × middle"]);
  expect(choosePairs(experiments).unseen).toEqual([]);
  expect(keysOf(choosePairs(experiments, { sure: 1, units: 5000, each: 3000 }).seen)).toHaveLength(1);
  expect(keysOf(choosePairs(experiments, { sure: 3, units: 0, each: 0 }).seen)).toHaveLength(3);
});

test("experiments on other units, and in other parts of a layer, share nobody", () => {
  const layer = (from: number, to: number) => ({ layer: { layer: { key: "top" } as never, from, to } });
  const pairs = choosePairs([
    sized("whole", 100),
    sized("orgs", 100, { unit: { key: "org", id: "orgId", newPerDay: null } }),
    sized("first", 100, layer(0, 400_000)),
    sized("second", 100, layer(400_000, 1_000_000)),
    sized("again", 100, layer(300_000, 500_000)),
  ]);
  expect(keysOf(pairs.seen)).toEqual([
    "whole × first",
    "whole × second",
    "whole × again",
    "first × again",
    "second × again",
  ]);
});
