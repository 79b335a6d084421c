import jstat from "jstat";
import { binomialLogPmf } from "../statistics/binomial.ts";
import { uniformStream } from "../statistics/random.ts";

/** Draws from distributions, all from one seeded stream. */
export interface Sampler {
  /** On (0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  chiSquared(degreesOfFreedom: number): number;
  beta(alpha: number, beta: number): number;
  /** With a mean below 10: jStat takes larger ones from elsewhere. */
  poisson(mean: number): number;
  binomial(trials: number, probability: number): number;
}

/** jStat's samples; each scenario has a stream of its own, so that adding one changes no other. */
export function openSampler(seed: number, name: string): Sampler {
  const uniform = uniformStream(seed * 2 ** 20 + hash(name));
  const seeded = () => {
    jstat.setRandom(uniform);
    return jstat;
  };
  return {
    uniform,
    normal: () => seeded().normal.sample(0, 1),
    chiSquared: (degreesOfFreedom) => seeded().chisquare.sample(degreesOfFreedom),
    beta: (alpha, beta) => seeded().beta.sample(alpha, beta),
    poisson: (mean) => seeded().poisson.sample(mean),
    binomial: (trials, probability) => drawBinomial(trials, probability, uniform),
  };
}

/** By inversion, searching outwards from the mode. Luc Devroye, *Non-Uniform Random Variate Generation* (1986), section X.4.1. */
function drawBinomial(trials: number, p: number, uniform: () => number): number {
  if (p <= 0 || p >= 1) return p <= 0 ? 0 : trials;
  const odds = p / (1 - p);
  let [low, high] = [Math.floor((trials + 1) * p), Math.floor((trials + 1) * p)];
  let below = Math.exp(binomialLogPmf(low, trials, p));
  let above = below;
  let left = uniform() - below;
  while (left > 0 && (low > 0 || high < trials)) {
    if (high < trials) {
      above *= ((trials - high) / (high + 1)) * odds;
      high++;
      left -= above;
      if (left <= 0) return high;
    }
    if (low > 0) {
      below *= low / (trials - low + 1) / odds;
      low--;
      left -= below;
      if (left <= 0) return low;
    }
  }
  return low;
}

/** FNV-1a, Fowler, Noll, Vo: 20 of its bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return (state >>> 0) % 2 ** 20;
}
