import type { Engine } from "../engine.ts";
import type { EnrolledExperiment } from "../followed-experiment.ts";
import { countTraits, type Traits } from "../unit-traits.ts";
import type { BreakdownUnits } from "./facts.ts";

/** All exposed units by each attribute that they had at their first exposure. */
export async function unitsOfTraits(
  engine: Engine,
  { experiment, enrolled }: EnrolledExperiment,
  traits: Traits,
): Promise<readonly BreakdownUnits[]> {
  const found: BreakdownUnits[] = [];
  const exposed = enrolled.exposed ?? enrolled.table!;
  for (const [index, { attribute, values }] of traits.attributes.entries()) {
    const counts = await countTraits(engine, exposed, traits, index, experiment.variants.length, []);
    const groups = counts.map((units, group) => ({
      value: values[group] ?? null,
      other: group >= values.length,
      units,
    }));
    found.push({ attribute, values: groups });
  }
  return found;
}
