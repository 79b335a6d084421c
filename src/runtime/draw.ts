import { cellName } from "./cell.ts";
import { type DrawArm, freeze } from "./experiment.ts";
import { fraction, place } from "./hash.ts";
import type { Scalar } from "./manifest.ts";
import type { Attributes } from "./targeting.ts";

/** Picks one of `size` things for the unit with this hash, by index. */
export interface Chooser {
  readonly size: number;
  pick(unit: number, context: Attributes): number;
}

/** Gives the unit with this hash a value. */
export type Drawer = (unit: number, context: Attributes) => Scalar;

/** By shares: `bounds` are their upper ends, ascending to 1,000,000. */
export function byBounds(salt: number, bounds: readonly number[]): Chooser {
  return {
    size: bounds.length,
    pick(unit) {
      const position = place(unit, salt);
      let index = 0;
      while (position >= bounds[index]!) index++;
      return index;
    },
  };
}

/** All alike, of up to 2^32. */
export function evenly(salt: number, size: number): Chooser {
  return { size, pick: (unit) => Math.floor(fraction(unit, salt) * size) };
}

/** The arm of a cell; the first chooser's values differ slowest along the arms. */
export function drawCell(...choosers: readonly Chooser[]): DrawArm {
  return (assigned, unit, context) => {
    let cell = 0;
    for (const chooser of choosers) cell = cell * chooser.size + chooser.pick(unit, context);
    return assigned[cell]!;
  };
}

/** An arm made for the unit, named by the values that it draws. */
export function drawValues(...parameters: readonly (readonly [string, Drawer])[]): DrawArm {
  return (_, unit, context) => {
    const params = Object.fromEntries(parameters.map(([name, draw]) => [name, draw(unit, context)]));
    return freeze({ variant: cellName(params), params, reason: "assigned" });
  };
}

/** One of the values. */
export function listed({ pick }: Chooser, values: readonly Scalar[]): Drawer {
  return (unit, context) => values[pick(unit, context)]!;
}

/** Integers from `min` on. */
export function counted({ pick }: Chooser, min: number): Drawer {
  return (unit, context) => min + pick(unit, context);
}

/** From `min` up to, not including, `max`, in steps of 2^-32 of the way. */
export function decimal(salt: number, min: number, max: number): Drawer {
  return (unit) => min + (max - min) * fraction(unit, salt);
}
