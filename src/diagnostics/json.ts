import type { LocatedDiagnostic } from "./diagnostic.ts";
import { inReadingOrder } from "./order.ts";
import type { Place } from "./place.ts";
import { lineStartsOf, rangeOf } from "./position.ts";
import { printableJson } from "./printable-json.ts";
import { helpOf, messageOf } from "./wording.ts";

/** Where something is, for machines: lines and columns from 1, columns in UTF-16 units, the end exclusive. */
interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly help: string | null;
  readonly related: readonly (JsonPlace & { readonly label: string })[];
  readonly fixes: readonly {
    readonly title: string;
    readonly automatic: boolean;
    readonly edits: readonly (JsonPlace & { readonly text: string })[];
  }[];
}

/** What `validate --format json` prints. `formatVersion` rises when a reader of the old form would be misled. */
interface JsonReport {
  readonly formatVersion: 1;
  readonly diagnostics: readonly JsonDiagnostic[];
}

/** Diagnostics for machines, in reading order, as one JSON text that ends in a line feed. */
export function renderJson(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
): string {
  const report: JsonReport = { formatVersion: 1, diagnostics: describeDiagnostics(diagnostics, sources) };
  return printableJson(report);
}

/** Diagnostics with their words, lines and columns, in reading order. */
export function describeDiagnostics(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
): readonly JsonDiagnostic[] {
  const lineStarts = new Map([...sources].map(([file, text]) => [file, lineStartsOf(text)]));
  const placeOf = ({ file, span = { start: 0, end: 0 } }: Place): JsonPlace => {
    const { start, end } = rangeOf(sources.get(file) ?? "", lineStarts.get(file) ?? [0], span);
    return { file, ...start, endLine: end.line, endColumn: end.column };
  };
  return inReadingOrder(diagnostics).map((diagnostic) => ({
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: messageOf(diagnostic),
    help: helpOf(diagnostic),
    ...placeOf(diagnostic.place),
    related: diagnostic.related.map(({ place, label }) => ({ label, ...placeOf(place) })),
    fixes: diagnostic.fixes.map(({ title, automatic, edits }) => ({
      title,
      automatic,
      edits: edits.map(({ place, text }) => ({ text, ...placeOf(place) })),
    })),
  }));
}
