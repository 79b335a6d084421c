import type { Experiment } from "../model/experiment.ts";
import { column } from "../sql/expressions.ts";
import { table } from "../sql/queries.ts";
import type { Expression, Relation, Select } from "../sql/tree.ts";
import type { Engine } from "./engine.ts";
import type { BreakdownUnits } from "./health/facts.ts";
import type { ArmMoments, Breakdown, BreakdownValue, Counts, QuantileArm } from "./observation.ts";
import { countGroups, countTraits, type Trait, type Traits, traitName, withTraits } from "./unit-traits.ts";

/** Rows of units split by what these were at their first exposure. */
export interface Splits {
  /** Rows with the columns that tell the groups apart. */
  readonly rowsOf: (rows: Relation) => Select["from"];
  /** One per attribute. */
  readonly by: readonly Split[];
}

export interface Split {
  readonly trait: Trait;
  /** The place of a row's group among `exposed`. */
  readonly groupOf: Expression;
  /** Mature units of each group. */
  readonly exposed: readonly Counts[];
}

/** The splits of the rows of an experiment's units; those of `units` are counted that are mature. */
export async function splitByTraits(
  engine: Engine,
  { variants }: Experiment,
  traits: Traits,
  units: string,
  isMature: readonly Expression[] = [],
): Promise<Splits> {
  const arms = variants.length;
  const by: Split[] = [];
  for (const [index, trait] of traits.attributes.entries()) {
    const exposed = await countTraits(engine, units, traits, index, arms, isMature);
    by.push({ trait, groupOf: column(traitName(index)), exposed });
  }
  return { rowsOf: (rows) => withTraits(rows, traits), by };
}

/** The splits of a table with a row for each unit: its `variant`, and the places of the attributes' values. */
export async function splitByColumns(
  engine: Engine,
  { variants }: Experiment,
  units: string,
  attributes: readonly Trait[],
): Promise<Splits> {
  const rows = { from: table(units), variant: column("variant"), where: [] };
  const by: Split[] = [];
  for (const [index, trait] of attributes.entries()) {
    const exposed = await countGroups(engine, rows, attributes, index, variants.length);
    by.push({ trait, groupOf: column(traitName(index)), exposed });
  }
  return { rowsOf: (from) => from, by };
}

/** The units of each split's groups. */
export function unitsOfSplits({ by }: Splits): readonly BreakdownUnits[] {
  return by.map(({ trait, exposed }) => ({
    attribute: trait.attribute,
    values: exposed.map((units, place) => ({ ...groupAt(trait, place), units })),
  }));
}

/** The moments of a split's groups, by the values that these stand for. */
export function brokenDown(
  { trait, exposed }: Split,
  groups: readonly (Pick<ArmMoments, "arms"> & { readonly quantile?: readonly QuantileArm[] })[],
): Breakdown {
  const values = groups.map((group, place) => ({
    ...groupAt(trait, place),
    ...group,
    exposed: exposed[place]!,
  }));
  return { attribute: trait.attribute, values };
}

function groupAt({ values }: Trait, place: number): Pick<BreakdownValue, "value" | "other"> {
  return { value: values[place] ?? null, other: place >= values.length };
}
