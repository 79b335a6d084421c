/** Throws on what only our own bug can pass: a probability outside [0, 1], NaN included. */
export function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in [0, 1]; got ${p}`);
}

/** Throws on what only our own bug can pass: a parameter that is not above 0, NaN included. */
export function requirePositive(parameter: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${parameter} is above 0; got ${value}`);
}
