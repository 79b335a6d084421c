import type { Code } from "./catalog.ts";
import { diagnose } from "./diagnose.ts";
import type { LocatedDiagnostic } from "./diagnostic.ts";
import type { Place, Span } from "./place.ts";
import { lineStartsOf, positionAt } from "./position.ts";

/** A comment that takes a warning or a note of one line away. */
export interface Suppression {
  readonly code: Code;
  readonly reason: string;
  readonly place: Place & { readonly span: Span };
  /** The line that it speaks of, from 1; null where none follows. */
  readonly line: number | null;
  /** What to take out of the text when it is not needed any more. */
  readonly removal: Span;
}

interface Suppressed {
  /** Those that remain. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The suppressions that met nothing. */
  readonly unused: readonly Suppression[];
  /** Those that met an error, which remains. */
  readonly refused: readonly Suppression[];
}

/** Takes away the warnings and notes whose code is suppressed on the line where they begin. Errors remain. */
export function suppress(
  diagnostics: readonly LocatedDiagnostic[],
  suppressions: readonly Suppression[],
  texts: ReadonlyMap<string, string>,
): Suppressed {
  if (suppressions.length === 0) return { diagnostics, unused: [], refused: [] };
  const wanted = new Map<string, Suppression>();
  for (const suppression of suppressions) {
    const key = keyOf(suppression.place.file, suppression.line, suppression.code);
    if (!wanted.has(key)) wanted.set(key, suppression);
  }
  const lineStarts = new Map<string, readonly number[]>();
  const used = new Set<Suppression>();
  const refused = new Set<Suppression>();
  const remaining = diagnostics.filter(({ code, place, severity }) => {
    const text = texts.get(place.file) ?? "";
    const starts = lineStarts.get(place.file) ?? lineStartsOf(text);
    lineStarts.set(place.file, starts);
    const { line } = positionAt(text, starts, place.span.start);
    const suppression = wanted.get(keyOf(place.file, line, code));
    if (suppression === undefined) return true;
    (severity === "error" ? refused : used).add(suppression);
    return severity === "error";
  });
  return {
    diagnostics: remaining,
    unused: suppressions.filter((suppression) => !used.has(suppression) && !refused.has(suppression)),
    refused: [...refused],
  };
}

/** The warning that a comment suppresses nothing; its fix removes the comment. */
export function reportUnused({ code, place, removal }: Suppression): LocatedDiagnostic {
  const edits = [{ place: { file: place.file, span: removal }, text: "" }];
  const fixes = [{ title: "remove the comment", edits, automatic: true }];
  return { ...diagnose("suppression/unused", place, { code }, { fixes }), place };
}

/** The warning that a comment cannot suppress an error. */
export function reportRefused({ code, place }: Suppression): LocatedDiagnostic {
  return { ...diagnose("suppression/of-error", place, { code }), place };
}

function keyOf(file: string, line: number | null, code: string): string {
  return `${code} ${line} ${file}`;
}
