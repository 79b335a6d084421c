import { aggregateWhere, all, call } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import type { Expression, FunctionName } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Summands } from "./exact-sum.ts";
import type { Grouping } from "./sum-by-group.ts";
import { sumList } from "./sum-by-group.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** Between which numbers a variable's values lie, over all groups and arms. */
export interface Extent extends Summands {
  readonly least: number;
  readonly most: number;
}

/** The extents of every variable's values, by axis. Nothing is asked about ones and zeros. */
export async function extentsOf(
  engine: Engine,
  { from, where }: Pick<Grouping, "from" | "where">,
  variables: readonly UnitVariable[],
): Promise<readonly (readonly Extent[])[]> {
  const asked = sumList();
  const rows = asked.need(call("count"));
  const placed = variables.map(({ values, reported, isBinary }) =>
    values.map((value) => {
      if (isBinary) return null;
      const extreme = (name: FunctionName): Expression =>
        reported === null ? call(name, value) : aggregateWhere(reported, name, value);
      return { least: asked.need(extreme("min")), most: asked.need(extreme("max")) };
    }),
  );
  const [row] = await engine.run(
    select({
      columns: asked.list().map(([only], place) => named(nameOf(place), only!.expression)),
      from,
      where: all(where),
    }),
  );
  const at = (place: number) => decodeNumber(row!, nameOf(place));
  return variables.map(({ areWhole }, index) =>
    placed[index]!.map((places, axis) => {
      const [least, most] = places === null ? [0, 1] : [at(places.least), at(places.most)];
      return {
        ...{ least, most, largest: Math.max(Math.abs(least), Math.abs(most)) },
        count: Math.max(1, at(rows)),
        areWhole: places === null || (areWhole?.[axis] ?? false),
      };
    }),
  );
}

function nameOf(place: number): string {
  return `extreme ${place}`;
}
