import { assign } from "../runtime/assign.ts";
import { load } from "../runtime/load.ts";
import type { Json, ManifestExperiment } from "../runtime/manifest.ts";
import type { Attributes } from "../runtime/targeting.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Movement, Population } from "./change-plan.ts";

type Entry = ManifestExperiment | null;

/**
 * Runs both versions of an experiment's assignment over a population. A version that does not exist gives
 * nobody a variant. Without contexts every unit is taken to be eligible, and forced variants are left out.
 * Null where the versions cannot differ or neither gives anybody a variant: what is concluded gives everybody
 * the shipped one, and when its file goes, so has its code.
 */
export function measureMovement(before: Entry, after: Entry, population: Population): Movement | null {
  if (!(isLive(before) || isLive(after)) || textOf(before) === textOf(after)) return null;
  if (before !== null && before.shipped !== null && (after?.shipped ?? before.shipped) === before.shipped)
    return null;
  const given = population.kind === "contexts";
  const [meetsBefore, meetsAfter] = [before, after].map((entry) => chooser(given ? entry : eligible(entry)));
  const strangers = before !== null && after !== null && !isSameUnit(before, after);
  let [units, countBefore, countAfter, changed, entered, left] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < sizeOf(population); index++) {
    const context = contextAt(population, index, before ?? after);
    const then = meetsBefore!(context);
    const now = meetsAfter!(strangers ? contextAt(population, index, after, "other/") : context);
    units++;
    if (then !== null) countBefore++;
    if (now !== null) countAfter++;
    if (then !== null && now !== null && then !== now) changed++;
    if (then === null && now !== null) entered++;
    if (then !== null && now === null) left++;
  }
  const assumesEligible = !given && [before, after].some((entry) => entry !== null && isConditional(entry));
  return { units, before: countBefore, after: countAfter, changed, entered, left, assumesEligible };
}

/** How many units a population has. */
export function sizeOf(population: Population): number {
  if (population.kind === "generated") return population.size;
  return population.kind === "units" ? population.ids.length : population.contexts.length;
}

function chooser(entry: Entry): (context: Attributes) => string | null {
  if (entry === null) return () => null;
  const experiment = load(entry);
  return (context) => assign(experiment, context).variant;
}

/**
 * What an app would say about a unit. The ids of another kind of unit have nothing to do with the ids of this
 * one, so that a change of unit compares strangers.
 */
function contextAt(population: Population, index: number, entry: Entry, prefix = ""): Attributes {
  if (population.kind === "contexts") return population.contexts[index]!;
  const id = population.kind === "units" ? population.ids[index]! : `unit-${index}`;
  return { [entry?.unit.id ?? ""]: prefix + id };
}

function isSameUnit(before: ManifestExperiment, after: ManifestExperiment): boolean {
  return before.unit.key === after.unit.key && before.unit.id === after.unit.id;
}

function eligible(entry: Entry): Entry {
  return entry && { ...entry, audience: null, overrides: [] };
}

function isConditional({ audience, overrides }: ManifestExperiment): boolean {
  return audience !== null || overrides.length > 0;
}

function textOf(entry: Entry): string {
  return canonicalJson(entry as unknown as Json);
}

/** Gives units variants: by chance, or the shipped one to everybody. */
function isLive(entry: Entry): boolean {
  return entry !== null && (entry.status === "running" || entry.shipped !== null);
}
