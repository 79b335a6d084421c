import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Analysis, AnalysisResult } from "../analyze.ts";
import type { Experiment } from "../compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { displayPath, findDataFiles, foldersOf } from "./data.ts";
import { UsageError } from "./exit.ts";
import { headCommit } from "./git.ts";
import { type LoadedProject, tell } from "./load-project.ts";
import { packageVersion } from "./package.ts";
import { readPlanRecords } from "./plan-records.ts";
import { openProgressLine } from "./progress-line.ts";
import { simulatedFiles } from "./simulation-record.ts";
import type { Terminal } from "./terminal.ts";

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
  const [{ analyze }, { openDuckdb }] = await Promise.all([
    import("../analyze.ts"),
    import("../warehouse/duckdb.ts"),
  ]);
  const progress = openProgressLine(terminal);
  const connection = await openDuckdb({
    timezone: project.timezone,
    allowedDirectories: foldersOf(files),
    temporaryDirectory: join(tmpdir(), `fairtrial-${process.pid}`),
  });
  let stage = "opening the engine";
  const engine = {
    run: (statement: Parameters<typeof connection.run>[0]) =>
      connection.run(statement, ({ share, rows }) =>
        progress.show({ stage, share, ...(rows ? { detail: `${rows.toLocaleString("en")} rows` } : {}) }),
      ),
  };
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    connection.interrupt();
  };
  process.once("SIGINT", interrupt);
  try {
    const result = await analyze({
      project,
      plan,
      experiments,
      files,
      engine,
      asOf: scope.asOf,
      registrations: record.records,
      meta: { commit: await headCommit(root), toolVersion: packageVersion() },
      onStage: (next) => {
        stage = next;
        progress.show({ stage });
      },
    });
    progress.clear();
    const diagnostics = result.diagnostics.map((diagnostic) => withShortPath(diagnostic, root));
    if (diagnostics.length > 0) tell(compilation.locate(diagnostics), compilation, terminal);
    return { diagnostics, analyses: result.analyses.map((analysis) => withProvenance(analysis, root)) };
  } catch (error) {
    progress.clear();
    if (interrupted) process.exit(130);
    throw error;
  } finally {
    process.removeListener("SIGINT", interrupt);
    await connection.close();
  }
}

function withShortPath(diagnostic: Diagnostic, root: string): Diagnostic {
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
