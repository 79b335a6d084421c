import type { Proportion } from "./proportion.ts";

/** Throws on what only our own bug can pass: a probability outside [0, 1], NaN included. */
export function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in [0, 1]; got ${p}`);
}

/** Throws on what only our own bug can pass: a parameter that is not above 0, NaN included. */
export function requirePositive(parameter: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${parameter} is above 0; got ${value}`);
}

/** Throws on NaN, which would come out as NaN. */
export function requireNumber(parameter: string, value: number): void {
  if (Number.isNaN(value)) throw new RangeError(`${parameter} is a number; got NaN`);
}

/** Throws on an error rate that is not strictly between 0 and 1. */
export function requireErrorRate(value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`an error rate lies between 0 and 1; got ${value}`);
}

/** Throws on counts that are none: 0 ≤ successes ≤ units, both whole and exact in a double. */
export function requireProportions(...arms: readonly Proportion[]): void {
  for (const { successes, units } of arms)
    if (
      !(
        Number.isSafeInteger(units) &&
        Number.isSafeInteger(successes) &&
        0 <= successes &&
        successes <= units
      )
    )
      throw new RangeError(`successes are whole and at most the units; got ${successes} of ${units}`);
}
