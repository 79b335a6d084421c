import type { Project } from "../../model/project.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { type Html, html } from "../html.ts";
import { isSimulated, primaryOf } from "../result.ts";
import { type Entry, needsAttention } from "./entry.ts";
import { concludedTable, draftTable, runningTable } from "./index-tables.ts";
import { legend } from "./legend.ts";

/** The first page: what needs a person, then what runs, waits, is planned, and was decided. */
export function indexPage(project: Project, entries: readonly Entry[]): Html {
  const current = entries.filter(({ experiment }) => !experiment.archived);
  const withStatus = (status: string) => current.filter(({ experiment }) => experiment.status === status);
  const analysed = entries.flatMap(({ analysis }) => (analysis ? [analysis] : []));
  const sections = [
    section("running", "Running", withStatus("running"), runningTable),
    section("stopped", "Stopped, waiting for a decision", withStatus("stopped"), runningTable),
    section("draft", "Drafts", withStatus("draft"), draftTable),
    section("concluded", "Concluded", withStatus("concluded"), concludedTable),
    section(
      "archive",
      "Archive",
      entries.filter(({ experiment }) => experiment.archived),
      concludedTable,
    ),
  ];
  return html`<div class="heading">
<h1>${project.name}</h1>
${totals(entries)}
</div>
${analysed.some(isSimulated) && html`<p class="notice simulated"><strong>Simulated data.</strong> Some of these numbers come from a simulated world; their pages say so.</p>`}
${entries.length === 0 ? html`<p>There are no experiments yet.</p>` : sections}${analysed.length > 0 && legend(analysed.some(hasMargin))}`;
}

function hasMargin(analysis: Analysis): boolean {
  return primaryOf(analysis)?.comparisons.some(({ nonInferiority }) => nonInferiority !== null) ?? false;
}

function totals(entries: readonly Entry[]): Html {
  const count = (status: string) => entries.filter(({ experiment }) => experiment.status === status).length;
  const attention = entries.filter(needsAttention).length;
  const items = [
    [count("running"), "running"],
    [attention, attention === 1 ? "needs attention" : "need attention"],
    [count("stopped"), "stopped"],
    [count("draft"), count("draft") === 1 ? "draft" : "drafts"],
    [count("concluded"), "concluded"],
  ] as const;
  return html`<ul class="totals">
${items.filter(([number]) => number > 0).map(([number, word]) => html`<li><strong>${number}</strong> ${word}</li>\n`)}</ul>`;
}

function section(
  id: string,
  title: string,
  entries: readonly Entry[],
  render: (entries: readonly Entry[], title: string) => Html,
): Html | null {
  if (entries.length === 0) return null;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${render(entries, title)}
</section>
`;
}
