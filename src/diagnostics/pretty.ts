import type { LocatedDiagnostic } from "./diagnostic.ts";
import { type Frame, frame } from "./frame.ts";
import { inReadingOrder } from "./order.ts";
import type { Place } from "./place.ts";
import { lineStartsOf } from "./position.ts";
import type { RenderOptions } from "./renderer.ts";
import { visible } from "./visible-text.ts";
import { helpOf, messageOf } from "./wording.ts";
import type { Severity } from "./words.ts";

type PrettyOptions = Pick<RenderOptions, "color">;

/** Characters of a message that are shown: its words may quote a file. */
const LONGEST = 1_000;

type Paint = (style: keyof typeof styles, text: string) => string;

const styles = { bold: 1, red: 31, yellow: 33, cyan: 36, blue: 34, green: 32 };
const severityStyles = { error: "red", warning: "yellow", note: "cyan" } as const;

/**
 * Diagnostics for people, in reading order, each with a code frame, and a line that counts them. Empty for none.
 * `sources` holds the texts by file; a diagnostic of a file that is not in it has no frame.
 */
export function renderPretty(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
  options: PrettyOptions,
): string {
  if (diagnostics.length === 0) return "";
  const blocks = prettyBlocks(inReadingOrder(diagnostics), sources, options);
  return `${[...blocks, countSeverities(diagnostics)].join("\n\n")}\n`;
}

/** A block of lines for each diagnostic, in their order. */
export function prettyBlocks(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
  { color }: PrettyOptions,
): readonly string[] {
  const paint: Paint = (style, text) => (color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text);
  const frameOf = framesOf(sources);
  return diagnostics.map((diagnostic) => renderOne(diagnostic, frameOf, paint));
}

/** `2 errors, 1 warning`; empty for none. */
export function countSeverities(diagnostics: readonly { readonly severity: Severity }[]): string {
  const counts = (["error", "warning", "note"] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? null : `${count} ${severity}${count === 1 ? "" : "s"}`;
  });
  return counts.filter((count) => count !== null).join(", ");
}

type FrameOf = (place: Place, mark: string) => Frame | null;

function renderOne(diagnostic: LocatedDiagnostic, frameOf: FrameOf, paint: Paint): string {
  const { severity, code, place, related, fixes } = diagnostic;
  const style = severityStyles[severity];
  const parts = [
    { place, label: "", arrow: "-->", style, frame: frameOf(place, "^") },
    ...related.map(({ place, label }) => ({
      place,
      label,
      arrow: ":::",
      style: "blue" as const,
      frame: frameOf(place, "-"),
    })),
  ];
  const gutter = Math.max(...parts.map(({ frame }) => String(frame?.line ?? "").length));
  const margin = " ".repeat(gutter);
  const bar = paint("blue", "|");
  const advise = (text: string) => `${margin} ${paint("blue", "=")} ${paint("green", clean(text))}`;

  const help = helpOf(diagnostic);
  return [
    `${paint(style, `${severity}[${code}]`)}${paint("bold", `: ${clean(messageOf(diagnostic))}`)}`,
    ...parts.flatMap(({ place, label, arrow, style, frame }) => {
      const where = frame === null ? ":1:1" : `:${frame.line}:${frame.column}`;
      const heading = `${margin}${paint("blue", arrow)} ${clean(place.file)}${where}`;
      if (frame === null) return label === "" ? [heading] : [heading, advise(label)];
      return [
        heading,
        `${margin} ${bar}`,
        `${paint("blue", String(frame.line).padStart(gutter))} ${bar} ${frame.source}`.trimEnd(),
        `${margin} ${bar} ${paint(style, `${frame.marks} ${clean(label)}`.trimEnd())}`,
      ];
    }),
    ...(help === null ? [] : [advise(`help: ${help}`)]),
    ...fixes.filter(({ title }) => !help?.startsWith(title)).map(({ title }) => advise(`fix: ${title}`)),
  ].join("\n");
}

/** Frames of places; the lines of a file are looked for once. */
function framesOf(sources: ReadonlyMap<string, string>): FrameOf {
  const lineStarts = new Map<string, readonly number[]>();
  return ({ file, path, span }, mark) => {
    const text = sources.get(file);
    const wholeFile = path === undefined && span?.end === 0;
    if (text === undefined || span === undefined || wholeFile) return null;
    const starts = lineStarts.get(file) ?? lineStartsOf(text);
    lineStarts.set(file, starts);
    return frame(text, starts, span, mark);
  };
}

function clean(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
