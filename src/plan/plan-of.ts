import type { Plan } from "./plan.ts";

/** The plan of these experiments and the layers that they are in; without keys, the whole. */
export function planOf(plan: Plan, keys: readonly string[]): Plan {
  if (keys.length === 0) return plan;
  return {
    ...plan,
    experiments: plan.experiments.filter(({ experiment }) => keys.includes(experiment)),
    layers: plan.layers.filter(({ ranges }) => ranges.some(({ experiment }) => keys.includes(experiment))),
  };
}
