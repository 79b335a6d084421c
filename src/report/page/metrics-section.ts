import type { Analysis } from "../../verdict/generated/analysis.ts";
import { formatPlainPercent } from "../../verdict/number-format.ts";
import { adjustmentLines } from "../adjustment-words.ts";
import { metricsAxis } from "../effect-axis.ts";
import { axisGlyph } from "../glyph.ts";
import { type Html, html } from "../html.ts";
import { decidingOf, hasMainEffects, type MetricResult } from "../result.ts";
import { legend } from "./legend.ts";
import { type MetricTable, metricRows } from "./metric-rows.ts";
import { numbersTable } from "./numbers-table.ts";

const GROUPS = [
  { role: "primary", title: "Primary", note: "decides" },
  { role: "guardrail", title: "Guardrails", note: "must be shown not worse than their margin" },
  { role: "secondary", title: "Secondary", note: "for understanding; never decide" },
] as const;

/** The metrics in one table, whose intervals share one axis of lifts. Greyed when the trial was not fair. */
export function metricsSection(analysis: Analysis): Html {
  const { control, variants, alpha } = analysis.design;
  const axis = metricsAxis(analysis);
  const [, ...others] = variants;
  const isMain = hasMainEffects(analysis);
  const single = others.length === 1 && !isMain ? others[0]!.variant : null;
  const setting: MetricTable = { axis, control, single };
  const base = isMain ? "First value" : control;
  const unfair = analysis.verdict.decision === "invalid";
  const groups = GROUPS.map((group) => {
    const metrics = analysis.metrics.filter(({ role }) => role === group.role);
    return metrics.length > 0 && groupBody(group.title, group.note, metrics, setting);
  });
  return html`<section class="metrics${unfair && " unfair"}" aria-labelledby="metrics">
<h2 id="metrics">Metrics</h2>
${unfair && html`<p class="notice broken">The trial was not fair: these numbers must not be acted on.</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="Metrics"><table class="stack results" role="table">
<caption>${isMain ? "Every value against its parameter’s first" : `Every variant against ${control}`} <span class="note">${formatPlainPercent(1 - alpha)} intervals; lift is the change relative to ${isMain ? "the first value" : control}</span></caption>
<thead role="rowgroup"><tr role="row">
<th scope="col" role="columnheader" class="words">Metric</th>
<th scope="col" role="columnheader" class="number">${base}</th>
<th scope="col" role="columnheader" class="number">${single ?? (isMain ? "Value" : "Variant")}</th>
<th scope="col" role="columnheader" class="number">Difference</th>
<th scope="col" role="columnheader" class="number">Lift</th>
<th scope="col" role="columnheader" class="axis"><span class="hidden">Interval of the lift</span>${axisGlyph(axis)}</th>
<th scope="col" role="columnheader" class="number">p</th>
<th scope="col" role="columnheader" class="words">Reading</th>
</tr></thead>
${groups}</table></div>
${legend(hasMargin(analysis))}
${adjustments(analysis)}${numbersTable(analysis)}
</section>`;
}

/** What was done to values before they were compared. */
function adjustments(analysis: Analysis): Html | null {
  const lines = adjustmentLines(analysis);
  if (lines.length === 0) return null;
  return html`<h3>Adjustments</h3>
<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
`;
}

function groupBody(
  title: string,
  note: string,
  metrics: readonly MetricResult[],
  setting: MetricTable,
): Html {
  return html`<tbody role="rowgroup">
<tr role="row" class="group"><th scope="rowgroup" role="rowheader" colspan="8">${title} <span class="note">${note}</span></th></tr>
${metrics.map((metric) => metricRows(metric, setting))}</tbody>
`;
}

function hasMargin({ metrics }: Analysis): boolean {
  return metrics.some((metric) => decidingOf(metric).some(({ nonInferiority }) => nonInferiority !== null));
}
