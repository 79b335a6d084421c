import { diagnose } from "./diagnose.ts";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostic.ts";

const MOST = 100;
const SEVERITIES = ["error", "warning", "note"] as const;

/**
 * Of every file as many problems as anybody reads, errors before warnings, with a note where there are more: a
 * file that was generated wrongly can have a hundred thousand. The order stays.
 */
export function foremost<Found extends Diagnostic>(
  diagnostics: readonly Found[],
): readonly (Found | LocatedDiagnostic)[] {
  if (diagnostics.length <= MOST) return diagnostics;
  const byFile = new Map<string, Found[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.code === "file/more-problems") continue;
    const own = byFile.get(diagnostic.place.file);
    if (own === undefined) byFile.set(diagnostic.place.file, [diagnostic]);
    else own.push(diagnostic);
  }
  const crowded = [...byFile].filter(([, own]) => own.length > MOST);
  if (crowded.length === 0) return diagnostics;
  const files = new Set(crowded.map(([file]) => file));
  const shown = new Set(crowded.flatMap(([, own]) => bySeverity(own).slice(0, MOST)));
  return [
    ...diagnostics.filter((diagnostic) => !files.has(diagnostic.place.file) || shown.has(diagnostic)),
    ...[...files].map(more),
  ];
}

function bySeverity<Found extends Diagnostic>(diagnostics: readonly Found[]): readonly Found[] {
  return SEVERITIES.flatMap((severity) => diagnostics.filter((found) => found.severity === severity));
}

function more(file: string): LocatedDiagnostic {
  const place = { file, span: { start: 0, end: 0 } };
  return { ...diagnose("file/more-problems", place, { shown: MOST }), place };
}
