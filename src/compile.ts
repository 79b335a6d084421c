import { check } from "./check/check.ts";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostics/diagnostic.ts";
import type { Project } from "./model/project.ts";
import { plan } from "./plan/make-plan.ts";
import type { Plan } from "./plan/plan.ts";
import { resolve } from "./resolve/resolve.ts";
import { locate } from "./syntax/locate.ts";
import { readDeclarations, type SourceFile } from "./syntax/read-declarations.ts";

export interface Compilation {
  /** Null when `project.yaml` cannot be read; experiments with problems of reference are not in it. */
  readonly project: Project | null;
  readonly plan: Plan | null;
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The texts that were read, by path, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** Finds the places of diagnostics that later stages make about these files. */
  locate(diagnostics: readonly Diagnostic[]): readonly LocatedDiagnostic[];
}

/** The first flow: files → declarations → project → plan, with every problem of every file. Pure. */
export function compile(files: readonly SourceFile[]): Compilation {
  const read = readDeclarations(files);
  const resolved = resolve(read.declarations);
  const planned = resolved.project && plan(resolved.project);
  const judged = resolved.project && planned ? check(resolved.project, planned) : [];
  const find = (diagnostics: readonly Diagnostic[]) => locate(diagnostics, read.trees);
  return {
    project: resolved.project,
    plan: planned,
    diagnostics: find([...read.diagnostics, ...resolved.diagnostics, ...judged]),
    texts: read.texts,
    locate: find,
  };
}

export { emit } from "./emit/emit.ts";
export type { Experiment } from "./model/experiment.ts";
export type { Plan, Project, SourceFile };
