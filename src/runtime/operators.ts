import { fraction, hash, place } from "./hash.ts";
import { boundsOf, evenShares } from "./shares.ts";

/**
 * PlanOut's operators over the native hash, as experiments of a project use them: pure functions of a unit's id
 * and a salt. Other salts give other, independent results.
 */

/** One of the choices, all alike; undefined where there are none. */
export function uniformChoice<Choice>(
  unit: string,
  salt: string,
  choices: readonly Choice[],
): Choice | undefined {
  return choices[indexAt(unit, salt, boundsOf(evenShares(choices.length)))];
}

/** One of the choices by their weights, of any sum; undefined where there are none, or no weight. */
export function weightedChoice<Choice>(
  unit: string,
  salt: string,
  choices: readonly Choice[],
  weights: readonly number[],
): Choice | undefined {
  const bounds = boundsOf(weights);
  const total = bounds[bounds.length - 1] ?? 0;
  return choices[
    indexAt(
      unit,
      salt,
      bounds.map((bound) => Math.round((bound / total) * 1_000_000)),
    )
  ];
}

/** 1 with probability `p`, else 0: the weighted choice of 0 and 1. */
export function bernoulliTrial(unit: string, salt: string, p: number): 0 | 1 {
  return place(hash(unit), hash(salt)) >= Math.round((1 - p) * 1_000_000) ? 1 : 0;
}

/** An integer from `min` to `max`, both included, at most 2^32 of them. */
export function randomInteger(unit: string, salt: string, min: number, max: number): number {
  return min + Math.floor(fraction(hash(unit), hash(salt)) * (max - min + 1));
}

/** A number from `min` up to, not including, `max`. */
export function randomFloat(unit: string, salt: string, min: number, max: number): number {
  return min + (max - min) * fraction(hash(unit), hash(salt));
}

/** Each choice with probability `p`, by its text: the others do not matter. */
export function bernoulliFilter<Choice extends string | number | boolean>(
  unit: string,
  salt: string,
  choices: readonly Choice[],
  p: number,
): readonly Choice[] {
  return choices.filter((choice) => bernoulliTrial(unit, `${salt}/${choice}`, p) === 1);
}

/** `draws` of the choices, shuffled, or all of them where there are fewer. More draws begin with the same ones. */
export function sample<Choice>(
  unit: string,
  salt: string,
  choices: readonly Choice[],
  draws: number = choices.length,
): readonly Choice[] {
  const shuffled = [...choices];
  const last = shuffled.length - 1;
  for (let index = 0; index < Math.min(draws, last); index++) {
    const other = randomInteger(unit, `${salt}/${index}`, index, last);
    [shuffled[index], shuffled[other]] = [shuffled[other] as Choice, shuffled[index] as Choice];
  }
  return shuffled.slice(0, Math.max(0, draws));
}

function indexAt(unit: string, salt: string, bounds: readonly number[]): number {
  const position = place(hash(unit), hash(salt));
  return bounds.findIndex((bound) => position < bound);
}
