import type { LocatedDiagnostic } from "./diagnostic.ts";
import type { Severity } from "./words.ts";

/** By file, then by place: a reader walks each file once, from top to bottom. */
export function inReadingOrder(diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.place.file, b.place.file) ||
      a.place.span.start - b.place.span.start ||
      compare(a.code, b.code),
  );
}

/** Errors, then warnings, then notes, each in reading order; without those of which there are none. */
export function bySeverity(
  diagnostics: readonly LocatedDiagnostic[],
): readonly (readonly [Severity, readonly LocatedDiagnostic[]])[] {
  const ordered = inReadingOrder(diagnostics);
  return (["error", "warning", "note"] as const)
    .map((severity) => [severity, ordered.filter((diagnostic) => diagnostic.severity === severity)] as const)
    .filter(([, group]) => group.length > 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
