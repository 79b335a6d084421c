import type { Analysis } from "../../verdict/generated/analysis.ts";
import { formatCount, formatPlainPercent } from "../../verdict/number-format.ts";
import { type Html, html } from "../html.ts";
import { METHOD_MEANINGS, METHOD_NAMES } from "../method-words.ts";
import { shellWord } from "../shell-word.ts";
import { time } from "./day.ts";
import { definitionList, table } from "./table.ts";

/** Where the numbers come from, and the commands that make them again. */
export function provenanceSection(analysis: Analysis): Html {
  const { design, sources } = analysis;
  return html`<section aria-labelledby="provenance">
<h2 id="provenance">Method and data</h2>
${definitionList([
  [
    "Method",
    `${METHOD_NAMES[design.method]}: ${METHOD_MEANINGS[design.method]}; two-sided error rate ${formatPlainPercent(design.alpha)}`,
  ],
  ["Iteration", formatCount(analysis.iteration)],
  ["Plan", html`<code>${analysis.specHash}</code> <small>SHA-256 of what is frozen while it runs</small>`],
  ["Commit", analysis.commit === null ? "not in a repository" : html`<code>${analysis.commit}</code>`],
  ["Tool", `Fairtrial ${analysis.toolVersion}`],
  ["Data up to", analysis.asOf === null ? "final data, without timestamps" : time(analysis.asOf)],
])}
${table({
  caption: "Sources",
  columns: ["Source", "Files", "Rows", "First", "Last"],
  rows: sources.map(({ source, files, rows, first, last }) => [
    source,
    html`${files.map((file) => html`<code>${file}</code> `)}`,
    formatCount(rows),
    time(first),
    time(last),
  ]),
  words: [0, 1],
})}
<h3>Reproduce</h3>
<pre tabindex="0"><code>${reproduceCommands(analysis).join("\n")}</code></pre>
<details>
<summary>This analysis as JSON</summary>
<pre tabindex="0"><code>${JSON.stringify(analysis, null, 2)}</code></pre>
</details>
</section>`;
}

/** What to type to get this Analysis again, given the same data. */
function reproduceCommands({
  commit,
  experiment,
  iteration,
  asOf,
  design: { exposedOn },
}: Analysis): readonly string[] {
  const isChanged = commit?.endsWith("+") === true;
  const spec = commit === null ? "" : ` --spec ${shellWord(isChanged ? commit.slice(0, -1) : commit)}`;
  const at = asOf === null ? "" : ` --as-of ${shellWord(asOf)}`;
  const own = iteration > 1 ? ` --iteration ${iteration}` : "";
  const from = exposedOn?.from ? ` --from ${shellWord(exposedOn.from)}` : "";
  const to = exposedOn?.to ? ` --to ${shellWord(exposedOn.to)}` : "";
  return [
    `fairtrial analyze ${shellWord(experiment)}${spec}${own}${at}${from}${to} --format json`,
    ...(isChanged ? ["# without the changes that were not committed"] : []),
  ];
}
