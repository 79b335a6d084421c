import type { Activity } from "./activity.ts";
import type { Behaviour } from "./behaviour.ts";
import { VALUE_SPREAD } from "./fit.ts";
import type { Random } from "./random.ts";
import { drawPoisson, drawValue, happens } from "./sampling.ts";

/** The values of one row that a unit leaves, by property. */
export type RowValues = ReadonlyMap<string, number>;

/**
 * What one unit does in an activity. Draws are in an order that a change of rate, number or values leaves
 * alone: the same unit in another world acts the same but for that change.
 */
export function drawRows(random: Random, activity: Activity, behaviour: Behaviour): readonly RowValues[] {
  const acts = happens(random, behaviour.rate);
  const levels = [...activity.levels].map(([property, { mean, standardDeviation }]) => {
    const factor = behaviour.factors.get(property) ?? 1;
    return { property, level: drawValue(random, mean, standardDeviation) * factor };
  });
  if (!acts) return [];
  const rows = 1 + drawPoisson(random, behaviour.perActor - 1);
  return Array.from(
    { length: rows },
    () =>
      new Map(
        levels.map(({ property, level }) => [property, readable(level * drawValue(random, 1, VALUE_SPREAD))]),
      ),
  );
}

/** Six digits: no data of a shop has more. */
function readable(value: number): number {
  return Number(value.toPrecision(6));
}
