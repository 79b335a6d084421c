import {
  type Arm,
  BY_CHANCE,
  defineExperiment,
  type Experiment,
  HOLDOUT,
  NOT_IN_AUDIENCE,
  NOT_IN_TRAFFIC,
  NOT_RUNNING,
  OVERRIDE,
  shipExperiment,
} from "./experiment.ts";
import { hash, place } from "./hash.ts";
import type { ManifestExperiment } from "./manifest.ts";
import { type Attributes, evaluate } from "./targeting.ts";

/** Makes an experiment of a manifest ready for assignment: it assigns as its emitted constant does. */
export function load(entry: ManifestExperiment): Experiment<Arm, Attributes> {
  const shipped = entry.variants.find(({ key }) => key === entry.shipped);
  if (shipped) return shipExperiment({ ...entry, variant: shipped });
  return defineExperiment({
    key: entry.key,
    iteration: entry.iteration,
    unit: entry.unit,
    exposure: entry.exposure,
    attributes: entry.attributes,
    settle: settleBy(entry),
    salt: hash(entry.salt),
    variants: entry.variants,
    default: entry.variants.findIndex(({ key }) => key === entry.default),
  });
}

function settleBy(entry: ManifestExperiment): (context: Attributes, unit: number) => number {
  const { audience, holdout, layer, variants } = entry;
  const overrides = entry.overrides
    .map(({ variant, when }) => ({ index: variants.findIndex(({ key }) => key === variant), when }))
    .filter(({ index }) => index >= 0);
  const holdoutSalt = holdout ? hash(holdout.salt) : 0;
  const layerSalt = hash(layer.salt);
  return (context, unit) => {
    for (const { index, when } of overrides) if (evaluate(when, context)) return OVERRIDE + index;
    if (entry.status !== "running") return NOT_RUNNING;
    if (holdout && place(unit, holdoutSalt) < holdout.share) return HOLDOUT;
    if (audience && !evaluate(audience, context)) return NOT_IN_AUDIENCE;
    const enrolment = place(unit, layerSalt);
    if (enrolment < layer.from || enrolment >= layer.enrolledTo) return NOT_IN_TRAFFIC;
    return BY_CHANCE;
  };
}
