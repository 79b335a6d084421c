import type { ManifestExperiment } from "../runtime/manifest.ts";
import type { Experiment } from "./experiment.ts";
import { experimentAttributes } from "./experiment-attributes.ts";
import type { Project } from "./project.ts";
import { WHOLE } from "./share.ts";

/**
 * All that assignment needs to know about an experiment, as language-neutral data. An experiment without a
 * layer owns a layer of its own, the whole of it; the holdout is present only where it holds out this
 * experiment's unit.
 */
export function manifestEntry(experiment: Experiment, project: Project): ManifestExperiment {
  const { key, iteration, layer, unit } = experiment;
  const privates = new Set(project.attributes.filter((attribute) => attribute.private).map(({ key }) => key));
  const holdout = project.holdout?.unit.key === unit.key ? project.holdout : null;
  const from = layer?.from ?? 0;
  const to = layer?.to ?? WHOLE;
  return {
    key,
    iteration,
    status: experiment.status,
    unit: { key: unit.key, id: unit.id },
    holdout: holdout && { salt: `holdout/${holdout.key}`, share: holdout.share },
    layer: {
      salt: layer ? `layer/${layer.layer.key}` : `experiment/${key}/layer`,
      from,
      to,
      enrolledTo: from + Math.floor(((to - from) * experiment.rollout) / WHOLE),
    },
    audience: experiment.audience,
    attributes: experimentAttributes(experiment).filter((attribute) => !privates.has(attribute)),
    overrides: experiment.overrides,
    salt: `experiment/${key}/${iteration}/variant`,
    variants: experiment.variants,
    control: experiment.control,
    default: experiment.default,
    shipped: experiment.status === "concluded" ? (experiment.decision?.ship ?? null) : null,
    exposure: experiment.exposure.kind,
  };
}
