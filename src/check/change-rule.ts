import type { Code } from "../diagnostics/catalog.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/place.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { ChangePlan, ExperimentChange } from "../plan/change-plan.ts";

/** Both versions of the project, and what a judgement has to know of their files. */
export interface ChangeVersions {
  readonly before: Project;
  readonly after: Project;
  /** Names the base for people: a short commit. A place in one of its files is in `<base>:<file>`. */
  readonly base: string;
  /** Whether the head's file has a node at the path. */
  holds(file: string, path: Path): boolean;
  /** The same of the base's file. */
  holdsAtBase(file: string, path: Path): boolean;
  /** The audience files that an experiment names, those that they name included, and that changed. */
  changedAudiences(experiment: Experiment): readonly string[];
}

/** An experiment that is there before and after. */
export interface ComparedExperiment {
  readonly change: ExperimentChange;
  readonly before: Experiment;
  readonly after: Experiment;
}

/** One judgement on a change of a project. */
export interface ChangeRule {
  /** All codes that it can give. */
  readonly codes: readonly Code[];
  check(change: ChangePlan, versions: ChangeVersions): readonly Diagnostic[];
}

/** The experiments that are there before and after, renamed ones included. */
export function comparedExperiments(
  { experiments }: ChangePlan,
  { before, after }: ChangeVersions,
): readonly ComparedExperiment[] {
  const former = new Map(before.experiments.map((experiment) => [experiment.key, experiment]));
  const current = new Map(after.experiments.map((experiment) => [experiment.key, experiment]));
  return experiments.flatMap((change) => {
    if (change.kind === "unchanged") return [];
    const then = former.get(change.formerly ?? change.experiment);
    const now = current.get(change.experiment);
    return then && now && change.status.before !== null ? [{ change, before: then, after: now }] : [];
  });
}

/** A file of the base, as git names it. */
export function atBase({ base }: ChangeVersions, file: string): string {
  return `${base}:${file}`;
}
