import type { SourceReport } from "../model/source-report.ts";
import { markdownTable } from "./baseline-markdown.ts";
import { doctorRows, idRows } from "./doctor-rows.ts";

/** What the sources hold, as GitHub-flavoured Markdown. */
export function renderSourcesMarkdown(sources: readonly SourceReport[]): string {
  const ids = idRows(sources);
  const sections = ["## Sources", markdownTable(doctorRows(sources))];
  return `${[...sections, ...(ids.length > 1 ? [markdownTable(ids)] : [])].join("\n\n")}\n`;
}
