import { expect, test } from "vitest";
import { manifestEntry } from "../../../src/model/manifest.ts";
import { experimentOf, ORG, projectOf, USER } from "../plan/sample-project.ts";

const HOLDOUT = { key: "h", unit: USER, share: 20_000 };

test("an experiment without a layer owns all of its own", () => {
  const entry = manifestEntry(experimentOf(), projectOf([]));
  expect(entry).toMatchObject({
    key: "checkout-v2",
    unit: { key: "user", id: "userId" },
    holdout: null,
    layer: { salt: "experiment/checkout-v2/layer", from: 0, to: 1_000_000, enrolledTo: 1_000_000 },
    draw: { kind: "variants", hash: "experiment/checkout-v2/1/variant", order: ["control", "treatment"] },
    exposure: "assignment",
    shipped: null,
  });
});

test("rollout enrols the lower part of the range, in whole parts per million", () => {
  const layer = { layer: { key: "checkout", unit: USER }, from: 100_000, to: 400_001 };
  const entry = manifestEntry(experimentOf({ layer, rollout: 333_333 }), projectOf([]));
  expect(entry.layer).toEqual({ salt: "layer/checkout", from: 100_000, to: 400_001, enrolledTo: 200_000 });
});

test("the holdout is of its own unit's experiments only", () => {
  const project = projectOf([], { holdout: HOLDOUT });
  expect(manifestEntry(experimentOf(), project).holdout).toEqual({ salt: "holdout/h", share: 20_000 });
  expect(manifestEntry(experimentOf({ unit: ORG }), project).holdout).toBeNull();
});

test("a new iteration has a new salt for variants, and the same layer", () => {
  const [first, second] = [1, 2].map((iteration) =>
    manifestEntry(experimentOf({ iteration }), projectOf([])),
  );
  expect(second!.draw).not.toEqual(first!.draw);
  expect(second!.layer).toEqual(first!.layer);
});

test("only a concluded experiment ships", () => {
  const decision = {
    ship: "treatment",
    date: "2026-12-08",
    by: "team",
    verdict: "ship",
    why: null,
    evidence: { iteration: 1, spec: "8f3c2e1", asOf: "2026-12-08T00:00:00Z" },
  } as const;
  const shipped = (status: "concluded" | "stopped") =>
    manifestEntry(experimentOf({ status, decision }), projectOf([])).shipped;
  expect(shipped("concluded")).toBe("treatment");
  expect(shipped("stopped")).toBeNull();
});
