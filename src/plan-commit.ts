import { type History, openSnapshot } from "./history.ts";
import type { Experiment } from "./model/experiment.ts";
import { specHash } from "./plan/spec-hash.ts";
import { resolve } from "./resolve/resolve.ts";
import { readDeclarations } from "./syntax/read-declarations.ts";

/** What a plan is looked for by. */
export interface WantedPlan {
  readonly iteration: number;
  /** The beginning of its hash; null: any plan of the iteration. */
  readonly spec: string | null;
}

/** Whether an experiment is what was wanted. */
export function isWanted(experiment: Experiment, { iteration, spec }: WantedPlan): boolean {
  return experiment.iteration === iteration && (spec === null || specHash(experiment).startsWith(spec));
}

/**
 * The newest commit at which the experiment stood as wanted, going back by first parents; null where there is none.
 * A plan is resolved with the metrics, audiences and defaults of its commit.
 */
export async function findPlanCommit(
  key: string,
  history: History,
  wanted: WantedPlan,
): Promise<string | null> {
  const snapshot = openSnapshot(history, new Set([key]));
  let stands: boolean | null = null;
  for await (const batch of history.revisions()) {
    await snapshot.fetch(batch);
    for (const revision of batch) {
      stands ??= standsAsWanted();
      if (stands) return revision.commit;
      const { experiments, metrics, everything } = snapshot.touched(revision);
      snapshot.undo(revision);
      if (experiments.has(key) || metrics.size > 0 || everything) stands = null;
    }
  }
  return null;

  function standsAsWanted(): boolean {
    if (!snapshot.has(key)) return false;
    const { project } = resolve(readDeclarations(snapshot.sources([key]), snapshot.parse).declarations);
    const experiment = project?.experiments.find((each) => each.key === key);
    return experiment !== undefined && isWanted(experiment, wanted);
  }
}
