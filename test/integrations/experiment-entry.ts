import type { ManifestExperiment } from "../../src/runtime/manifest.ts";

/** A running experiment of a manifest, 50/50 over everybody, changed where a test says so. */
export function experimentEntry(changes: Partial<ManifestExperiment> = {}): ManifestExperiment {
  return {
    key: "buy-button",
    iteration: 1,
    status: "running",
    unit: { key: "user", id: "userId" },
    holdout: null,
    layer: { salt: "experiment/buy-button/layer", from: 0, to: 1_000_000, enrolledTo: 1_000_000 },
    audience: null,
    attributes: [],
    overrides: [],
    draw: {
      kind: "variants",
      operator: "weightedChoice",
      hash: "experiment/buy-button/1/variant",
      order: ["control", "green"],
    },
    variants: [
      { key: "control", share: 500_000, params: { colour: "red" } },
      { key: "green", share: 500_000, params: { colour: "green", sizes: [1, { wide: true }] } },
    ],
    control: "control",
    default: "control",
    shipped: null,
    exposure: "assignment",
    ...changes,
  };
}

/** Two parameters, one of them by PlanOut's hash over two units. */
export const FACTORIAL: ManifestExperiment = experimentEntry({
  key: "factorial",
  draw: {
    kind: "parameters",
    parameters: [
      { name: "headline", operator: { kind: "uniformChoice", choices: ["plain", "bold"] }, hash: "h" },
      {
        name: "price",
        operator: { kind: "weightedChoice", choices: [9, 10], weights: [400_000, 600_000] },
        hash: { planout: { base: "x.price.", units: ["userId", "orgId"] } },
      },
    ],
  },
  variants: [
    { key: "headline=plain,price=9", share: 200_000, params: { headline: "plain", price: 9 } },
    { key: "headline=plain,price=10", share: 300_000, params: { headline: "plain", price: 10 } },
    { key: "headline=bold,price=9", share: 200_000, params: { headline: "bold", price: 9 } },
    { key: "headline=bold,price=10", share: 300_000, params: { headline: "bold", price: 10 } },
  ],
  control: "headline=plain,price=9",
  default: "headline=plain,price=9",
});
/** A parameter with no end of values: no arms are listed. */
export const DOSE: ManifestExperiment = experimentEntry({
  key: "dose",
  draw: {
    kind: "parameters",
    parameters: [{ name: "price", operator: { kind: "randomFloat", min: 1, max: 2 }, hash: "d" }],
  },
  variants: [],
  control: "price=1",
  default: "price=1",
});
/** A PlanOut trial behind a holdout, an audience and an override. */
export const TRIAL: ManifestExperiment = experimentEntry({
  key: "trial",
  draw: {
    kind: "variants",
    operator: "bernoulliTrial",
    hash: { planout: { base: "t.v.", units: ["userId"] } },
    order: ["green", "control"],
  },
  audience: { kind: "not", condition: { kind: "semver", attribute: "appVersion", range: ">=1.2.3" } },
  overrides: [
    { variant: "green", when: { kind: "matches", attribute: "email", pattern: "@example\\.com$" } },
  ],
  holdout: { salt: "holdout/x", share: 20_000 },
});
