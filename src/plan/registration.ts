import { formatInstant } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Json } from "../runtime/manifest.ts";
import { compareExperiments, type FieldChange } from "./compare-experiments.ts";
import type { Weight } from "./field-weight.ts";
import { frozenSpec, specHash } from "./spec-hash.ts";

/** An experiment as it stood at a commit that may have changed it. */
export interface PlanVersion {
  /** Null for what is not committed. */
  readonly commit: string | null;
  /** When it was committed, in milliseconds since 1970; null where there is none, or none that a calendar holds. */
  readonly date: number | null;
  /** `absent`: there was no file. `broken`: its files could not be read or resolved. */
  readonly experiment: Experiment | "absent" | "broken";
}

/** Why nothing shows what a plan was when its trial began. */
export type Unregistered = "no-repository" | "no-commit" | "shallow-history" | "never-running";

export interface RegisteredCommit {
  readonly commit: string | null;
  /** ISO instant in UTC. */
  readonly date: string | null;
}

/** One changed field of the plan. */
export interface RegisteredChange {
  /** As in the experiment's YAML: `metrics.primary.window`. */
  readonly field: string;
  readonly weight: Weight;
  readonly before: Json;
  readonly after: Json;
  /** Whether the trial is no longer the one that was registered: a refused change that stands, or that units have met. */
  readonly spoils: boolean;
}

/** The plan that was on record when the trial began, and what became of it. */
export interface Registration extends RegisteredCommit {
  readonly commit: string;
  /** Of the plan then: SHA-256, hex, of `spec`. */
  readonly specHash: string;
  /** What the gate freezes, as it was resolved then. */
  readonly spec: { readonly [key: string]: Json };
  /** Oldest first; commits that changed nothing of the plan are left out. */
  readonly changes: readonly (RegisteredCommit & { readonly fields: readonly RegisteredChange[] })[];
  /** Commits, since then or right before, whose files could not be read: what they said is not known. */
  readonly unreadable: readonly RegisteredCommit[];
}

/** What git knows of a trial's plan. */
export type PlanRecord = Registration | Unregistered;

/**
 * The registration of the last version's trial: of its key and iteration, which give its units their variants. The
 * trial begins with the first commit at which they stood as running, whatever lies between: a plan that went back to
 * draft, or away and back, is the same trial. Null where no commit has them running.
 *
 * @param versions Oldest first; the last is the one that is analysed.
 */
export function registrationOf(versions: readonly PlanVersion[]): Registration | null {
  const current = versions.at(-1)?.experiment;
  if (current === undefined || typeof current === "string") return null;
  const trial = versions.filter(({ experiment }) => isOfTrial(experiment, current));
  const first = trial.findIndex(
    ({ experiment }) => typeof experiment !== "string" && experiment.status === "running",
  );
  const start = trial[first];
  if (start === undefined || start.commit === null || typeof start.experiment === "string") return null;
  const doubtful = trial.slice(0, first).findLastIndex(({ experiment }) => experiment !== "broken") + 1;
  return {
    ...published(start),
    commit: start.commit,
    specHash: specHash(start.experiment),
    spec: frozenSpec(start.experiment) as Registration["spec"],
    changes: changesSince(start.experiment, trial.slice(first + 1), current),
    unreadable: trial
      .slice(doubtful)
      .filter(({ experiment }) => experiment === "broken")
      .map(published),
  };
}

function isOfTrial(experiment: PlanVersion["experiment"], { iteration }: Experiment): boolean {
  return experiment === "broken" || (experiment !== "absent" && experiment.iteration === iteration);
}

function changesSince(
  registered: Experiment,
  versions: readonly PlanVersion[],
  current: Experiment,
): Registration["changes"] {
  const standing = new Set(differences(registered, current).map(({ field }) => field));
  let before = registered;
  return versions.flatMap((version) => {
    if (typeof version.experiment === "string") return [];
    const fields = differences(before, version.experiment).filter(isRelevant);
    before = version.experiment;
    return fields.length > 0
      ? [{ ...published(version), fields: fields.map((change) => registeredChange(change, standing)) }]
      : [];
  });
}

/** A draft's changes weigh nothing at the gate; those of a trial that has run do, whatever its status was in between. */
function differences(before: Experiment, after: Experiment): readonly FieldChange[] {
  if (before.status !== "draft") return compareExperiments(before, after);
  const status = after.status === "draft" ? "running" : after.status;
  return compareExperiments({ ...before, status: "running" }, { ...after, status });
}

/** What may bear on the result. Whether the code is gone does not; how many were enrolled, and when, does. */
function isRelevant({ field, weight }: FieldChange): boolean {
  return field !== "archived" && (weight !== "safe" || field === "rollout" || field === "status");
}

/** Only read when the data are analysed, so that a plan that is put back is the plan that was registered. */
const READ_AT_THE_END: readonly string[] = ["metrics", "mde", "analysis"];

function registeredChange(
  { field, path, weight, before, after }: FieldChange,
  standing: ReadonlySet<string>,
): RegisteredChange {
  const undone = READ_AT_THE_END.includes(path[0] ?? "") && !standing.has(field);
  return { field, weight, before, after, spoils: weight === "refused" && !undone };
}

function published({ commit, date }: PlanVersion): RegisteredCommit {
  return { commit, date: date === null ? null : formatInstant(date) };
}
