import type { Moments } from "../statistics/moments.ts";
import { cumulativeMoments } from "./cumulative-moments.ts";
import type { Engine } from "./engine.ts";
import type { Counts } from "./observation.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** A metric's variable, and how many units of each variant it is about. */
export interface ExposedVariable extends UnitVariable {
  readonly exposed: Counts;
}

/** Moments of every variable in every arm, of all units at once: `cumulativeMoments` in one step. */
export async function centredMoments(
  engine: Engine,
  arms: number,
  name: string,
  variables: readonly ExposedVariable[],
): Promise<readonly (readonly Moments[])[]> {
  const inOneStep = variables.map((variable) => ({ ...variable, exposed: [variable.exposed] }));
  const moments = await cumulativeMoments(engine, arms, name, inOneStep, { count: 1, of: null });
  return moments.map(([all]) => all!);
}
