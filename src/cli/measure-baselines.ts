import { join } from "node:path";
import type { BaselineReport } from "../baseline.ts";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import { describeDiagnostics } from "../diagnostics/json.ts";
import { withShortPath } from "./analyze-project.ts";
import { displayPath, findDataFiles } from "./data.ts";
import { EXIT, type ExitCode, UsageError } from "./exit.ts";
import { compileProject, hasErrors, type LoadedProject, tell } from "./load-project.ts";
import { replaceFile } from "./replace-file.ts";
import { simulatedFiles } from "./simulation-record.ts";
import type { Terminal } from "./terminal.ts";
import { unknownKey } from "./unknown-key.ts";
import { withEngine } from "./with-engine.ts";

export interface BaselineOptions {
  readonly cwd: string;
  readonly format: "pretty" | "json" | "markdown";
  readonly write?: boolean;
  /** ISO days. */
  readonly from?: string;
  readonly to?: string;
  /** Key of an event. */
  readonly entry?: string;
}

/** Measures what planning reckons with, prints it beside what the YAML says, and writes it there where asked. */
export async function measureBaselinesOf(
  keys: readonly string[],
  options: BaselineOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await load(options.cwd, terminal);
  if (!loaded) return EXIT.findings;
  const { root, project, compilation } = loaded;
  const { isDay, measureBaselines, unknownTarget } = await import("../baseline.ts");
  const unknown = unknownTarget(project, keys);
  if (unknown !== null) {
    const known = [...project.experiments, ...project.metrics].map(({ key }) => key);
    throw unknownKey("experiment or metric", unknown, known);
  }
  const { from = null, to = null, entry = null } = options;
  for (const day of [from, to])
    if (day !== null && !isDay(day))
      throw new UsageError(`${day} is no day; expected one such as 2026-10-01`);
  if (from !== null && to !== null && to < from) throw new UsageError("--to is before --from");
  if (entry !== null && !project.events.some(({ key }) => key === entry))
    throw new UsageError(`--entry: project.yaml declares no event ${entry}`);
  const files = await findDataFiles(root, project);
  const result = await withEngine(loaded, files, terminal, (open) =>
    measureBaselines({ project, keys, files, period: { from, to }, entry, ...open }),
  );
  const found = result.diagnostics.map((diagnostic) => withShortPath(diagnostic, root));
  if (!result.report) {
    tell(compilation.locate(found), compilation, terminal);
    return EXIT.findings;
  }
  const wrote = options.write ? await write(loaded, result.report) : null;
  const diagnostics = [...compilation.locate([...found, ...(wrote?.diagnostics ?? [])])];
  if (diagnostics.length > 0) tell(diagnostics, compilation, terminal);
  await print(loaded, result.report, wrote?.written ?? null, diagnostics, options, terminal);
  const after = wrote && wrote.written.length > 0 ? await tellNew(loaded, terminal) : [];
  return hasErrors([...diagnostics, ...after]) ? EXIT.findings : EXIT.done;
}

/** The project, or null after telling its errors. That a plan is missing or too long is what measuring may mend. */
async function load(cwd: string, terminal: Terminal): Promise<MeasuredProject | null> {
  const { root, compilation } = await compileProject(cwd);
  const { project, diagnostics } = compilation;
  const serious = diagnostics.filter(
    ({ code, severity }) => severity !== "note" && !code.startsWith("plan/"),
  );
  if (serious.length > 0) tell(serious, compilation, terminal);
  return project && !hasErrors(serious) ? { root, project, compilation } : null;
}

type MeasuredProject = Pick<LoadedProject, "root" | "project" | "compilation">;

async function write({ root, compilation }: MeasuredProject, report: BaselineReport) {
  const { writeBaselines } = await import("../baseline.ts");
  const result = writeBaselines(report, compilation.texts);
  for (const [file, text] of result.texts) replaceFile(join(root, file), compilation.texts.get(file)!, text);
  return result;
}

/** What the files say wrong now and did not before: a trial may be too short for what was measured. */
async function tellNew(
  { root, compilation }: MeasuredProject,
  terminal: Terminal,
): Promise<readonly LocatedDiagnostic[]> {
  const { compilation: after } = await compileProject(root);
  const nameOf = ({ code, place }: LocatedDiagnostic) => `${code} ${place.file}`;
  const before = new Set(compilation.diagnostics.map(nameOf));
  const fresh = after.diagnostics.filter((each) => each.severity !== "note" && !before.has(nameOf(each)));
  if (fresh.length > 0) {
    terminal.log("with what was written:");
    tell(fresh, after, terminal);
  }
  return fresh;
}

async function print(
  { root, compilation }: MeasuredProject,
  measured: BaselineReport,
  written: readonly { readonly file: string; readonly path: readonly string[] }[] | null,
  diagnostics: readonly LocatedDiagnostic[],
  { format }: BaselineOptions,
  terminal: Terminal,
): Promise<void> {
  const own = simulatedFiles(root);
  const sources = measured.sources.map((source) => {
    const paths = source.files.map((path) => displayPath(root, path));
    return { ...source, files: paths, simulated: paths.some((path) => own.has(path)) };
  });
  if (format === "json") {
    const described = describeDiagnostics(diagnostics, compilation.texts);
    const whole = { formatVersion: 1, ...measured, sources, written, diagnostics: described };
    return terminal.print(JSON.stringify(whole, null, 2));
  }
  const { renderBaselines, renderBaselinesMarkdown } = await import("../report.ts");
  const simulated = sources.flatMap(({ source, simulated: made }) => (made ? [source] : []));
  const rendering = { now: Date.now(), simulated, written };
  terminal.print(
    format === "markdown"
      ? renderBaselinesMarkdown(measured, rendering)
      : renderBaselines(measured, { ...rendering, color: terminal.color }),
  );
}
