import { aggregateWhere, binary, choose, column, literal, parameter } from "../sql/expressions.ts";
import { named, select, table } from "../sql/queries.ts";
import type { Row } from "../sql/result.ts";
import type { Expression, Named } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Counts } from "./observation.ts";
import { momentsOfOnes, momentsOfPowers, products } from "./power-sums.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** A metric's variable, and how many units of each variant it is about so far, by step. */
export interface CumulativeVariable extends UnitVariable {
  readonly exposed: readonly Counts[];
}

/** In what steps units come in. */
export interface Steps {
  readonly count: number;
  /** The step of a unit's row, 0, 1, …; `count` or more: never. Null: there is one step. */
  readonly of: Expression | null;
}

/**
 * Moments of every variable so far, by step and arm, from a table with `variant` (0, 1, … below `arms`) and one
 * row per unit that reports something. Two passes: sums give provisional centres of each arm, then powers of the
 * distances from them are summed, so that nothing cancels; the centres' own rounding is taken out at the end. Units
 * that report nothing enter as n₀ values of zero.
 */
export async function cumulativeMoments(
  engine: Engine,
  arms: number,
  name: string,
  variables: readonly CumulativeVariable[],
  steps: Steps,
): Promise<readonly (readonly (readonly Moments[])[])[]> {
  const variants = Array.from({ length: arms }, (_, index) => index);
  const sums = await sumsSoFar(engine, name, arms, steps, variables.flatMap(sumColumns));
  const centres = variables.map((variable, index) =>
    variants.map((variant) => centresOf(variable, index, variant, sums.at(-1)![variant]!)),
  );
  const columns = variables.flatMap((variable, index) =>
    variable.isBinary ? [] : powerColumns(variable, index, centres[index]!),
  );
  const powers = columns.length === 0 ? null : await sumsSoFar(engine, name, arms, steps, columns);
  return variables.map((variable, index) =>
    sums.map((perVariant, step) =>
      perVariant.map((sum, variant) => {
        const reporting = sum(reportedName(index));
        const units = unitsOf(variable, variant, step, reporting);
        if (variable.isBinary) return momentsOfOnes(sum(sumName(index, 0)), units);
        const arm = { units, zeros: units - reporting, centres: centres[index]![variant]! };
        return momentsOfPowers(arm, (axes) => powers![step]![variant]!(powerName(index, axes)));
      }),
    ),
  );
}

const reportedName = (index: number) => `reported ${index}`;
const sumName = (index: number, axis: number) => `sum ${axis} of ${index}`;
const powerName = (index: number, axes: readonly number[]) => `power ${axes.join(" ")} of ${index}`;

function sumColumns({ reported, values }: UnitVariable, index: number): readonly Named[] {
  return [
    named(reportedName(index), aggregateWhere(reported, "count")),
    ...values.map((value, axis) => named(sumName(index, axis), aggregateWhere(reported, "sum", value))),
  ];
}

function unitsOf(
  { silent, exposed }: CumulativeVariable,
  variant: number,
  step: number,
  reporting: number,
): number {
  return silent === "absent" ? reporting : (exposed[step]![variant] ?? 0);
}

/** The arm's means over all steps. */
function centresOf(
  variable: CumulativeVariable,
  index: number,
  variant: number,
  sum: (name: string) => number,
): readonly number[] {
  const units = unitsOf(variable, variant, variable.exposed.length - 1, sum(reportedName(index)));
  return variable.values.map((_, axis) => (units === 0 ? 0 : sum(sumName(index, axis)) / units));
}

function powerColumns(
  { reported, values }: UnitVariable,
  index: number,
  centres: readonly (readonly number[])[],
): readonly Named[] {
  const distances = values.map((value, axis) => binary("minus", value, centreOf(centres, axis)));
  return products(values.length).map((axes) =>
    named(
      powerName(index, axes),
      aggregateWhere(
        reported,
        "precise-sum",
        axes
          .map((axis): Expression => distances[axis]!)
          .reduce((left, right) => binary("times", left, right)),
      ),
    ),
  );
}

function centreOf(centres: readonly (readonly number[])[], axis: number): Expression {
  return choose(
    centres.map((ofVariant, variant) => [
      binary("equal", column("variant"), literal(BigInt(variant))),
      parameter(ofVariant[axis]!),
    ]),
    parameter(0),
  );
}

/** By step and variant, the sum of a column's values up to the step. */
async function sumsSoFar(
  engine: Engine,
  name: string,
  arms: number,
  steps: Steps,
  columns: readonly Named[],
): Promise<readonly (readonly ((name: string) => number)[])[]> {
  const stepColumn = steps.of === null ? [] : [named("step", steps.of)];
  const rows = await engine.run(
    select({
      columns: [named("variant", column("variant")), ...stepColumn, ...columns],
      from: table(name),
      groupBy: ["variant", ...stepColumn.map((each) => each.name)],
    }),
  );
  const found = new Map<string, Row>();
  for (const row of rows) {
    const step = steps.of === null ? 0 : decodeNumber(row, "step");
    found.set(`${step} ${decodeNumber(row, "variant")}`, row);
  }
  let totals = Array.from({ length: arms }, () => new Map<string, number>());
  return Array.from({ length: steps.count }, (_, step) => {
    totals = totals.map((before, variant) => {
      const row = found.get(`${step} ${variant}`);
      if (!row) return before;
      return new Map(
        columns.map((each) => [each.name, (before.get(each.name) ?? 0) + decodeNumber(row, each.name)]),
      );
    });
    return totals.map((total) => (wanted: string) => total.get(wanted) ?? 0);
  });
}
