import type { Activity } from "./activity.ts";
import type { Behaviour } from "./behaviour.ts";
import { VALUE_SPREAD } from "./level.ts";
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
  const levels = drawLevels(random, activity, behaviour);
  if (!acts) return [];
  const rows = 1 + drawPoisson(random, behaviour.perActor - 1);
  return Array.from({ length: rows }, () => drawValues(random, levels));
}

/** The values of a single row, of a unit of the activity's kind. */
export function drawRow(random: Random, activity: Activity, behaviour: Behaviour): RowValues {
  return drawValues(random, drawLevels(random, activity, behaviour));
}

type Levels = readonly { readonly property: string; readonly level: number }[];

function drawLevels(random: Random, { levels }: Activity, { factors }: Behaviour): Levels {
  return [...levels].map(([property, { mean, standardDeviation }]) => ({
    property,
    level: drawValue(random, mean, standardDeviation) * (factors.get(property) ?? 1),
  }));
}

function drawValues(random: Random, levels: Levels): RowValues {
  return new Map(
    levels.map(({ property, level }) => [property, readable(level * drawValue(random, 1, VALUE_SPREAD))]),
  );
}

/** Six digits: no data of a shop has more. */
function readable(value: number): number {
  return Number(value.toPrecision(6));
}
