import type { Fix, LocatedDiagnostic } from "./diagnostic.ts";
import { inReadingOrder } from "./order.ts";
import type { Span } from "./place.ts";

/** An edit of a text: what stands in the span gives way to `text`. */
interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Mended {
  /** The new texts, of the files that change only. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was mended, in reading order. */
  readonly applied: readonly { readonly diagnostic: LocatedDiagnostic; readonly fix: Fix }[];
}

/**
 * Applies the fixes that have one right answer, the first such of each diagnostic. A fix is applied whole or not at
 * all; one that would touch what an earlier one changes is left for another round. All other text stays as it is.
 */
export function applyFixes(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
): Mended {
  const accepted = new Map<string, Edit[]>();
  const applied = inReadingOrder(diagnostics).flatMap((diagnostic) => {
    const fix = diagnostic.fixes.find(({ automatic }) => automatic);
    const edits = fix?.edits.map(({ place, text }) => ({ file: place.file, span: place.span, text }));
    const possible = edits?.every(
      ({ file, span }) =>
        span !== undefined &&
        sources.has(file) &&
        !accepted.get(file)?.some((other) => touch(span, other.span)),
    );
    if (fix === undefined || edits === undefined || !possible) return [];
    for (const { file, span, text } of edits) {
      accepted.set(file, [...(accepted.get(file) ?? []), { span: span!, text }]);
    }
    return [{ diagnostic, fix }];
  });
  const texts = new Map([...accepted].map(([file, edits]) => [file, replaceAll(sources.get(file)!, edits)]));
  return { texts, applied };
}

/** Overlapping, or beside each other: two insertions at one place have no order. */
function touch(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function replaceAll(source: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.span.start - one.span.start)
    .reduce((text, { span, text: put }) => text.slice(0, span.start) + put + text.slice(span.end), source);
}
