import type { Experiment } from "../../model/experiment.ts";
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

/** So many pairs are looked at, whatever their size: all of ten experiments. */
const SURE_PAIRS = 45;
/** Units of both sides, over all pairs: more would cost more than the analysis itself. */
const MOST_UNITS = 100_000_000;
/** What a pair costs however few its units, in units: the statements themselves. */
const PAIR = 500_000;
/** Fewer shared units show nothing. */
const FEWEST_UNITS = 100;

/** An experiment beside what its units did. */
export interface Measured {
  readonly followed: FollowedExperiment;
  readonly tables: ExperimentTables;
}

export interface Overlaps {
  readonly overlaps: readonly OverlapFacts[];
  readonly unseenOverlaps: readonly string[];
}

/**
 * For each of several experiments, the others that share units with it, and its primary metric among these units by
 * the other's variant; as a breakdown is. A primary metric that is not summed per unit has none. Of many pairs, those
 * that can share most units are looked at, and the others are named.
 */
export async function findOverlaps(
  engine: Engine,
  experiments: readonly Measured[],
): Promise<readonly Overlaps[]> {
  const { seen, unseen } = choosePairs(experiments);
  const [partners, missing] = [partnersIn(seen), partnersIn(unseen)];
  const found: Overlaps[] = [];
  for (const one of experiments) {
    const overlaps: OverlapFacts[] = [];
    const others = experiments.filter((other) => other !== one);
    for (const other of others.filter((each) => partners.get(one)?.has(each))) {
      const overlap = await findOverlap(engine, one, other);
      if (overlap !== null) overlaps.push(overlap);
    }
    const missed = others.filter((each) => missing.get(one)?.has(each));
    found.push({ overlaps, unseenOverlaps: missed.map(({ followed }) => followed.experiment.key) });
  }
  return found;
}

type Pair = readonly [Measured, Measured];

/** By each side of the pairs, the other sides. */
function partnersIn(pairs: readonly Pair[]): ReadonlyMap<Measured, ReadonlySet<Measured>> {
  const partners = new Map<Measured, Set<Measured>>();
  for (const [one, other] of pairs) {
    partners.set(one, (partners.get(one) ?? new Set()).add(other));
    partners.set(other, (partners.get(other) ?? new Set()).add(one));
  }
  return partners;
}

/** Those of experiments that can share units, the largest of them first: as many as are worth their cost. */
export function choosePairs(
  experiments: readonly Measured[],
  { sure, units, each } = { sure: SURE_PAIRS, units: MOST_UNITS, each: PAIR },
): { readonly seen: readonly Pair[]; readonly unseen: readonly Pair[] } {
  const pairs = experiments
    .flatMap((one, index) => experiments.slice(index + 1).map((other): Pair => [one, other]))
    .filter(([one, other]) => canShare(one.followed.experiment, other.followed.experiment))
    .sort((left, right) => sharable(right) - sharable(left));
  let cost = 0;
  const count = pairs.findIndex((pair, index) => {
    cost += each + unitsOf(pair[0]) + unitsOf(pair[1]);
    return index >= sure && cost > units;
  });
  const end = count < 0 ? pairs.length : count;
  return { seen: pairs.slice(0, end), unseen: pairs.slice(end) };
}

/** Not over different units, nor in disjoint ranges of a layer. */
function canShare(one: Experiment, other: Experiment): boolean {
  if (one.unit.key !== other.unit.key) return false;
  if (one.layer === null || one.layer.layer.key !== other.layer?.layer.key) return true;
  return one.layer.from < other.layer.to && other.layer.from < one.layer.to;
}

function sharable([one, other]: Pair): number {
  return Math.min(unitsOf(one), unitsOf(other));
}

function unitsOf({ followed }: Measured): number {
  return followed.enrolled.units.reduce((sum, count) => sum + count, 0);
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
