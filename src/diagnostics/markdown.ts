import type { LocatedDiagnostic } from "./diagnostic.ts";
import { bySeverity } from "./order.ts";
import { countSeverities, prettyBlocks } from "./pretty.ts";

/** Characters of a page. A comment holds 65,536; a job summary, which holds more, has other pages too. */
const LARGEST = 60_000;

const HEADINGS = { error: "Errors", warning: "Warnings", note: "Notes" } as const;

/**
 * Diagnostics as a page for a job summary or a comment, errors first. All that comes from files stands in fenced
 * blocks, in which nothing is markup, a mention, a reference or a link.
 */
export function renderMarkdown(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
): string {
  if (diagnostics.length === 0) return "### ✓ No problems in the experiments\n";
  const parts = [`### ${mark(diagnostics)} ${countSeverities(diagnostics)} in the experiments\n`];
  let size = parts[0]!.length;
  let left = diagnostics.length;
  for (const [severity, group] of bySeverity(diagnostics)) {
    const blocks = prettyBlocks(group, sources, { color: false }).map(fenced);
    const fitting: string[] = [];
    for (const block of blocks) {
      if (size + block.length > LARGEST) break;
      size += block.length;
      fitting.push(block);
    }
    left -= fitting.length;
    if (fitting.length > 0) parts.push(`#### ${HEADINGS[severity]}\n`, ...fitting);
  }
  if (left > 0) parts.push(`${left} more are not shown; \`fairtrial validate\` shows all.\n`);
  return parts.join("\n");
}

function mark(diagnostics: readonly LocatedDiagnostic[]): string {
  if (diagnostics.some(({ severity }) => severity === "error")) return "✗";
  return diagnostics.some(({ severity }) => severity === "warning") ? "⚠" : "ℹ";
}

/** A block that no line within can end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}\n`;
}
