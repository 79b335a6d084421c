import { normalIsf } from "./normal.ts";

/**
 * The normal critical value of a level over so many sides, at least 0. Throws where the level is outside [0, 1), or
 * below ½ on one side, where a bound would lie beyond the estimate.
 */
export function criticalValue(confidence: number, sides: 1 | 2): number {
  const least = sides === 2 ? 0 : 0.5;
  if (!(confidence >= least && confidence < 1))
    throw new RangeError(`a confidence lies in [${least}, 1); got ${confidence}`);
  return normalIsf((1 - confidence) / sides);
}
