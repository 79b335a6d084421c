import { type Html, html } from "../html.ts";
import { problemChip } from "./chip.ts";

/** Why there is no analysis, in the words of the diagnostics. */
export function problemSection(lines: readonly string[]): Html {
  return html`<section class="verdict broken" aria-labelledby="verdict">
<h2 id="verdict" class="label">Verdict ${problemChip()}</h2>
<p class="summary">The analysis could not be made.</p>
<pre tabindex="0"><code>${lines.join("\n").trim()}</code></pre>
</section>`;
}
