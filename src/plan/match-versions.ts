import type { Experiment } from "../model/experiment.ts";
import { specHash } from "./spec-hash.ts";

/** An experiment before and after a change; under two keys where it was renamed. */
export interface VersionPair {
  readonly before: Experiment | null;
  readonly after: Experiment | null;
}

/**
 * Experiments before and after by key. One that is gone and one that is new are the same, renamed, where what
 * the gate freezes is the same in both but for the key: units would lose the variant that they have met.
 */
export function matchVersions(
  before: readonly Experiment[],
  after: readonly Experiment[],
): readonly VersionPair[] {
  const former = new Map(before.map((experiment) => [experiment.key, experiment]));
  const current = new Set(after.map(({ key }) => key));
  const gone = new Map(
    before
      .filter(({ key, status }) => !current.has(key) && (status === "running" || status === "stopped"))
      .map((experiment) => [content(experiment), experiment]),
  );
  const renamed = new Set<Experiment>();
  const pairs = after.map((experiment): VersionPair => {
    const same = former.get(experiment.key);
    if (same) return { before: same, after: experiment };
    const other = experiment.status === "draft" ? undefined : gone.get(content(experiment));
    if (other === undefined || renamed.has(other)) return { before: null, after: experiment };
    renamed.add(other);
    return { before: other, after: experiment };
  });
  const removed = before
    .filter((experiment) => !current.has(experiment.key) && !renamed.has(experiment))
    .map((experiment): VersionPair => ({ before: experiment, after: null }));
  return [...pairs, ...removed].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The key after, or the last one that it had. */
export function keyOf({ before, after }: VersionPair): string {
  return (after ?? before)!.key;
}

function content(experiment: Experiment): string {
  return specHash({ ...experiment, key: "", iteration: 1 });
}
