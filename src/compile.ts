import { check, type Judgement } from "./check/check.ts";
import { rules } from "./check/rules.ts";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostics/diagnostic.ts";
import { foremost } from "./diagnostics/foremost.ts";
import { reportRefused, reportUnused, suppress } from "./diagnostics/suppression.ts";
import type { Project } from "./model/project.ts";
import { type Planned, plan } from "./plan/make-plan.ts";
import type { Plan } from "./plan/plan.ts";
import { type Resolution, resolve } from "./resolve/resolve.ts";
import { locate } from "./syntax/locate.ts";
import { type Reading, readDeclarations, type SourceFile } from "./syntax/read-declarations.ts";
import { createReader, type ReadFile } from "./syntax/read-file.ts";
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
  readonly resolution: Resolution;
  readonly judgement: Judgement | null;
  /** Finds the places of diagnostics that later stages make about these files, and leaves out the suppressed. */
  locate(diagnostics: readonly Diagnostic[]): readonly LocatedDiagnostic[];
}

/**
 * The first flow: files → declarations → project → plan, with every problem of every file. Pure.
 *
 * @param readOne Reads one file; another than the default may know it already.
 * @param before Of nearly the same files, read by the same reader: saves the work that was done for it already.
 */
export function compile(
  files: readonly SourceFile[],
  readOne: ReadFile = createReader(),
  before: Compilation | null = null,
): Compilation {
  const read = readDeclarations(files, readOne);
  const resolved = resolve(read.declarations, before?.resolution);
  const planned = resolved.project && plan(resolved.project, plannedOf(before));
  const judgement = resolved.project && planned ? check(resolved.project, planned, before?.judgement) : null;
  const { suppressions, diagnostics: malformed } = readSuppressions(read.texts);
  const settle = (diagnostics: readonly Diagnostic[]) =>
    suppress(locate(diagnostics, read.trees), suppressions, read.texts);
  const found = settle([
    ...read.diagnostics,
    ...resolved.diagnostics,
    ...(judgement?.findings.flat() ?? []),
    ...malformed,
  ]);
  const unused = found.diagnostics.some(({ severity }) => severity === "error") ? [] : found.unused;
  return {
    project: resolved.project,
    plan: planned,
    diagnostics: foremost([
      ...found.diagnostics,
      ...found.refused.map(reportRefused),
      ...unused.filter(({ code }) => ruled.has(code)).map(reportUnused),
    ]),
    texts: read.texts,
    reading: read,
    resolution: resolved,
    judgement,
    locate: (diagnostics) => foremost(settle(diagnostics).diagnostics),
  };
}

function plannedOf(before: Compilation | null): Planned | null {
  return before?.project && before.plan ? { project: before.project, plan: before.plan } : null;
}

/** Codes that compiling would have told. Others may come of a later stage. */
const ruled: ReadonlySet<string> = new Set(rules.flatMap(({ codes }) => codes));

export { formatRange, freeRanges } from "./check/range.ts";
export { type Emission, emit, emitAfter } from "./emit/emit.ts";
export type { Experiment } from "./model/experiment.ts";
export { eventsOf } from "./model/experiment-metrics.ts";
export { manifestEntry } from "./model/manifest.ts";
export type { Metric } from "./model/metric.ts";
export { traceAssignment } from "./plan/trace-assignment.ts";
export type { Attributes } from "./runtime/targeting.ts";
export { formatYaml } from "./syntax/format-yaml.ts";
export { createReader, type FileReading, type ReadFile } from "./syntax/read-file.ts";
export { type ReadValue, rememberEntries } from "./syntax/remember-entries.ts";
export { reviveValue } from "./syntax/revive-value.ts";
export type { Plan, Project, SourceFile };
