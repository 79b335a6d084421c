import type { Expression, Select } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import type { Engine } from "./engine.ts";
import { groupedMoments } from "./grouped-moments.ts";
import type { Counts } from "./observation.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** A variable, and how many units of each variant it is about. */
export interface ExposedVariable extends UnitVariable {
  readonly exposed: Counts;
}

/** Moments of every variable in every arm, of all rows at once: `groupedMoments` in one group. */
export async function centredMoments(
  engine: Engine,
  arms: number,
  rows: { readonly from: Select["from"]; readonly where?: readonly Expression[] },
  variables: readonly ExposedVariable[],
): Promise<readonly (readonly Moments[])[]> {
  const inOneGroup = variables.map((variable) => ({ ...variable, exposed: [variable.exposed] }));
  const grouping = { where: [], ...rows, arms, groups: 1, groupOf: null, isCumulative: false };
  const moments = await groupedMoments(engine, grouping, inOneGroup);
  return moments.map(([all]) => all!);
}
