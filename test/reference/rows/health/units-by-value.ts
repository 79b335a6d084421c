import type { ExposedUnit } from "../first-exposures.ts";
import type { World } from "../world.ts";

/** Exposed units by the country of their first exposure. */
export function unitsByCountry(
  { variants }: World,
  units: readonly ExposedUnit[],
): ReadonlyMap<string | null, readonly number[]> {
  return new Map(
    [...new Set(units.map(({ country }) => country))].map((country) => {
      const mine = units.filter((unit) => unit.country === country);
      return [country, variants.map((_, index) => mine.filter(({ variant }) => variant === index).length)];
    }),
  );
}
