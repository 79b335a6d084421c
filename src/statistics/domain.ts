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

/** Throws on what is no number of a finite size. */
export function requireFinite(parameter: string, ...values: readonly number[]): void {
  for (const value of values)
    if (!Number.isFinite(value)) throw new RangeError(`${parameter} is finite; got ${value}`);
}

/** Throws on a level of an interval or bound that is not in [0, 1). */
export function requireConfidence(value: number): void {
  if (!(value >= 0 && value < 1)) throw new RangeError(`a confidence lies in [0, 1); got ${value}`);
}

/** Throws on an error rate that is not strictly between 0 and 1. */
export function requireErrorRate(value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`an error rate lies between 0 and 1; got ${value}`);
}

/** Throws on units that are not whole, below 0 or inexact in a double. */
export function requireUnits(...counts: readonly number[]): void {
  for (const count of counts)
    if (!(Number.isSafeInteger(count) && count >= 0))
      throw new RangeError(`units are a whole number; got ${count}`);
}

/** Throws on a number of replicates that a bootstrap does not take. */
export function requireReplicates(replicates: number): void {
  if (!(Number.isSafeInteger(replicates) && replicates >= 2 && replicates <= 1e7))
    throw new RangeError(`replicates are a whole number from 2 to 1e7; got ${replicates}`);
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

/** An answer as it is. Throws where there is a NaN in it: what went in was no number, or too large for a double. */
export function requireAnswer<Answer>(answer: Answer): Answer {
  if (holdsNaN(answer))
    throw new RangeError("what goes in has to leave numbers that a double holds; got NaN");
  return answer;
}

/** An answer as it is, or null where there is a NaN in it: data may hold what is too large for a double. */
export function answerOrNull<Answer>(answer: Answer): Answer | null {
  return holdsNaN(answer) ? null : answer;
}

/** A number of data as it is; ∞ where it is none, for two that are too large for a double have met. */
export function orInfinite(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

function holdsNaN(answer: unknown): boolean {
  if (typeof answer === "number") return Number.isNaN(answer);
  if (typeof answer !== "object" || answer === null) return false;
  for (const part of Object.values(answer)) if (holdsNaN(part)) return true;
  return false;
}
