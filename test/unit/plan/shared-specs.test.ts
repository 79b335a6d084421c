import { expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { plan } from "../../../src/plan/make-plan.ts";
import { specHash } from "../../../src/plan/spec-hash.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { experimentOf, ORG, projectOf, USER } from "./sample-project.ts";

const US: Condition = { kind: "one-of", attribute: "country", values: ["US", "CA"] };
const BASE = experimentOf({ audience: US });
const LAYER = { layer: { key: "checkout", unit: USER }, from: 0, to: 400_000 };

const changes: readonly Partial<Experiment>[] = [
  {},
  { iteration: 2 },
  { unit: ORG },
  { audience: null },
  { audience: { kind: "not", condition: US } },
  { layer: LAYER },
  { layer: { ...LAYER, to: 500_000 } },
  { rollout: 500_000 },
  { exposure: { kind: "explicit" } },
  { exposure: { kind: "event", event: "purchase" } },
  { control: "treatment" },
  { draw: { kind: "variants", operator: "uniformChoice", planout: null } },
  { variants: BASE.variants.map((variant) => ({ ...variant, params: { steps: 1 } })) },
  { variants: BASE.variants.map((variant, index) => ({ ...variant, share: 400_000 + index * 200_000 })) },
  { variants: BASE.variants.map((variant) => ({ ...variant, key: `${variant.key}-2` })) },
  { primary: { ...BASE.primary, goal: "not-worse", margin: { kind: "relative", value: 0.1 } } },
  { guardrails: [{ metric: BASE.primary.metric, margin: { kind: "absolute", value: 0.05 } }] },
  { mde: { kind: "relative", value: 0.19 } },
  { analysis: { ...BASE.analysis, alpha: 0.01 } },
  { name: "Other", owner: "others", start: "2026-01-01", end: "2026-02-01" },
];

test("experiments that are planned together have the hashes that they have alone", () => {
  const experiments = [...changes, ...changes].map((change, index) => ({
    ...BASE,
    ...change,
    key: `experiment-${index}`,
  }));
  const planned = plan(projectOf(experiments));
  expect(planned.experiments.map((each) => each.specHash)).toEqual(experiments.map((each) => specHash(each)));
  const unlike = experiments.filter(({ name, rollout }) => name === BASE.name && rollout === BASE.rollout);
  expect(new Set(unlike.map((each) => specHash({ ...each, key: "same" }))).size).toBe(unlike.length / 2);
});
