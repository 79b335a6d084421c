import type { Draw, ManifestExperiment, ManifestVariant } from "../runtime/manifest.ts";
import type { Experiment, Variant } from "./experiment.ts";
import { experimentAttributes } from "./experiment-attributes.ts";
import { hashUnits } from "./hash-units.ts";
import type { Holdout } from "./population.ts";
import type { Project } from "./project.ts";
import { WHOLE } from "./share.ts";

/**
 * All that assignment needs to know about an experiment, as language-neutral data. An experiment without a
 * layer owns a layer of its own, the whole of it; the holdout is present only where it holds out this
 * experiment's unit. Members are sorted as in canonical JSON, which is then quick to make.
 */
export function manifestEntry(experiment: Experiment, project: Project): ManifestExperiment {
  const { exposure, key, iteration, layer, unit } = experiment;
  const holdout = project.holdout?.unit.key === unit.key ? project.holdout : null;
  const from = layer?.from ?? 0;
  const to = layer?.to ?? WHOLE;
  return {
    attributes: exposedAttributes(experiment, project),
    audience: experiment.audience,
    control: experiment.control,
    default: experiment.default,
    draw: manifestDraw(experiment),
    exposure: exposure.kind === "event" ? { event: exposure.event } : exposure.kind,
    holdout: holdout && { salt: holdoutSalt(holdout), share: holdout.share },
    iteration,
    key,
    layer: {
      enrolledTo: from + Math.floor(((to - from) * experiment.rollout) / WHOLE),
      from,
      salt: layerSalt(experiment),
      to,
    },
    overrides: experiment.overrides,
    shipped: experiment.status === "concluded" ? (experiment.decision?.ship ?? null) : null,
    status: experiment.status,
    unit: { id: unit.id, key: unit.key },
    variants: experiment.variants.map(manifestVariant),
  };
}

function manifestVariant({ dropped, key, params, share }: Variant): ManifestVariant {
  return dropped === undefined ? { key, params, share } : { dropped: true, key, params, share };
}

/** A hash space that an experiment's units are placed in. */
export interface HashSpace {
  readonly salt: string;
  readonly draws: "enrolment" | "variant" | "parameter";
}

/** The hash spaces of an experiment, but those of PlanOut. The enrolment's is that of its layer. */
export function hashSpaces(experiment: Experiment): readonly HashSpace[] {
  const draw = manifestDraw(experiment);
  const hashes = draw.kind === "parameters" ? draw.parameters.map(({ hash }) => hash) : [draw.hash];
  const draws = draw.kind === "parameters" ? "parameter" : "variant";
  return [
    { salt: layerSalt(experiment), draws: "enrolment" },
    ...hashes.flatMap((salt): readonly HashSpace[] => (typeof salt === "string" ? [{ salt, draws }] : [])),
  ];
}

export function holdoutSalt({ key }: Holdout): string {
  return `holdout/${key}`;
}

function layerSalt({ key, layer }: Experiment): string {
  return layer ? `layer/${layer.layer.key}` : `experiment/${key}/layer`;
}

/** The native salts: of variants by iteration, so that a new one draws anew; of parameters by their names too. */
function manifestDraw({ draw, iteration, key, variants }: Experiment): Draw {
  const space = `experiment/${key}/${iteration}`;
  if (draw.kind === "parameters") {
    const parameters = draw.parameters.map(({ name, operator, planout }) => ({
      name,
      operator,
      hash: planout ? { planout } : `${space}/parameter/${name}`,
    }));
    return { kind: "parameters", parameters };
  }
  const { operator, planout } = draw;
  if (planout === null)
    return {
      hash: `${space}/variant`,
      kind: "variants",
      operator,
      order: variants.map((variant) => variant.key),
    };
  const { order, ...hash } = planout;
  return { kind: "variants", operator, hash: { planout: hash }, order };
}

/** Those that conditions read or the hash takes in, private ones excepted; sorted. */
function exposedAttributes(experiment: Experiment, project: Project): readonly string[] {
  const byKey = new Map(project.attributes.map((attribute) => [attribute.key, attribute]));
  const hashed = hashUnits(experiment).filter((key) => byKey.has(key));
  const read = new Set([...experimentAttributes(experiment), ...hashed]);
  return [...read].filter((key) => byKey.get(key)?.private !== true).sort();
}
