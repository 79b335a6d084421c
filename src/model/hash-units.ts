import type { Experiment } from "./experiment.ts";

/** Context keys, besides the unit's id, of what an experiment hashes together with it; each once. */
export function hashUnits({ draw, unit }: Pick<Experiment, "draw" | "unit">): readonly string[] {
  const hashes = draw.kind === "parameters" ? draw.parameters.map(({ planout }) => planout) : [draw.planout];
  const units = hashes.flatMap((planout) => planout?.units ?? []);
  return [...new Set(units)].filter((key) => key !== unit.id);
}
