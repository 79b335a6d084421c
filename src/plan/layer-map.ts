import { manifestEntry } from "../model/manifest.ts";
import type { Layer } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import type { LayerMap } from "./plan.ts";

/** Who owns which part of a layer now: its running experiments, from 0% up. */
export function mapLayer(layer: Layer, project: Project): LayerMap {
  const owners = project.experiments.filter(
    (experiment) => experiment.status === "running" && experiment.layer?.layer.key === layer.key,
  );
  const ranges = owners.map((experiment) => {
    const { from, to, enrolledTo } = manifestEntry(experiment, project).layer;
    return { experiment: experiment.key, status: experiment.status, from, to, enrolledTo };
  });
  return { layer: layer.key, ranges: ranges.sort((a, b) => a.from - b.from || a.to - b.to) };
}
