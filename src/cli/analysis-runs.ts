import type { Experiment } from "../compile.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadProjectAt } from "./committed-plan.ts";
import { UsageError } from "./exit.ts";
import { headCommit } from "./git.ts";
import { openHistory } from "./history.ts";
import type { LoadedProject } from "./load-project.ts";
import type { Terminal } from "./terminal.ts";
import { unknownKey } from "./unknown-key.ts";

/** What is to be analysed, by which plan, and up to when. */
export interface AnalysisScope {
  /** Empty: every experiment that is no draft. */
  readonly keys: readonly string[];
  /** Milliseconds since 1970; null: up to the last row, of concluded experiments as their decision says. */
  readonly asOf: number | null;
  /** A git ref: the plan as it stood there. Null: as it is in the files, of concluded ones as their decision says. */
  readonly spec: string | null;
  /** Null: the plan's own. */
  readonly iteration: number | null;
}

/** Experiments that are analysed together: by one version of the project, up to one instant. */
export interface AnalysisRun {
  readonly loaded: LoadedProject;
  /** Of that version; null outside a repository. Ends in `+` where the files have changed since. */
  readonly commit: string | null;
  /** The git ref up to which plans are on record. */
  readonly history: string;
  readonly asOf: number | null;
  readonly experiments: readonly Experiment[];
}

/** The experiments that a command is about. */
export function selectExperiments(
  { project }: LoadedProject,
  keys: readonly string[],
): readonly Experiment[] {
  const known = new Map(project.experiments.map((experiment) => [experiment.key, experiment]));
  const unknown = keys.find((key) => !known.has(key));
  if (unknown !== undefined) throw unknownKey("experiment", unknown, [...known.keys()]);
  if (keys.length > 0) return [...new Set(keys)].map((key) => known.get(key)!);
  return project.experiments.filter(({ status }) => status !== "draft");
}

export interface PlannedRuns {
  readonly runs: readonly AnalysisRun[];
  /** The experiments' keys, in the order asked for. */
  readonly keys: readonly string[];
  /** About the project as it is in the files. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * By which plan, and up to when, each experiment is analysed. A concluded one by its decision's evidence, so that its
 * numbers stay those that were decided on. Null after telling why the version asked for cannot be read.
 */
export async function planRuns(
  loaded: LoadedProject,
  scope: AnalysisScope,
  terminal: Terminal,
): Promise<PlannedRuns | null> {
  const asked = scope.spec === null ? null : await loadProjectAt(loaded.root, scope.spec, terminal);
  if (scope.spec !== null && asked === null) return null;
  const base = {
    loaded: asked ?? loaded,
    commit: asked?.commit ?? (await headCommit(loaded.root)),
    history: asked?.commit ?? "HEAD",
  };
  const experiments = selectExperiments(base.loaded, scope.keys);
  const versions = new Map<string, Omit<AnalysisRun, "asOf" | "experiments">>();
  const diagnostics: Diagnostic[] = [];
  const runs = new Map<string, AnalysisRun>();
  for (const experiment of experiments) {
    const evidence = experiment.decision?.evidence ?? null;
    const iteration = scope.iteration ?? evidence?.iteration ?? experiment.iteration;
    const isDecided = evidence !== null && evidence.iteration === iteration;
    const spec = isDecided && scope.spec === null ? evidence.spec : null;
    const found = await findCommit(base.loaded, experiment, { iteration, spec }, scope);
    if (found !== null && "code" in found) diagnostics.push(found);
    if (found !== null && "code" in found && found.severity === "error") continue;
    const commit = found !== null && "commit" in found ? found.commit : null;
    const known = commit === null ? base : versions.get(commit);
    const version = known ?? (await versionAt(loaded.root, commit!, terminal));
    if (version === null) return null;
    if (commit !== null) versions.set(commit, version);
    const asOf = scope.asOf ?? (isDecided ? Date.parse(evidence.asOf) : null);
    const name = JSON.stringify([asOf, commit]);
    const run = runs.get(name) ?? { ...version, asOf, experiments: [] };
    const own = version.loaded.project.experiments.find(({ key }) => key === experiment.key)!;
    runs.set(name, { ...run, experiments: [...run.experiments, own] });
  }
  return { runs: [...runs.values()], keys: experiments.map(({ key }) => key), diagnostics };
}

async function versionAt(root: string, commit: string, terminal: Terminal) {
  const loaded = await loadProjectAt(root, commit, terminal);
  return loaded && { loaded, commit, history: commit };
}

/** The commit whose plan is wanted; null: the files at hand have it; a diagnostic where none has. */
async function findCommit(
  { root }: LoadedProject,
  experiment: Experiment,
  wanted: { readonly iteration: number; readonly spec: string | null },
  { spec: ref }: AnalysisScope,
): Promise<{ readonly commit: string } | Diagnostic | null> {
  const { findPlanCommit, isWanted } = await import("../plan-commit.ts");
  if (isWanted(experiment, wanted)) return null;
  const { key, iteration, file } = experiment;
  if (ref !== null && wanted.iteration !== iteration)
    throw new UsageError(
      `at ${ref}, ${key} is at iteration ${iteration}, not ${wanted.iteration}; leave one of --spec and --iteration out`,
    );
  const history = await openHistory(root);
  const commit = typeof history === "string" ? null : await findPlanCommit(key, history, wanted);
  if (commit !== null) return { commit };
  const why = whyNot(history);
  return wanted.spec === null
    ? diagnose(
        "rerun/no-iteration",
        { file, path: [] },
        { experiment: key, iteration: wanted.iteration, present: iteration, why },
      )
    : diagnose(
        "rerun/no-evidence",
        { file, path: ["decision", "evidence", "spec"] },
        { experiment: key, spec: wanted.spec, iteration: wanted.iteration, why },
      );
}

function whyNot(history: Awaited<ReturnType<typeof openHistory>>): string {
  if (history === "no-repository") return "outside a git repository no commit";
  if (history === "no-commit") return "no commit";
  return history.shallow ? "no commit of this shallow clone" : "no commit";
}
