import { dayOf } from "../days.ts";
import type { ExposedUnit } from "../first-exposures.ts";
import type { World } from "../world.ts";

export interface UnitsOfDay {
  readonly day: string;
  readonly units: readonly number[];
}

/** Units by the day of their first exposure, from the first such day to the last. */
export function unitsByDay(
  { timezone, variants }: World,
  units: readonly ExposedUnit[],
): readonly UnitsOfDay[] {
  const found = units.map(({ first, variant }) => ({ day: dayOf(first, timezone), variant }));
  const sorted = found.map(({ day }) => day).sort();
  const last = sorted.at(-1) ?? "";
  const days: UnitsOfDay[] = [];
  for (let day = sorted[0] ?? "z"; day <= last; day = dayAfter(day)) {
    const mine = found.filter((each) => each.day === day);
    days.push({
      day,
      units: variants.map((_, index) => mine.filter(({ variant }) => variant === index).length),
    });
  }
  return days;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
