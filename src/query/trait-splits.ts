import { column } from "../sql/expressions.ts";
import type { Expression, Relation, Select } from "../sql/tree.ts";
import type { Engine } from "./engine.ts";
import type { EnrolledExperiment } from "./followed-experiment.ts";
import type { ArmMoments, Breakdown, Counts, QuantileArm } from "./observation.ts";
import { countTraits, type Trait, type Traits, traitName, withTraits } from "./unit-traits.ts";

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

/** The splits of an experiment's mature units. */
export async function splitByTraits(
  engine: Engine,
  { experiment, enrolled }: EnrolledExperiment,
  traits: Traits,
  isMature: readonly Expression[],
): Promise<Splits> {
  const arms = experiment.variants.length;
  const by: Split[] = [];
  for (const [index, trait] of traits.attributes.entries()) {
    const exposed = await countTraits(engine, enrolled.table!, traits, index, arms, isMature);
    by.push({ trait, groupOf: column(traitName(index)), exposed });
  }
  return { rowsOf: (rows) => withTraits(rows, traits), by };
}

/** The moments of a split's groups, by the values that these stand for. */
export function brokenDown(
  { trait, exposed }: Split,
  groups: readonly (Pick<ArmMoments, "arms"> & { readonly quantile?: readonly QuantileArm[] })[],
): Breakdown {
  const values = groups.map((group, place) => ({
    value: trait.values[place] ?? null,
    other: place >= trait.values.length,
    ...group,
    exposed: exposed[place]!,
  }));
  return { attribute: trait.attribute, values };
}
