import type { Experiment } from "../model/experiment.ts";
import { aggregateWhere, binary, choose, column, literal, parameter } from "../sql/expressions.ts";
import { named, select, table } from "../sql/queries.ts";
import type { Row } from "../sql/result.ts";
import type { Expression, Named } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Counts } from "./observation.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** A metric's variable, and how many units of each variant it is about. */
export interface ExposedVariable extends UnitVariable {
  readonly exposed: Counts;
}

/**
 * Moments of every variable in every variant, from a table with `variant` and one row per unit that reports
 * something. Two passes: sums give provisional centres, then powers of the distances from them are summed, so
 * that nothing cancels; the centres' own rounding is taken out at the end. Units that report nothing enter as
 * n₀ values of zero.
 */
export async function centredMoments(
  engine: Engine,
  experiment: Experiment,
  name: string,
  variables: readonly ExposedVariable[],
): Promise<readonly (readonly Moments[])[]> {
  const variants = experiment.variants.map((_, index) => index);
  const sums = await byVariantRow(engine, name, variables.flatMap(sumColumns));
  const arms = variables.map((variable, index) =>
    variants.map((variant) => provisional(variable, index, variant, sums.get(variant))),
  );
  const columns = variables.flatMap((variable, index) =>
    variable.isBinary ? [] : powerColumns(variable, index, arms[index]!),
  );
  const powers = columns.length === 0 ? new Map<number, Row>() : await byVariantRow(engine, name, columns);
  return arms.map((perVariant, index) =>
    perVariant.map((arm, variant) =>
      variables[index]!.isBinary
        ? momentsOfOnes(arm)
        : finish(arm, (label) => read(powers.get(variant), `${label} of ${index}`)),
    ),
  );
}

interface Arm {
  readonly units: number;
  /** Units of the arm that have no row, as zeros. */
  readonly zeros: number;
  readonly centres: readonly number[];
}

function sumColumns({ reported, values }: UnitVariable, index: number): readonly Named[] {
  return [
    named(`reported ${index}`, aggregateWhere(reported, "count")),
    ...values.map((value, axis) => named(`sum ${axis} of ${index}`, aggregateWhere(reported, "sum", value))),
  ];
}

function provisional(
  { values, silent, exposed }: ExposedVariable,
  index: number,
  variant: number,
  row: Row | undefined,
): Arm {
  const reporting = read(row, `reported ${index}`);
  const units = silent === "absent" ? reporting : (exposed[variant] ?? 0);
  const centres = values.map((_, axis) => (units === 0 ? 0 : read(row, `sum ${axis} of ${index}`) / units));
  return { units, zeros: units - reporting, centres };
}

function powerColumns(
  { reported, values }: UnitVariable,
  index: number,
  arms: readonly Arm[],
): readonly Named[] {
  const distances = values.map((value, axis) => binary("minus", value, centreOf(arms, axis)));
  return products(values.length).map((axes) =>
    named(
      `${labelOf(axes)} of ${index}`,
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

function centreOf(arms: readonly Arm[], axis: number): Expression {
  return choose(
    arms.map(({ centres }, variant) => [
      binary("equal", column("variant"), literal(BigInt(variant))),
      parameter(centres[axis]!),
    ]),
    parameter(0),
  );
}

/** Of n values that are 0 or 1, k of them 1: Σ(x−p)² = k(n−k)/n and Σ(x−p)³ = k(n−k)(n−2k)/n². */
function momentsOfOnes({ units, centres }: Arm): Moments {
  const ones = Math.round((centres[0] ?? 0) * units);
  const second = units === 0 ? 0 : (ones * (units - ones)) / units;
  const third = units === 0 ? 0 : (second * (units - 2 * ones)) / units;
  return { units, means: [units === 0 ? 0 : ones / units], second: [second], third: [third] };
}

/** Adds the zeros and moves the centres to the means: Σ(d−δ)… in terms of Σd…, where δ = Σd/n. */
function finish({ units, zeros, centres }: Arm, powerOf: (label: string) => number): Moments {
  const power = (axes: readonly number[]) =>
    powerOf(labelOf(axes)) + zeros * axes.reduce((product, axis) => product * -centres[axis]!, 1);
  const shifts = centres.map((_, axis) => (units === 0 ? 0 : power([axis]) / units));
  const second = (i: number, j: number) => power([i, j]) - units * shifts[i]! * shifts[j]!;
  const third = (i: number, j: number, k: number) =>
    power([i, j, k]) -
    shifts[i]! * power([j, k]) -
    shifts[j]! * power([i, k]) -
    shifts[k]! * power([i, j]) +
    2 * units * shifts[i]! * shifts[j]! * shifts[k]!;
  const axes = products(centres.length);
  return {
    units,
    means: centres.map((centre, axis) => centre + shifts[axis]!),
    second: axes.filter(({ length }) => length === 2).map(([i, j]) => second(i!, j!)),
    third: axes.filter(({ length }) => length === 3).map(([i, j, k]) => third(i!, j!, k!)),
  };
}

/** All products of one, two and three of the axes, non-decreasing, in lexicographic order within a length. */
function products(axes: number): readonly (readonly number[])[] {
  const all = Array.from({ length: axes }, (_, axis) => axis);
  const longer = (shorter: readonly (readonly number[])[]) =>
    shorter.flatMap((product) =>
      all.filter((axis) => axis >= (product.at(-1) ?? 0)).map((axis) => [...product, axis]),
    );
  const single = longer([[]]);
  const double = longer(single);
  return [...single, ...double, ...longer(double)];
}

function labelOf(axes: readonly number[]): string {
  return `power ${[...axes].sort((left, right) => left - right).join(" ")}`;
}

async function byVariantRow(
  engine: Engine,
  name: string,
  columns: readonly Named[],
): Promise<ReadonlyMap<number, Row>> {
  const rows = await engine.run(
    select({
      columns: [named("variant", column("variant")), ...columns],
      from: table(name),
      groupBy: ["variant"],
    }),
  );
  return new Map(rows.map((row) => [decodeNumber(row, "variant"), row]));
}

/** An arm without rows has sums of 0. */
function read(row: Row | undefined, name: string): number {
  return row ? decodeNumber(row, name) : 0;
}
