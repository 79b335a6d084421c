import type { Project } from "../model/project.ts";
import { memberCount } from "./membership.ts";
import { unitId } from "./visitor.ts";
import type { World } from "./world.ts";

/**
 * The id, of some kind of unit, that goes with the `index`-th unit of an experiment: its own, or that of a
 * coarser kind, of which fewer come a day and which neighbours share (users an org), or of the `member`-th of
 * a finer kind. Null for a kind that the project does not have, and for a member that is none: of measured members
 * there are so many, and `member` is null for what the unit does as a whole.
 */
export function relatedId(
  { experiment, seed, memberships }: World,
  project: Project,
  unitKey: string,
  index: number,
  member: number | null,
): string | null {
  const randomised = unitId(experiment, experiment.unit.key, seed, index);
  if (unitKey === experiment.unit.key) return randomised;
  const sizes = memberships.get(unitKey);
  if (sizes !== undefined) {
    const isMember = member !== null && member < memberCount(sizes, seed, randomised, unitKey);
    return isMember ? `${unitId(experiment, unitKey, seed, index)}-${member}` : null;
  }
  const unit = project.units.find(({ key }) => key === unitKey);
  if (unit === undefined) return null;
  const own = experiment.unit.newPerDay || 1;
  const other = unit.newPerDay || own;
  const perCoarser = clampSize(own / other);
  const perFiner = clampSize(other / own);
  const related =
    perCoarser > 1 ? Math.floor(index / perCoarser) : index * perFiner + ((member ?? 0) % perFiner);
  return unitId(experiment, unitKey, seed, related);
}

function clampSize(ratio: number): number {
  return Math.min(20, Math.max(1, Math.round(ratio)));
}
