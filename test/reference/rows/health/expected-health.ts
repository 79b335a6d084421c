import { type ExposedUnit, firstExposures } from "../first-exposures.ts";
import type { World } from "../world.ts";
import { type Assignment, auditUnits } from "./audit.ts";
import { eventsOfUnits, sourcesRead } from "./events-of-units.ts";
import { excludedRows, excludedUnits, otherSpecs, rowsOf, unknownVariants } from "./exclusions.ts";
import { countRepeated } from "./repeated-rows.ts";
import { unitsByDay } from "./units-by-day.ts";
import { unitsByCountry } from "./units-by-value.ts";

export type ExpectedHealth = ReturnType<typeof expectedHealth>;

/** What the rows say of the data's health. Nobody is looked at where nobody is exposed. */
export function expectedHealth(world: World, asOf: number, assignment: Assignment) {
  const units = firstExposures(world, asOf);
  return {
    excluded: excludedRows(world, asOf),
    unknownVariants: unknownVariants(world, asOf),
    excludedUnits: excludedUnits(world, asOf),
    otherSpec: otherSpecs(world, asOf),
    sources: sourcesRead(world),
    byCountry: world.breakdowns.length > 0 ? unitsByCountry(world, units) : null,
    rows: units.length === 0 ? null : rowsOfUnits(world, units, asOf, assignment),
  };
}

function rowsOfUnits(world: World, units: readonly ExposedUnit[], asOf: number, assignment: Assignment) {
  return {
    byDay: unitsByDay(world, units),
    audit: auditUnits(world, units, assignment),
    // Exposures are read again where the audience wants attributes.
    exposures:
      world.audience &&
      countRepeated(rowsOf(world, asOf, null), ({ user, at, variant }) => [user, at, variant]),
    events: eventsOfUnits(world, units, asOf),
  };
}
