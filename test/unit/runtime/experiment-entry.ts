import type { ManifestExperiment } from "../../../src/runtime/manifest.ts";

const VARIANTS: ManifestExperiment["variants"] = [
  { key: "control", share: 500_000, params: { colour: "red" } },
  { key: "green", share: 500_000, params: { colour: "green", sizes: [1, { wide: true }] } },
];

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
      order: (changes.variants ?? VARIANTS).map(({ key }) => key),
    },
    variants: VARIANTS,
    control: "control",
    default: "control",
    shipped: null,
    exposure: "assignment",
    ...changes,
  };
}
