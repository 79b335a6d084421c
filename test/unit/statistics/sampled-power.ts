import { type Random, randomStream } from "../../../src/simulate/random.ts";

/** The share of seeded trials in which `trial` holds. */
export function share(trials: number, name: string, trial: (random: Random) => boolean): number {
  const random = randomStream(20260801, name);
  let held = 0;
  for (let index = 0; index < trials; index++) if (trial(random)) held++;
  return held / trials;
}

/** Four binomial standard errors around a power, and two points for what the normal formula leaves out. */
export function powerBand(power: number, trials: number): [number, number] {
  const slack = 4 * Math.sqrt((power * (1 - power)) / trials) + 0.02;
  return [power - slack, power + slack];
}

/** A binomial draw, one unit at a time. */
export function successes(random: Random, units: number, rate: number): number {
  let count = 0;
  for (let unit = 0; unit < units; unit++) if (random() < rate) count++;
  return count;
}
