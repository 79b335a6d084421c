import { createHash } from "node:crypto";
import { canonicalJson } from "../../../src/runtime/canonical-json.ts";
import type { Json, Manifest, ManifestExperiment } from "../../../src/runtime/manifest.ts";

/** A manifest of these experiments, its hash as `build` makes it. */
export function manifestOf(...experiments: readonly ManifestExperiment[]): Manifest {
  const canonical = canonicalJson(experiments as unknown as Json);
  const contentHash = createHash("sha256").update(canonical).digest("hex");
  return { formatVersion: 1, name: "shop", contentHash, experiments };
}
