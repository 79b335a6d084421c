import { binary, column } from "../../sql/expressions.ts";
import { aliased, createTemporaryTable, dropTable, join, named, select, table } from "../../sql/queries.ts";
import type { CreateTemporaryTable } from "../../sql/tree.ts";
import { breakDown } from "../break-down.ts";
import type { Engine } from "../engine.ts";
import type { ExperimentTables } from "../experiment-tables.ts";
import type { FollowedExperiment } from "../followed-experiment.ts";
import { stepsOf } from "../metric-steps.ts";
import { splitByTraits } from "../trait-splits.ts";
import { variantOfKey } from "../unit-key.ts";
import { countTraits, type Traits, traitName } from "../unit-traits.ts";
import type { OverlapFacts } from "./facts.ts";

/** Of more experiments that are analysed together, pairs are too many to be looked at. */
const MOST_EXPERIMENTS = 10;
/** Fewer shared units show nothing. */
const FEWEST_UNITS = 100;

/** An experiment beside what its units did. */
export interface Measured {
  readonly followed: FollowedExperiment;
  readonly tables: ExperimentTables;
}

/**
 * For each of several experiments, the others that share units with it, and its primary metric among these units by
 * the other's variant; as a breakdown is. A primary metric that is not summed per unit has none.
 */
export async function findOverlaps(
  engine: Engine,
  experiments: readonly Measured[],
): Promise<readonly (readonly OverlapFacts[])[]> {
  if (experiments.length > MOST_EXPERIMENTS) return experiments.map(() => []);
  const found: OverlapFacts[][] = [];
  for (const one of experiments) {
    const mine: OverlapFacts[] = [];
    for (const other of experiments) {
      if (one === other || !isSameUnit(one, other)) continue;
      const overlap = await findOverlap(engine, one, other);
      if (overlap !== null) mine.push(overlap);
    }
    found.push(mine);
  }
  return found;
}

function isSameUnit(one: Measured, other: Measured): boolean {
  return one.followed.experiment.unit.key === other.followed.experiment.unit.key;
}

async function findOverlap(engine: Engine, one: Measured, other: Measured): Promise<OverlapFacts | null> {
  const { experiment, enrolled, cutoff } = one.followed;
  const { key, variants } = other.followed.experiment;
  const name = `units of ${experiment.key} in ${key}`;
  await engine.run(createShared(name, one, other));
  const traits: Traits = {
    table: name,
    attributes: [{ attribute: key, values: variants.map((variant) => variant.key), hasOthers: false }],
  };
  const arms = experiment.variants.length;
  const byOther = await countTraits(engine, enrolled.table!, traits, 0, arms, []);
  const units = Array.from({ length: arms }, (_, arm) => byOther.map((counts) => counts[arm]!));
  const shared = units.flat().reduce((sum, count) => sum + count, 0);
  const { metric } = experiment.primary;
  const summed = one.tables.summed.find((each) => each.metric.key === metric.key && metric.per === null);
  let primary: OverlapFacts["primary"] = null;
  if (shared >= FEWEST_UNITS && summed) {
    const steps = await stepsOf(engine, experiment, enrolled, { window: metric.window, cutoff, looks: [] });
    const splits = await splitByTraits(engine, experiment, traits, enrolled.table!, steps.isMature);
    const mature = { ...summed, where: [...summed.where, ...steps.isMature] };
    const [breakdown] = (await breakDown(engine, [mature], splits))[0]!;
    primary = breakdown!.values.map((value) => value.arms);
  }
  await engine.run(dropTable(name));
  return shared < FEWEST_UNITS
    ? null
    : { experiment: key, variants: variants.map((each) => each.key), units, primary };
}

/** The units of both: `of`, the one's key, and the other's variant as their only trait. */
function createShared(name: string, one: Measured, other: Measured): CreateTemporaryTable {
  return createTemporaryTable(
    name,
    select({
      columns: [named("of", column("key", "one")), named(traitName(0), variantOfKey(column("key", "other")))],
      from: join(
        aliased(table(one.followed.enrolled.table!), "one"),
        aliased(table(other.followed.enrolled.table!), "other"),
        binary("equal", column("unit", "one"), column("unit", "other")),
      ),
    }),
  );
}
