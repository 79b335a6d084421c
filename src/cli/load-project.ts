import type { Compilation, Plan, Project } from "../compile.ts";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import { renderPretty } from "../diagnostics/pretty.ts";
import type { Compiled } from "../recall.ts";
import { findRoot, readProjectFiles } from "./project-files.ts";
import { openOutcomes, openProjectReader } from "./project-reader.ts";
import type { Terminal } from "./terminal.ts";

/** A project without errors, ready for what comes after compiling. */
export interface PlannedProject {
  readonly root: string;
  readonly project: Project;
  readonly plan: Plan;
}

export interface LoadedProject extends PlannedProject {
  readonly compilation: Compilation;
}

/** Reads and compiles the project around `cwd`. */
export async function compileProject(cwd: string): Promise<{ root: string; compilation: Compilation }> {
  const root = findRoot(cwd);
  return { root, compilation: await compileFiles(root, readProjectFiles(root)) };
}

/** The same for who asks no more than most: where a run before this one found it out about the same files, at once. */
export async function recallProject(cwd: string): Promise<{ root: string; compilation: Compiled }> {
  const root = findRoot(cwd);
  const files = readProjectFiles(root);
  const outcomes = await openOutcomes(root, files.length);
  const known = outcomes?.read(files);
  if (known) return { root, compilation: (await import("../recall.ts")).recall(files, known) };
  const compilation = await compileFiles(root, files);
  const { project, diagnostics } = compilation;
  if (project && !hasErrors(diagnostics)) outcomes?.save(files, { project, diagnostics });
  return { root, compilation };
}

async function compileFiles(root: string, files: ReturnType<typeof readProjectFiles>): Promise<Compilation> {
  const reader = await openProjectReader(root, files.length);
  const { compile } = await import("../compile.ts");
  const compilation = compile(files, reader.read);
  reader.save();
  return compilation;
}

/** The compiled project, or null after telling its errors on stderr. Warnings are told and do not stop. */
export async function loadProject(cwd: string, terminal: Terminal): Promise<LoadedProject | null> {
  const { root, compilation } = await compileProject(cwd);
  const sound = tellSoundness(compilation, terminal);
  return sound && { root, ...sound, compilation };
}

/** The same for who asks for no more than the project and its plan. */
export async function loadPlan(cwd: string, terminal: Terminal): Promise<PlannedProject | null> {
  const { root, compilation } = await recallProject(cwd);
  const sound = tellSoundness(compilation, terminal);
  return sound && { root, ...sound };
}

function tellSoundness(compilation: Compiled, terminal: Terminal) {
  const { project, plan, diagnostics } = compilation;
  const serious = diagnostics.filter(({ severity }) => severity !== "note");
  if (serious.length > 0) tell(serious, compilation, terminal);
  return project && plan && !hasErrors(diagnostics) ? { project, plan } : null;
}

/** Prints diagnostics with code frames on stderr. */
export function tell(
  diagnostics: readonly LocatedDiagnostic[],
  { texts }: Pick<Compilation, "texts">,
  terminal: Terminal,
): void {
  terminal.log(renderPretty(diagnostics, texts, { color: terminal.color }));
}

export function hasErrors(diagnostics: readonly { readonly severity: string }[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
