import type { Project } from "../model/project.ts";
import { unitId } from "./visitor.ts";
import type { World } from "./world.ts";

/**
 * The id, of some kind of unit, that goes with the `index`-th unit of an experiment: its own, or that of a
 * coarser kind, of which fewer come a day and which neighbours share (users an org), or of the `member`-th of
 * a finer kind. Null for a kind that the project does not have.
 */
export function relatedId(
  { experiment, seed }: World,
  project: Project,
  unitKey: string,
  index: number,
  member: number,
): string | null {
  if (unitKey === experiment.unit.key) return unitId(experiment, unitKey, seed, index);
  const unit = project.units.find(({ key }) => key === unitKey);
  if (unit === undefined) return null;
  const own = experiment.unit.newPerDay || 1;
  const other = unit.newPerDay || own;
  const perCoarser = clampSize(own / other);
  const perFiner = clampSize(other / own);
  const related = perCoarser > 1 ? Math.floor(index / perCoarser) : index * perFiner + (member % perFiner);
  return unitId(experiment, unitKey, seed, related);
}

function clampSize(ratio: number): number {
  return Math.min(20, Math.max(1, Math.round(ratio)));
}
