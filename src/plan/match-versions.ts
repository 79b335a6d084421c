import type { Experiment } from "../model/experiment.ts";
import { specHash } from "./spec-hash.ts";

/** An experiment before and after a change; under two keys where it was renamed. */
export interface VersionPair {
  readonly before: Experiment | null;
  readonly after: Experiment | null;
}

/**
 * Experiments before and after by key. One that is gone and one that is new are the same, renamed, where they are
 * the same trial: units would lose the variant that they have met.
 */
export function matchVersions(
  before: readonly Experiment[],
  after: readonly Experiment[],
): readonly VersionPair[] {
  const former = new Map(before.map((experiment) => [experiment.key, experiment]));
  const current = new Set(after.map(({ key }) => key));
  const gone = before.filter(
    ({ key, status }) => !current.has(key) && (status === "running" || status === "stopped"),
  );
  const added = after.filter(({ key, status }) => !former.has(key) && status !== "draft");
  const renamed = matchRenamed(gone, added);
  const kept = new Set(renamed.values());
  const removed = before.filter((experiment) => !current.has(experiment.key) && !kept.has(experiment));
  const pairs = [
    ...after.map((experiment) => ({
      before: former.get(experiment.key) ?? renamed.get(experiment) ?? null,
      after: experiment,
    })),
    ...removed.map((experiment) => ({ before: experiment, after: null })),
  ];
  return pairs.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The key after, or the last one that it had. */
export function keyOf({ before, after }: VersionPair): string {
  return (after ?? before)!.key;
}

/** What each added experiment was before: the same content first, then the most alike; each is taken once. */
function matchRenamed(
  gone: readonly Experiment[],
  added: readonly Experiment[],
): ReadonlyMap<Experiment, Experiment> {
  const renamed = new Map<Experiment, Experiment>();
  if (gone.length === 0) return renamed;
  const left = new Set(gone);
  const match = (experiment: Experiment, former: Experiment | undefined) => {
    if (former === undefined || renamed.has(experiment) || !left.delete(former)) return;
    renamed.set(experiment, former);
  };
  const contents = new Map(gone.map((former) => [content(former), former]));
  for (const experiment of added) match(experiment, contents.get(content(experiment)));
  const alike = added
    .flatMap((experiment) =>
      [...left].flatMap((former) => {
        const marks = likeness(former, experiment);
        return marks > 0 ? [{ experiment, former, marks }] : [];
      }),
    )
    .sort((a, b) => b.marks - a.marks);
  for (const { experiment, former } of alike) match(experiment, former);
  return renamed;
}

/**
 * In how many ways two experiments of other content under two keys are alike; 0 where they are two trials. They
 * are one where the unit and the name or the hypothesis are the same, and two of these: the variants' keys, the
 * primary metric, the start.
 */
function likeness(a: Experiment, b: Experiment): number {
  const words = count([a.name === b.name, a.hypothesis !== null && a.hypothesis === b.hypothesis]);
  if (words === 0 || a.unit.key !== b.unit.key) return 0;
  const design = count([
    variantKeys(a) === variantKeys(b),
    a.primary.metric.key === b.primary.metric.key,
    a.start !== null && a.start === b.start,
  ]);
  return design > 1 ? words + design : 0;
}

function variantKeys({ variants }: Experiment): string {
  return variants
    .map(({ key }) => key)
    .sort()
    .join();
}

function count(marks: readonly boolean[]): number {
  return marks.filter(Boolean).length;
}

function content(experiment: Experiment): string {
  return specHash({ ...experiment, key: "", iteration: 1 });
}
