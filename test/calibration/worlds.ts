import { type Random, randomStream } from "../../src/simulate/random.ts";
import { type Moments, momentsOf } from "../../src/statistics/moments.ts";
import { rateMoments } from "../unit/inference/trial-fixture.ts";

/** Results of as many worlds, each with a stream of its own. */
export function inWorlds<Result>(
  name: string,
  worlds: number,
  live: (random: Random) => Result,
): readonly Result[] {
  return Array.from({ length: worlds }, (_, world) => live(randomStream(20_261_102, `${name} ${world}`)));
}

/** How many of `units` convert. */
export function drawSuccesses(random: Random, rate: number, units: number): number {
  let successes = 0;
  for (let unit = 0; unit < units; unit++) if (random() < rate) successes++;
  return successes;
}

export function drawRate(random: Random, rate: number, units: number): Moments {
  return rateMoments(drawSuccesses(random, rate, units), units);
}

/** Lognormal values with σ = 1: skewed as money is. Their mean is `scale`·√e. */
export function drawSpending(random: Random, scale: number, units: number): Moments {
  const rows = Array.from({ length: units }, () => [scale * Math.exp(drawNormal(random))]);
  return momentsOf(rows, 1);
}

/** Box and Muller's. */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}
