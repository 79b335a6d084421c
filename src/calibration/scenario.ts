import type { Check, ScenarioResult } from "./check.ts";
import type { Sampler } from "./sampler.ts";

/** How much to compute. */
export interface Size {
  /** Worlds whose moments are drawn. */
  readonly worlds: number;
  /** Worlds whose units are drawn, or that are looked at every day. */
  readonly slowWorlds: number;
}

/** One kind of world and what is claimed about it. */
export interface Scenario extends Omit<ScenarioResult, "checks"> {
  readonly check: (sampler: Sampler, size: Size) => readonly Check[];
}

/** In how many worlds each of the answers is yes; every world gives as many answers. */
export function countWorlds(worlds: number, live: () => readonly boolean[]): readonly number[] {
  const counts: number[] = [];
  for (let world = 0; world < worlds; world++) {
    live().forEach((answer, index) => {
      counts[index] = (counts[index] ?? 0) + Number(answer);
    });
  }
  return counts;
}
