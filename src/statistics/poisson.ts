import gammaln from "@stdlib/math-base-special-gammaln";
import type { UniformStream } from "./random.ts";

/**
 * Draws from a Poisson distribution: by inversion for a mean below 10, else by transformed rejection. Wolfgang Hörmann, "The transformed
 * rejection method for generating Poisson random variables", *Insurance: Mathematics and Economics* 12 (1993), 39–45, algorithm PTRS.
 */
export function poissonOf(mean: number): (random: UniformStream) => number {
  return mean < 10 ? byInversion(mean) : byRejection(mean);
}

function byInversion(mean: number): (random: UniformStream) => number {
  const none = Math.exp(-mean);
  return (random) => {
    let [left, count, probability] = [random(), 0, none];
    while (left > probability && count < 1000) {
      left -= probability;
      count++;
      probability *= mean / count;
    }
    return count;
  };
}

function byRejection(mean: number): (random: UniformStream) => number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const scale = Math.log(1.1239 + 1.1328 / (b - 3.4));
  const log = Math.log(mean);
  return (random) => {
    for (;;) {
      const u = random() - 0.5;
      const v = random();
      const us = 0.5 - Math.abs(u);
      const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return count;
      if (count < 0 || (us < 0.013 && v > us)) continue;
      const reach = Math.log(v) + scale - Math.log(a / (us * us) + b);
      if (reach <= count * log - mean - gammaln(count + 1)) return count;
    }
  };
}
