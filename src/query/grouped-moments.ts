import { aggregateWhere, binary, call, choose, column, literal, parameter } from "../sql/expressions.ts";
import type { Expression, FunctionName } from "../sql/tree.ts";
import type { Moments } from "../statistics/moments.ts";
import type { Engine } from "./engine.ts";
import { exactParts, type Part, type Summands } from "./exact-sum.ts";
import { type Extent, extentsOf } from "./extents-of-values.ts";
import type { Counts } from "./observation.ts";
import { momentsOfOnes, momentsOfPowers, products } from "./power-sums.ts";
import { type Grouping, type SumOf, sumByGroup, sumList } from "./sum-by-group.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** A variable, and how many units of each variant it is about, by group. */
export interface CountedVariable extends UnitVariable {
  readonly exposed: readonly Counts[];
}

/**
 * Moments of every variable by group and arm, the same to the last bit in every run. The values' extremes say how they
 * are summed exactly; sums give provisional centres of each arm, then powers of the distances from them are summed, so
 * that nothing cancels; the centres' own rounding is taken out at the end.
 * Units without a row enter as that many values of what silence is worth. Metrics that share a value share its sums.
 */
export async function groupedMoments(
  engine: Engine,
  grouping: Grouping,
  variables: readonly CountedVariable[],
): Promise<readonly (readonly (readonly Moments[])[])[]> {
  const extents = await extentsOf(engine, grouping, variables);
  const firsts = sumList();
  const placed = variables.map((variable, index) => ({
    variable,
    extents: extents[index]!,
    reporters: firsts.need(aggregate(variable, "count")),
    totals: variable.values.map((value, axis) =>
      firsts.need(exactSum(variable, value, extents[index]![axis]!)),
    ),
  }));
  const found = await sumByGroup(engine, grouping, firsts.list());
  const seconds = sumList();
  const centred = placed.map((each) => {
    const centres = indices(grouping.arms).map((arm) => centresOf(each, arm, grouping, found));
    return { ...each, centres, powers: each.variable.isBinary ? null : needPowers(each, centres, seconds) };
  });
  const spread = await sumByGroup(engine, grouping, seconds.list());
  const distant = new Set<number>();
  const moments = centred.map(({ variable, reporters, totals, centres, powers }) =>
    indices(grouping.groups).map((group) =>
      indices(grouping.arms).map((arm) => {
        const sum = found[group]![arm]!;
        const units = variable.silent === null ? sum(reporters) : (variable.exposed[group]![arm] ?? 0);
        if (powers === null) return momentsOfOnes(sum(totals[0]!), units);
        const zeros = units - sum(reporters);
        const known = { units, zeros, silent: variable.silent, centres: centres[arm]! };
        const made = momentsOfPowers(known, (axes) => spread[group]![arm]!(powers.get(axes.join())!));
        if (zeros < units && isDistant(made, centres[arm]!)) distant.add(group);
        return made;
      }),
    ),
  );
  return takeApart(engine, grouping, variables, moments, distant);
}

/**
 * The moments, those of distant groups anew from centres of their own: beside the distance to the arm's, their spread
 * has lost its digits.
 */
async function takeApart(
  engine: Engine,
  grouping: Grouping,
  variables: readonly CountedVariable[],
  moments: readonly (readonly (readonly Moments[])[])[],
  distant: ReadonlySet<number>,
): Promise<readonly (readonly (readonly Moments[])[])[]> {
  const { groupOf, isCumulative, where } = grouping;
  if (groupOf === null) return moments;
  const anew = new Map<number, readonly (readonly (readonly Moments[])[])[]>();
  for (const group of distant) {
    const operator = isCumulative ? "at-most" : "equal";
    const mine = [...where, binary(operator, groupOf, literal(BigInt(group)))];
    const alone = { ...grouping, where: mine, groups: 1, groupOf: null, isCumulative: false };
    const counted = variables.map((each) => ({ ...each, exposed: [each.exposed[group]!] }));
    anew.set(group, await groupedMoments(engine, alone, counted));
  }
  return moments.map((ofVariable, index) =>
    ofVariable.map((ofGroup, group) => anew.get(group)?.[index]?.[0] ?? ofGroup),
  );
}

/** How many spreads a group's mean may lie from its arm's centre: its third moment then keeps some ten digits. */
const NEAR = 50;

function isDistant({ units, means, second }: Moments, centres: readonly number[]): boolean {
  const squares = products(means.length).filter(({ length }) => length === 2);
  return squares.some(
    ([axis, other], place) =>
      axis === other && units * (means[axis!]! - centres[axis!]!) ** 2 > NEAR ** 2 * second[place]!,
  );
}

/** A variable, and where its sums stand among those that are asked for. */
interface Placed {
  readonly variable: CountedVariable;
  /** Of its values. */
  readonly extents: readonly Extent[];
  readonly reporters: number;
  readonly totals: readonly number[];
}

function exactSum(variable: UnitVariable, value: Expression, summands: Summands): readonly Part[] {
  return exactParts(value, summands).map(({ expression, per }) => ({
    expression: aggregate(variable, "sum", expression),
    per,
  }));
}

function aggregate(
  { reported }: UnitVariable,
  name: FunctionName,
  ...operands: readonly Expression[]
): Expression {
  return reported === null ? call(name, ...operands) : aggregateWhere(reported, name, ...operands);
}

/** The arm's means over all groups; of whole numbers the nearest one, so that distances are whole too. */
function centresOf(
  { variable, extents, reporters, totals }: Placed,
  arm: number,
  { groups, isCumulative }: Grouping,
  found: readonly (readonly SumOf[])[],
): readonly number[] {
  const read = isCumulative ? [groups - 1] : indices(groups);
  const total = (of: (group: number) => number) => read.reduce((sum, group) => sum + of(group), 0);
  const units = total((group) =>
    variable.silent === null ? found[group]![arm]!(reporters) : (variable.exposed[group]![arm] ?? 0),
  );
  return totals.map((place, axis) => {
    const mean = units === 0 ? 0 : total((group) => found[group]![arm]!(place)) / units;
    return extents[axis]!.areWhole ? Math.round(mean) : mean;
  });
}

/** By axes, the place of the sum of products of the distances from the arms' centres. */
function needPowers(
  { variable, extents }: Placed,
  centres: readonly (readonly number[])[],
  list: ReturnType<typeof sumList>,
): ReadonlyMap<string, number> {
  const distances = variable.values.map((value, axis) => binary("minus", value, centreOf(centres, axis)));
  const furthest = extents.map(({ least, most }, axis) =>
    Math.max(...centres.flatMap((ofArm) => [most - ofArm[axis]!, ofArm[axis]! - least]), 0),
  );
  return new Map(
    products(variable.values.length).map((axes) => {
      const product = axes
        .map((axis): Expression => distances[axis]!)
        .reduce((left, right) => binary("times", left, right));
      const summands = {
        largest: axes.reduce((power, axis) => power * furthest[axis]!, 1),
        count: extents[0]!.count,
        areWhole: axes.every((axis) => extents[axis]!.areWhole),
      };
      return [axes.join(), list.need(exactSum(variable, product, summands))];
    }),
  );
}

function centreOf(centres: readonly (readonly number[])[], axis: number): Expression {
  return choose(
    centres.map((ofArm, arm) => [
      binary("equal", column("variant"), literal(BigInt(arm))),
      parameter(ofArm[axis]!),
    ]),
    parameter(0),
  );
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
