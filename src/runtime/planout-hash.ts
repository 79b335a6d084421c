import type { PlanOutHash } from "./manifest.ts";
import { sha1 } from "./sha1.ts";
import type { Attributes } from "./targeting.ts";

/** PlanOut's number from 0 to 1, both included: the first 60 bits of the digest as a double, over 2^60. */
export function fractionOf(digest: Int32Array): number {
  return ((digest[0]! >>> 0) * 2 ** 28 + (digest[1]! >>> 4)) / 2 ** 60;
}

/**
 * The first 60 bits of the digest modulo `size`, an integer from 1: bit by bit, exact up to 2^53. Larger sizes
 * are doubles already, and so is what remains.
 */
export function remainderOf(digest: Int32Array, size: number): number {
  const [high, low] = [digest[0]! >>> 0, digest[1]! >>> 4];
  if (size > 2 ** 53) {
    const times = Math.floor((high * 2 ** 28 + low) / size);
    const sizeHigh = Math.floor(size / 2 ** 28);
    return (high - times * sizeHigh) * 2 ** 28 + (low - times * (size - sizeHigh * 2 ** 28));
  }
  let rest = high % size;
  for (let bit = 27; bit >= 0; bit--) {
    rest = rest < size - rest ? rest * 2 : rest - (size - rest);
    rest += (low >>> bit) & 1;
    if (rest === size) rest = 0;
  }
  return rest;
}

/** Where a fraction falls among weights: PlanOut's running sums, compared as PlanOut does. */
export function weightedIndex(fraction: number, weights: readonly number[]): number {
  let total = 0;
  for (const weight of weights) total += weight;
  const stop = total * fraction;
  let sum = 0;
  for (let index = 0; index < weights.length; index++) {
    sum += weights[index]!;
    if (stop <= sum) return index;
  }
  return 0;
}

/** The digest of a context's units; each of them is a non-empty string. */
export function digestOf({ base, units }: PlanOutHash, context: Attributes): Int32Array {
  const [first = ""] = units;
  const id = units.length === 1 ? context[first] : units.map((unit) => context[unit]).join(".");
  return sha1(base, id as string);
}
