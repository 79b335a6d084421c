import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { renderPretty } from "../diagnostics/pretty.ts";
import { readProjectAt } from "./base-project.ts";
import { hasErrors, type LoadedProject, tell } from "./load-project.ts";
import { readProjectFiles } from "./project-files.ts";
import { openProjectReader } from "./project-reader.ts";
import type { Terminal } from "./terminal.ts";

/** A project as it stood at a commit. */
export interface CommittedProject extends LoadedProject {
  readonly commit: string;
}

/** The project as it stood at a commit, from git's objects; null after telling why it cannot be read. Warnings are old news. */
export async function loadProjectAt(
  root: string,
  ref: string,
  terminal: Terminal,
): Promise<CommittedProject | null> {
  const head = readProjectFiles(root);
  const found = await readProjectAt(root, ref, head);
  if ("code" in found) {
    tellUnlocated(found, terminal);
    return null;
  }
  const reader = await openProjectReader(root, found.files.length);
  const { compile } = await import("../compile.ts");
  const compilation = compile(found.files, reader.read);
  const { project, plan, diagnostics } = compilation;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) tell(errors, compilation, terminal);
  if (!project || !plan || hasErrors(diagnostics)) return null;
  return { root, project, plan, compilation, commit: found.commit };
}

/** Tells what is about no place in a file. */
function tellUnlocated(diagnostic: Diagnostic, terminal: Terminal): void {
  const located = { ...diagnostic, place: { ...diagnostic.place, span: { start: 0, end: 0 } } };
  terminal.log(renderPretty([located], new Map(), { color: terminal.color }));
}
