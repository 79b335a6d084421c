import { type History, openSnapshot, type Snapshot, type Touched } from "./history.ts";
import type { Experiment } from "./model/experiment.ts";
import type { Metric } from "./model/metric.ts";
import { type PlanRecord, type PlanVersion, registrationOf } from "./plan/registration.ts";
import { resolve } from "./resolve/resolve.ts";
import { readDeclarations } from "./syntax/read-declarations.ts";

export type { FileChange, History, Revision } from "./history.ts";
export type { PlanRecord } from "./plan/registration.ts";

/**
 * Finds each experiment's registration by walking back through the history: every version of an experiment is resolved
 * once, with the metrics, audiences and defaults of its commit. The walk ends where all experiments are known to be of
 * an earlier iteration, else at the first commit.
 */
export async function findRegistrations(
  experiments: readonly Experiment[],
  history: History,
): Promise<ReadonlyMap<string, PlanRecord>> {
  const snapshot = openSnapshot(history, new Set(experiments.map(({ key }) => key)));
  const trails = experiments.map(openTrail);
  let oldest: string | null = null;
  for await (const batch of history.revisions()) {
    await snapshot.fetch(batch);
    if (oldest === null) stand(trails, snapshot);
    for (const revision of batch) {
      oldest = revision.commit;
      const { commit, date } = revision;
      const changed = changedTrails(trails, snapshot.touched(revision));
      for (const trail of changed) trail.versions.push({ commit, date, experiment: trail.standing });
      snapshot.undo(revision);
      if (changed.length > 0) stand(changed, snapshot);
    }
    if (!trails.some(({ open }) => open)) break;
  }
  const cut = history.shallow ? oldest : null;
  return new Map(trails.map((trail) => [trail.current.key, conclude(trail, cut)]));
}

/** One experiment on the way back. */
interface Trail {
  readonly current: Experiment;
  /** Newest first. What is analysed comes first; where it is what the newest commit says, it changes nothing. */
  readonly versions: PlanVersion[];
  /** As it stands in the snapshot. */
  standing: PlanVersion["experiment"];
  /** False once nothing earlier can be of the same trial. */
  open: boolean;
}

function openTrail(current: Experiment): Trail {
  const versions: PlanVersion[] = [{ commit: null, date: null, experiment: current }];
  return { current, versions, standing: "absent", open: true };
}

/** Resolves experiments as they stand in the snapshot. */
function stand(trails: readonly Trail[], snapshot: Snapshot): void {
  const sources = snapshot.sources(trails.map(({ current }) => current.key));
  const { project } = resolve(readDeclarations(sources, snapshot.parse).declarations);
  const resolved = new Map(project?.experiments.map((experiment) => [experiment.key, experiment]));
  for (const trail of trails) {
    const { key, iteration } = trail.current;
    trail.standing = resolved.get(key) ?? (snapshot.has(key) ? "broken" : "absent");
    if (typeof trail.standing !== "string" && trail.standing.iteration < iteration) trail.open = false;
  }
}

/** The experiments that a commit may have changed. */
function changedTrails(trails: readonly Trail[], touched: Touched): readonly Trail[] {
  return trails.filter(({ open, standing, current: { key } }) => {
    if (!open) return false;
    if (touched.experiments.has(key)) return true;
    if (standing === "absent") return false;
    if (touched.everything || touched.metrics.size === 0) return touched.everything;
    return standing === "broken" || metricsOf(standing).some((metric) => touched.metrics.has(metric));
  });
}

/** Keys of all metrics that an experiment reads, parts of ratios included. */
function metricsOf({ primary, secondary, guardrails }: Experiment): readonly string[] {
  const metrics = [primary.metric, ...secondary, ...guardrails.map(({ metric }) => metric)];
  return metrics.flatMap(keysOf);
}

function keysOf(metric: Metric): readonly string[] {
  return metric.kind === "ratio"
    ? [metric.key, ...keysOf(metric.numerator), ...keysOf(metric.denominator)]
    : [metric.key];
}

/** @param cut The oldest commit of a history whose beginning is cut off; null where it is whole. */
function conclude({ versions, open }: Trail, cut: string | null): PlanRecord {
  const registration = registrationOf([...versions].reverse());
  const isCut = cut !== null && open && versions.at(-1)?.commit === cut;
  if (registration === null) return isCut ? "shallow-history" : "never-running";
  const earliest = [registration, ...registration.unreadable];
  return isCut && earliest.some(({ commit }) => commit === cut) ? "shallow-history" : registration;
}
