import type { ExposedUnit } from "../first-exposures.ts";
import type { World } from "../world.ts";

/** Gives a unit of a country its variant; null: it gives it none. */
export type Assignment = (unit: string, country: string | null) => string | null;

/** Exposed units by their variant, and by the one that the assignment gives them at their first exposure; none comes last. */
export function auditUnits(
  { variants }: World,
  units: readonly ExposedUnit[],
  assignment: Assignment,
): readonly (readonly number[])[] {
  const counts = variants.map(() => [...variants, null].map(() => 0));
  for (const { id, variant, country } of units) {
    const given = assignment(id, country);
    counts[variant]![given === null ? variants.length : variants.indexOf(given)]! += 1;
  }
  return counts;
}
