import { armsOf } from "./cell.ts";
import {
  type Arm,
  BY_CHANCE,
  defineExperiment,
  dropVariants,
  type Experiment,
  HOLDOUT,
  NO_UNIT,
  NOT_IN_AUDIENCE,
  NOT_IN_TRAFFIC,
  NOT_RUNNING,
  OVERRIDE,
  shipExperiment,
} from "./experiment.ts";
import { hash, place } from "./hash.ts";
import { loadDraw } from "./load-draw.ts";
import type { Draw, ManifestExperiment, ManifestVariant } from "./manifest.ts";
import { isUnit } from "./planout-draw.ts";
import { type Attributes, conditionTest } from "./targeting.ts";

/** Makes an experiment of a manifest ready for assignment: it assigns as its emitted constant does. */
export function load(entry: ManifestExperiment): Experiment<Arm, Attributes> {
  const shipped = entry.variants.find(({ key }) => key === entry.shipped);
  if (shipped) return shipExperiment({ ...entry, variant: shipped });
  const arms = armsOf(entry);
  const draw = loadDraw(entry, arms);
  const experiment = defineExperiment<Arm, Attributes>({
    key: entry.key,
    iteration: entry.iteration,
    unit: entry.unit,
    exposure: entry.exposure,
    attributes: entry.attributes,
    settle: settleBy(entry, arms),
    salt: saltOf(entry.draw),
    draw,
    variants: arms,
    default: indexOf(arms, entry.default),
  });
  const dropped = arms.flatMap((variant, index) => (variant.dropped ? index : []));
  return dropped.length > 0 ? dropVariants(experiment, indexOf(arms, entry.control), dropped) : experiment;
}

/** The units of PlanOut's hashes besides the experiment's own: who lacks one of them has no unit. */
export function otherUnits({ draw, unit }: Pick<ManifestExperiment, "draw" | "unit">): readonly string[] {
  const hashes = draw.kind === "parameters" ? draw.parameters.map(({ hash }) => hash) : [draw.hash];
  const units = hashes.flatMap((own) => (typeof own === "string" ? [] : own.planout.units));
  return [...new Set(units)].filter((key) => key !== unit.id);
}

function settleBy(
  entry: ManifestExperiment,
  arms: readonly ManifestVariant[],
): (context: Attributes, unit: number) => number {
  const { holdout, layer } = entry;
  const others = otherUnits(entry);
  const audience = entry.audience && conditionTest(entry.audience);
  const overrides = entry.overrides
    .map(({ variant, when }) => ({ index: indexOf(arms, variant), holds: conditionTest(when) }))
    .filter(({ index }) => index >= 0);
  const holdoutSalt = holdout ? hash(holdout.salt) : 0;
  const layerSalt = hash(layer.salt);
  return (context, unit) => {
    for (const other of others) if (!isUnit(context[other])) return NO_UNIT;
    for (const { index, holds } of overrides) if (holds(context)) return OVERRIDE + index;
    if (entry.status !== "running") return NOT_RUNNING;
    if (holdout && place(unit, holdoutSalt) < holdout.share) return HOLDOUT;
    if (audience && !audience(context)) return NOT_IN_AUDIENCE;
    const enrolment = place(unit, layerSalt);
    if (enrolment < layer.from || enrolment >= layer.enrolledTo) return NOT_IN_TRAFFIC;
    return BY_CHANCE;
  };
}

function indexOf(arms: readonly ManifestVariant[], name: string): number {
  return arms.findIndex(({ key }) => key === name);
}

function saltOf(draw: Draw): number {
  return draw.kind === "variants" && typeof draw.hash === "string" ? hash(draw.hash) : 0;
}
