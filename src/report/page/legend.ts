import { marginKey, markerGlyph } from "../glyph.ts";
import { type Html, html } from "../html.ts";

/** What the glyphs' shapes mean; the margin's only where one is drawn. */
export function legend(hasMargin: boolean): Html {
  return html`<ul class="legend" aria-label="Legend">
<li>${markerGlyph("better")} better: the interval excludes zero</li>
<li>${markerGlyph("worse")} worse: the interval excludes zero</li>
<li>${markerGlyph("open")} the interval includes zero</li>
${hasMargin && html`<li>${marginKey()} margin, open towards its safe side</li>`}
</ul>`;
}
