import { check } from "./check/check.ts";
import { rules } from "./check/rules.ts";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostics/diagnostic.ts";
import { reportRefused, reportUnused, suppress } from "./diagnostics/suppression.ts";
import type { Project } from "./model/project.ts";
import { plan } from "./plan/make-plan.ts";
import type { Plan } from "./plan/plan.ts";
import { resolve } from "./resolve/resolve.ts";
import { locate } from "./syntax/locate.ts";
import { type Reading, readDeclarations, type SourceFile } from "./syntax/read-declarations.ts";
import { readFile } from "./syntax/read-file.ts";
import { readSuppressions } from "./syntax/read-suppressions.ts";

export interface Compilation {
  /** Null when `project.yaml` cannot be read; experiments with problems of reference are not in it. */
  readonly project: Project | null;
  readonly plan: Plan | null;
  /** Without what comments in the files suppress. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The texts that were read, by path, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  readonly reading: Reading;
  /** Finds the places of diagnostics that later stages make about these files, and leaves out the suppressed. */
  locate(diagnostics: readonly Diagnostic[]): readonly LocatedDiagnostic[];
}

/**
 * The first flow: files → declarations → project → plan, with every problem of every file. Pure.
 *
 * @param readOne Reads one file; another than the default may know it already.
 */
export function compile(files: readonly SourceFile[], readOne: typeof readFile = readFile): Compilation {
  const read = readDeclarations(files, readOne);
  const resolved = resolve(read.declarations);
  const planned = resolved.project && plan(resolved.project);
  const judged = resolved.project && planned ? check(resolved.project, planned) : [];
  const { suppressions, diagnostics: malformed } = readSuppressions(read.texts);
  const settle = (diagnostics: readonly Diagnostic[]) =>
    suppress(locate(diagnostics, read.trees), suppressions, read.texts);
  const found = settle([...read.diagnostics, ...resolved.diagnostics, ...judged, ...malformed]);
  const unused = found.diagnostics.some(({ severity }) => severity === "error") ? [] : found.unused;
  return {
    project: resolved.project,
    plan: planned,
    diagnostics: [
      ...found.diagnostics,
      ...found.refused.map(reportRefused),
      ...unused.filter(({ code }) => ruled.has(code)).map(reportUnused),
    ],
    texts: read.texts,
    reading: read,
    locate: (diagnostics) => settle(diagnostics).diagnostics,
  };
}

/** Codes that compiling would have told. Others may come of a later stage. */
const ruled: ReadonlySet<string> = new Set(rules.flatMap(({ codes }) => codes));

export { formatRange, freeRanges } from "./check/range.ts";
export { emit } from "./emit/emit.ts";
export type { Experiment } from "./model/experiment.ts";
export { manifestEntry } from "./model/manifest.ts";
export type { Metric } from "./model/metric.ts";
export { traceAssignment } from "./plan/trace-assignment.ts";
export type { Attributes } from "./runtime/targeting.ts";
export { formatYaml } from "./syntax/format-yaml.ts";
export { type FileReading, readFile } from "./syntax/read-file.ts";
export type { Plan, Project, SourceFile };
