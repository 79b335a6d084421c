import type { ChangeCompilation, Population } from "../compile-change.ts";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import { renderGithub } from "../diagnostics/github.ts";
import { describeDiagnostics, renderJson } from "../diagnostics/json.ts";
import { renderPretty } from "../diagnostics/pretty.ts";
import type { ChangeReport } from "../report.ts";
import { type BaseProject, readBaseProject } from "./base-project.ts";
import type { ChangeFormat } from "./change-format.ts";
import { EXIT, type ExitCode } from "./exit.ts";
import { type Output, writeOutputs } from "./output-option.ts";
import { findRoot, readProjectFiles } from "./project-files.ts";
import { openProjectReader } from "./project-reader.ts";
import { folderInRepository } from "./repository-folder.ts";
import type { Terminal } from "./terminal.ts";

export interface ChangeOptions {
  readonly cwd: string;
  readonly format: ChangeFormat;
  readonly output: readonly Output<ChangeFormat>[];
  readonly base: string;
  readonly detailedExitcode?: boolean;
}

/** Compares the work tree with the base, and prints what merging would do. */
export async function planChangeFrom(
  { cwd, format, output, base: ref, detailedExitcode }: ChangeOptions,
  population: Population,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = findRoot(cwd);
  const head = readProjectFiles(root);
  const base = await readBaseProject(root, ref, head);
  if ("code" in base) {
    const located = [{ ...base, place: { ...base.place, span: { start: 0, end: 0 } } }];
    if (format === "json") terminal.print(renderJson(located, new Map()));
    else terminal.log(renderPretty(located, new Map(), { color: terminal.color }));
    return EXIT.findings;
  }
  const reader = await openProjectReader(root, head.length);
  const { compileChange } = await import("../compile-change.ts");
  const baseName = base.commit.slice(0, 7);
  const compiled = compileChange({ head, base: base.files, baseName }, population, reader.read);
  reader.save();
  const found = [
    ...compiled.head.diagnostics.filter(({ severity }) => severity === "error"),
    ...compiled.diagnostics,
  ];
  const render = await renderersOf({ compiled, base, found, folder: folderInRepository(root) });
  writeOutputs(cwd, output, (form) => render(form, false));
  if ((format === "pretty" || format === "markdown") && found.length > 0)
    terminal.log(renderPretty(found, compiled.texts, { color: terminal.color }));
  const text = render(format, terminal.color);
  if (text !== "") terminal.print(text);
  const { verdictOf } = await import("../report.ts");
  const verdict = verdictOf(reportOf(compiled, base, found));
  if (verdict === "broken" || verdict === "refused") return EXIT.findings;
  return detailedExitcode && verdict !== "none" ? EXIT.changes : EXIT.done;
}

interface Rendered {
  readonly compiled: ChangeCompilation;
  readonly base: BaseProject;
  /** Errors of the head and judgements on the change. */
  readonly found: readonly LocatedDiagnostic[];
  /** The project's, below that of its repository. */
  readonly folder: string;
}

/** The text of each form. */
async function renderersOf({
  compiled,
  base,
  found,
  folder,
}: Rendered): Promise<(format: ChangeFormat, color: boolean) => string> {
  const { renderChange, renderChangeMarkdown, summaryLine, verdictOf } = await import("../report.ts");
  const report = reportOf(compiled, base, found);
  return (format, color) => {
    if (format === "markdown") return renderChangeMarkdown(report);
    if (format === "github") return renderGithub(found, compiled.texts, { folder });
    if (format === "pretty") return renderChange(report, { color });
    const diagnostics = describeDiagnostics(found, compiled.texts);
    const { change, stops } = compiled;
    const whole = {
      formatVersion: 1,
      base: report.base,
      verdict: verdictOf(report),
      summary: change && summaryLine(change, report.stops),
      stops,
      change,
      diagnostics,
    };
    return JSON.stringify(whole, null, 2);
  };
}

function reportOf(
  { change, stops, errors, head, texts }: ChangeCompilation,
  { ref, commit }: BaseProject,
  found: readonly LocatedDiagnostic[],
): ChangeReport {
  const all = head.diagnostics.filter(({ severity }) => severity === "error").length;
  const diagnostics = describeDiagnostics(found, texts);
  const blocking = new Set<string>(errors.map(({ code, place }) => `${code} ${place.file}`));
  return {
    change,
    base: { ref, commit },
    remarks: diagnostics.filter(
      ({ code, file, severity }) =>
        severity !== "error" || code.startsWith("change/") || blocking.has(`${code} ${file}`),
    ),
    errors: errors.length,
    errorsElsewhere: all - errors.length,
    stops,
  };
}
