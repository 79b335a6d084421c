import type { LocatedDiagnostic } from "./diagnostic.ts";

/** By file, then by place: a reader walks each file once, from top to bottom. */
export function inReadingOrder(diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.place.file, b.place.file) ||
      a.place.span.start - b.place.span.start ||
      compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
