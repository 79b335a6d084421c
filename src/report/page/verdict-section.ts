import type { Analysis } from "../../verdict/generated/analysis.ts";
import { type Html, html } from "../html.ts";
import { describeReason } from "../reason-words.ts";
import type { Reason } from "../result.ts";
import { DECISIONS } from "../verdict-words.ts";
import { decisionChip } from "./chip.ts";

/** The verdict first: the decision, one sentence, and the reasons, those that decide before those that do not. */
export function verdictSection(analysis: Analysis): Html {
  const { decision, summary, reasons } = analysis.verdict;
  const { tone, meaning } = DECISIONS[decision];
  const deciding = reasons.filter(({ decides }) => decides);
  const others = reasons.filter(({ decides }) => !decides);
  return html`<section class="verdict ${tone}" aria-labelledby="verdict">
<h2 id="verdict" class="label">Verdict ${decisionChip(decision)}</h2>
<p class="summary">${summary}</p>
<p class="meaning">${meaning}</p>
${reasonList("Why", deciding, analysis)}${reasonList("Also found", others, analysis)}
</section>`;
}

function reasonList(title: string, reasons: readonly Reason[], analysis: Analysis): Html | null {
  if (reasons.length === 0) return null;
  const items = reasons.map((reason) => html`<li>${describeReason(analysis, reason)}</li>\n`);
  return html`<h3>${title}</h3>
<ul>
${items}</ul>
`;
}
