import type { Chooser, Drawer } from "./draw.ts";
import type { PlanOutHash } from "./manifest.ts";
import { digestOf, fractionOf, remainderOf, weightedIndex } from "./planout-hash.ts";

/** PlanOut's UniformChoice or RandomInteger among `size`. */
export function planOutEvenly(hash: PlanOutHash, size: number): Chooser {
  return { size, pick: (_, context) => remainderOf(digestOf(hash, context), size) };
}

/** PlanOut's WeightedChoice; weights are parts per million. */
export function planOutByWeights(hash: PlanOutHash, weights: readonly number[]): Chooser {
  const fractions = weights.map((weight) => weight / 1_000_000);
  return {
    size: weights.length,
    pick: (_, context) => weightedIndex(fractionOf(digestOf(hash, context)), fractions),
  };
}

/** PlanOut's BernoulliTrial: 1 with the share, in parts per million. */
export function planOutTrial(hash: PlanOutHash, share: number): Chooser {
  return {
    size: 2,
    pick: (_, context) => (fractionOf(digestOf(hash, context)) <= share / 1_000_000 ? 1 : 0),
  };
}

/** PlanOut's RandomFloat. */
export function planOutDecimal(hash: PlanOutHash, min: number, max: number): Drawer {
  return (_, context) => min + (max - min) * fractionOf(digestOf(hash, context));
}

/** An id that can be hashed: a text, and not an empty one. */
export function isUnit(id: unknown): id is string {
  return typeof id === "string" && id !== "";
}
