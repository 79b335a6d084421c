import jstat from "jstat";
import type { Random } from "./random.ts";

/** True with this probability. */
export function happens(random: Random, probability: number): boolean {
  return random() < probability;
}

/** One of the values, each as likely as the others; the list is not empty. */
export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

/** Uniform from `low` to `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

/** Poisson. jstat draws means of 10 and more from the unseeded generator, so those are sums of smaller ones. */
export function drawPoisson(random: Random, mean: number): number {
  if (!(mean > 0)) return 0;
  jstat.setRandom(random);
  const parts = Math.ceil(mean / 8);
  let total = 0;
  for (let part = 0; part < parts; part++) total += jstat.poisson.sample(mean / parts);
  return total;
}

/** Lognormal where the mean is positive, else normal: exactly this mean and standard deviation. */
export function drawValue(random: Random, mean: number, standardDeviation: number): number {
  if (!(standardDeviation > 0)) return mean;
  jstat.setRandom(random);
  if (mean <= 0) return jstat.normal.sample(mean, standardDeviation);
  const squared = Math.log1p((standardDeviation / mean) ** 2);
  return jstat.lognormal.sample(Math.log(mean) - squared / 2, Math.sqrt(squared));
}
