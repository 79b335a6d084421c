import type { Span } from "./place.ts";

/** A place in a text as editors count: lines and columns from 1, columns in UTF-16 units. A byte order mark has no column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The offsets at which the lines of a text begin. Lines end in LF or CRLF. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [text.startsWith("\u{feff}") ? 1 : 0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The position of an offset; offsets beyond the text fall to its end. */
export function positionAt(text: string, lineStarts: readonly number[], offset: number): Position {
  const at = Math.min(Math.max(offset, lineStarts[0] ?? 0), text.length);
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (lineStarts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - lineStarts[low]! + 1 };
}

/** Where a span begins and where it ends, exclusive. */
export function rangeOf(text: string, lineStarts: readonly number[], span: Span) {
  return {
    start: positionAt(text, lineStarts, span.start),
    end: positionAt(text, lineStarts, Math.max(span.start, span.end)),
  };
}

/** A line's text without its ending. */
export function lineAt(text: string, lineStarts: readonly number[], line: number): string {
  const next = lineStarts[line];
  const end = next === undefined ? text.length : next - 1;
  return text.slice(lineStarts[line - 1], text[end - 1] === "\r" ? end - 1 : end);
}
