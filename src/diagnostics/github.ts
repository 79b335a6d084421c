import type { LocatedDiagnostic } from "./diagnostic.ts";
import { bySeverity } from "./order.ts";
import { lineStartsOf, rangeOf } from "./position.ts";
import type { RenderOptions } from "./renderer.ts";
import { visible } from "./visible-text.ts";
import { helpOf, messageOf } from "./wording.ts";

/** GitHub shows so many annotations of a level per step, and drops the rest without a word. */
const MOST_SHOWN = 10;
const LONGEST = 2_000;

const LEVELS = { error: "error", warning: "warning", note: "notice" } as const;

/**
 * Workflow commands of GitHub Actions, which become annotations in the changed files: errors first, at most ten
 * of a level, and a notice that says how many more there are. Empty for none.
 */
export function renderGithub(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
  { folder }: Pick<RenderOptions, "folder">,
): string {
  const groups = bySeverity(diagnostics);
  const overflows = groups.some(([, group]) => group.length > MOST_SHOWN);
  const shown = groups.map(([severity, group]) => {
    // The notice about the rest is a notice too.
    return group.slice(0, overflows && severity === "note" ? MOST_SHOWN - 1 : MOST_SHOWN);
  });
  const rest = groups.flatMap(([severity, group], index) => {
    const more = group.length - shown[index]!.length;
    return more > 0 ? [`${more} more ${severity}${more === 1 ? "" : "s"}`] : [];
  });
  const lines = [
    ...shown.flat().map((diagnostic) => annotation(diagnostic, sources, folder)),
    ...(rest.length > 0
      ? [`::notice title=Fairtrial::${escapeData(`${rest.join(", ")} without an annotation`)}`]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(
  diagnostic: LocatedDiagnostic,
  sources: ReadonlyMap<string, string>,
  folder: string,
): string {
  const { code, place, related, severity } = diagnostic;
  const text = sources.get(place.file) ?? "";
  const { start, end } = rangeOf(text, lineStartsOf(text), place.span);
  // Columns are only understood within one line.
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
  const properties = {
    file: folder + place.file,
    line: start.line,
    endLine: end.line,
    ...columns,
    title: code,
  };
  const help = helpOf(diagnostic);
  const message = [
    messageOf(diagnostic),
    ...(help === null ? [] : [`help: ${help}`]),
    ...related.map((other) => `${folder + other.place.file}: ${other.label}`),
  ].map((line) => visible(line.slice(0, LONGEST)));
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${LEVELS[severity]} ${list.join(",")}::${escapeData(message.join("\n"))}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(visible(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
