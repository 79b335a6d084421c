import type { Analysis, AnalysisResult } from "../analyze.ts";
import type { Experiment } from "../compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { displayPath, findDataFiles } from "./data.ts";
import { UsageError } from "./exit.ts";
import { headCommit } from "./git.ts";
import { type LoadedProject, tell } from "./load-project.ts";
import { packageVersion } from "./package.ts";
import { readPlanRecords } from "./plan-records.ts";
import { simulatedFiles } from "./simulation-record.ts";
import type { Terminal } from "./terminal.ts";
import { withEngine } from "./with-engine.ts";

interface Scope {
  /** Empty: every experiment that is no draft. */
  readonly keys: readonly string[];
  /** Milliseconds since 1970; null: up to the last row. */
  readonly asOf: number | null;
}

/** The experiments that a command is about. */
export function selectExperiments(
  { project }: LoadedProject,
  keys: readonly string[],
): readonly Experiment[] {
  const known = new Map(project.experiments.map((experiment) => [experiment.key, experiment]));
  const unknown = keys.find((key) => !known.has(key));
  if (unknown !== undefined) {
    throw new UsageError(
      `there is no experiment ${unknown}; there are ${[...known.keys()].join(", ") || "none"}`,
    );
  }
  if (keys.length > 0) return [...new Set(keys)].map((key) => known.get(key)!);
  return project.experiments.filter(({ status }) => status !== "draft");
}

/** Opens the engine on the project's data, analyses, and tells problems on stderr. Ctrl-C stops the query and exits. */
export async function analyzeProject(
  loaded: LoadedProject,
  scope: Scope,
  terminal: Terminal,
): Promise<AnalysisResult> {
  const { root, project, plan, compilation } = loaded;
  const experiments = selectExperiments(loaded, scope.keys);
  if (experiments.length === 0) return { diagnostics: [], analyses: [] };
  const files = await findDataFiles(root, project);
  const record = await readPlanRecords(root, experiments, project.file);
  if (record.diagnostics.length > 0) tell(compilation.locate(record.diagnostics), compilation, terminal);
  const { analyze } = await import("../analyze.ts");
  const result = await withEngine(project, files, terminal, async (open) =>
    analyze({
      project,
      plan,
      experiments,
      files,
      ...open,
      asOf: scope.asOf,
      registrations: record.records,
      meta: { commit: await headCommit(root), toolVersion: packageVersion() },
    }),
  );
  const diagnostics = result.diagnostics.map((diagnostic) => withShortPath(diagnostic, root));
  if (diagnostics.length > 0) tell(compilation.locate(diagnostics), compilation, terminal);
  return { diagnostics, analyses: result.analyses.map((analysis) => withProvenance(analysis, root)) };
}

/** Names a file of the data as people do. */
export function withShortPath(diagnostic: Diagnostic, root: string): Diagnostic {
  const { file } = diagnostic.args;
  return typeof file === "string"
    ? { ...diagnostic, args: { ...diagnostic.args, file: displayPath(root, file) } }
    : diagnostic;
}

/** Files as people name them, and whether they were simulated. */
function withProvenance(analysis: Analysis, root: string): Analysis {
  const simulated = simulatedFiles(root);
  const sources = analysis.sources.map((source) => {
    const files = source.files.map((path) => displayPath(root, path));
    return { ...source, files, simulated: files.some((path) => simulated.has(path)) };
  });
  return { ...analysis, sources };
}
