import { reasonOf } from "./health/exclusions.ts";
import { selected } from "./unit-values.ts";
import { EXPERIMENT, eventsByUnit, type World } from "./world.ts";

export interface ExposedUnit {
  readonly id: string;
  /** Index of the variant. */
  readonly variant: number;
  /** Instant of the first exposure. */
  readonly first: number;
  readonly country: string | null;
  /** Variants it was seen with. */
  readonly seen: ReadonlySet<number>;
}

/**
 * Section A.2: the earliest row of a unit exposes it; of several at the same instant, that of the lowest variant.
 * Rows of bots, of forced variants, outside the days, without a unit, of variants or iterations that the experiment
 * does not have, expose nobody.
 */
export function firstExposures(world: World, asOf: number): readonly ExposedUnit[] {
  const units = new Map<string, ExposedUnit>();
  for (const row of world.exposures) {
    if (row.experiment !== EXPERIMENT || row.at > asOf || reasonOf(world, row) !== null) continue;
    const variant = world.variants.indexOf(row.variant!);
    const old = units.get(row.user!);
    const isEarlier = !old || row.at < old.first || (row.at === old.first && variant < old.variant);
    const isSame = old?.first === row.at && old.variant === variant;
    const country = isSame ? lesser(old.country, row.country) : row.country;
    units.set(row.user!, {
      id: row.user!,
      ...(isEarlier || isSame ? { variant, first: row.at, country } : old),
      seen: new Set([...(old?.seen ?? []), variant]),
    });
  }
  return [...units.values()];
}

/** Of rows that expose a unit at the same instant to the same variant, the least text: any rule that does not depend on their order. */
function lesser(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** The units that the trigger met by then, followed from the first such event on. */
export function firstTriggers(
  { trigger, events }: World,
  units: readonly ExposedUnit[],
  asOf: number,
): readonly ExposedUnit[] {
  if (trigger === null) return units;
  const eventsOf = eventsByUnit(events);
  return units.flatMap((unit) => {
    const span = { from: unit.first, to: asOf, isOpen: false };
    const rows = selected(trigger, eventsOf.get(unit.id) ?? [], span);
    if (rows.length === 0) return [];
    return [{ ...unit, first: rows.reduce((first, { at }) => Math.min(first, at), Infinity) }];
  });
}
