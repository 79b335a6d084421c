import type { Compilation, Plan, Project } from "../compile.ts";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import { renderPretty } from "../diagnostics/pretty.ts";
import { findRoot, readProjectFiles } from "./project-files.ts";
import { openProjectReader } from "./project-reader.ts";
import type { Terminal } from "./terminal.ts";

/** A project without errors, ready for what comes after compiling. */
export interface LoadedProject {
  readonly root: string;
  readonly project: Project;
  readonly plan: Plan;
  readonly compilation: Compilation;
}

/** Reads and compiles the project around `cwd`. */
export async function compileProject(cwd: string): Promise<{ root: string; compilation: Compilation }> {
  const root = findRoot(cwd);
  const files = readProjectFiles(root);
  const reader = await openProjectReader(root, files.length);
  const { compile } = await import("../compile.ts");
  const compilation = compile(files, reader.read);
  reader.save();
  return { root, compilation };
}

/** The compiled project, or null after telling its errors on stderr. Warnings are told and do not stop. */
export async function loadProject(cwd: string, terminal: Terminal): Promise<LoadedProject | null> {
  const { root, compilation } = await compileProject(cwd);
  const { project, plan, diagnostics } = compilation;
  const serious = diagnostics.filter(({ severity }) => severity !== "note");
  if (serious.length > 0) tell(serious, compilation, terminal);
  if (!project || !plan || hasErrors(diagnostics)) return null;
  return { root, project, plan, compilation };
}

/** Prints diagnostics with code frames on stderr. */
export function tell(
  diagnostics: readonly LocatedDiagnostic[],
  compilation: Compilation,
  terminal: Terminal,
): void {
  terminal.log(renderPretty(diagnostics, compilation.texts, { color: terminal.color }));
}

export function hasErrors(diagnostics: readonly { readonly severity: string }[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
