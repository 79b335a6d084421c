import type { Analysis } from "../analyze.ts";
import type { Diagnostic, LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import { type AnalysisRun, type AnalysisScope, planRuns } from "./analysis-runs.ts";
import { displayPath, findDataFiles } from "./data.ts";
import { hasErrors, type LoadedProject, tell } from "./load-project.ts";
import { packageVersion } from "./package.ts";
import { readPlanRecords } from "./plan-records.ts";
import { simulatedFiles } from "./simulation-record.ts";
import type { Terminal } from "./terminal.ts";
import { type OpenEngine, withEngine } from "./with-engine.ts";

/** What of the data is analysed, and how. */
export interface AnalysisOptions extends AnalysisScope {
  /** ISO days between which units are first exposed; null: no bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** Wraps the engine, to see what is asked of it. */
  readonly watch?: (open: OpenEngine) => OpenEngine;
}

/** Everything that there is, by the plan in the files. */
export const WHOLE_TRIAL: AnalysisOptions = {
  keys: [],
  asOf: null,
  spec: null,
  iteration: null,
  from: null,
  to: null,
};

export interface ProjectAnalyses {
  /** In the order asked for. */
  readonly analyses: readonly Analysis[];
  /** What was told, with the texts that it is about: another version of the project has others. */
  readonly told: readonly Told[];
  /** Whether an error is among it, or the plan asked for cannot be read. */
  readonly failed: boolean;
}

interface Told {
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Opens the engine on the project's data, analyses, and tells problems on stderr. Ctrl-C stops the query and exits. */
export async function analyzeProject(
  loaded: LoadedProject,
  options: AnalysisOptions,
  terminal: Terminal,
): Promise<ProjectAnalyses> {
  const planned = await planRuns(loaded, options, terminal);
  if (planned === null) return { analyses: [], told: [], failed: true };
  const told: Told[] = [];
  const report = ({ compilation }: LoadedProject, diagnostics: readonly Diagnostic[]) => {
    if (diagnostics.length === 0) return;
    const located = compilation.locate(diagnostics);
    tell(located, compilation, terminal);
    told.push({ diagnostics: located, texts: compilation.texts });
  };
  report(loaded, planned.diagnostics);
  const analyses: Analysis[] = [];
  for (const run of planned.runs) {
    const result = await analyzeRun(run, options, terminal);
    report(run.loaded, result.diagnostics);
    analyses.push(...result.analyses);
  }
  const order = (analysis: Analysis) => planned.keys.indexOf(analysis.experiment);
  return {
    analyses: analyses.sort((a, b) => order(a) - order(b)),
    told,
    failed: told.some(({ diagnostics }) => hasErrors(diagnostics)),
  };
}

async function analyzeRun(run: AnalysisRun, { from, to, watch }: AnalysisOptions, terminal: Terminal) {
  const { root, project, plan } = run.loaded;
  const files = await findDataFiles(root, project);
  const record = await readPlanRecords(root, run.experiments, project.file, run.history);
  const { analyze } = await import("../analyze.ts");
  const result = await withEngine(
    run.loaded,
    files,
    terminal,
    async (open) =>
      analyze({
        project,
        plan,
        experiments: run.experiments,
        files,
        ...(watch?.(open) ?? open),
        asOf: run.asOf,
        exposedOn: from === null && to === null ? null : { from, to },
        registrations: record.records,
        meta: { commit: run.commit, toolVersion: packageVersion() },
      }),
    run.experiments,
  );
  return {
    diagnostics: [
      ...record.diagnostics,
      ...result.diagnostics.map((diagnostic) => withShortPath(diagnostic, root)),
    ],
    analyses: result.analyses.map((analysis) => withProvenance(analysis, root)),
  };
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
