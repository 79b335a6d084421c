import type { Span } from "./place.ts";
import { lineAt, rangeOf } from "./position.ts";
import { visible, widthOf } from "./visible-text.ts";

/** A line of source with a mark under a span. */
export interface Frame {
  readonly line: number;
  readonly column: number;
  /** The line as it can be shown; of a long one, the part around the span. */
  readonly source: string;
  /** Spaces and marks: `    ^^^^^`. */
  readonly marks: string;
}

const BEFORE = 60;
const AFTER = 100;

/** The frame of a span. Of a span over several lines only the first is shown, marked to its end. `lineStarts` are those of the text. */
export function frame(text: string, lineStarts: readonly number[], span: Span, mark = "^"): Frame {
  const { start, end } = rangeOf(text, lineStarts, span);
  const line = lineAt(text, lineStarts, start.line);
  const from = Math.min(start.column - 1, line.length);
  const to = end.line > start.line ? line.trimEnd().length : Math.min(end.column - 1, line.length);

  const first = Math.max(0, from - BEFORE);
  const last = Math.min(line.length, from + AFTER);
  const lead = first > 0 ? "…" : "";
  const before = lead + visible(line.slice(first, from));
  const marked = visible(line.slice(from, Math.min(Math.max(to, from), last)));
  const after =
    visible(line.slice(Math.min(Math.max(to, from), last), last)) + (last < line.length ? "…" : "");
  return {
    line: start.line,
    column: start.column,
    source: (before + marked + after).trimEnd(),
    marks: " ".repeat(widthOf(before)) + mark.repeat(Math.max(1, widthOf(marked))),
  };
}
