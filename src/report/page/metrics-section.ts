import type { Analysis } from "../../verdict/generated/analysis.ts";
import { formatPlainPercent } from "../../verdict/number-format.ts";
import { metricsAxis } from "../effect-axis.ts";
import { axisGlyph } from "../glyph.ts";
import { type Html, html } from "../html.ts";
import type { MetricResult } from "../result.ts";
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
  const setting: MetricTable = { axis, control, single: others.length === 1 ? others[0]!.variant : null };
  const unfair = analysis.verdict.decision === "invalid";
  const groups = GROUPS.map((group) => {
    const metrics = analysis.metrics.filter(({ role }) => role === group.role);
    return metrics.length > 0 && groupBody(group.title, group.note, metrics, setting);
  });
  return html`<section class="metrics${unfair && " unfair"}" aria-labelledby="metrics">
<h2 id="metrics">Metrics</h2>
${unfair && html`<p class="notice broken">The trial was not fair: these numbers must not be acted on.</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="Metrics"><table class="stack results" role="table">
<caption>Every variant against ${control} <span class="note">${formatPlainPercent(1 - alpha)} intervals; lift is the change relative to ${control}</span></caption>
<thead role="rowgroup"><tr role="row">
<th scope="col" role="columnheader" class="words">Metric</th>
<th scope="col" role="columnheader" class="number">${control}</th>
<th scope="col" role="columnheader" class="number">${setting.single ?? "Variant"}</th>
<th scope="col" role="columnheader" class="number">Difference</th>
<th scope="col" role="columnheader" class="number">Lift</th>
<th scope="col" role="columnheader" class="axis"><span class="hidden">Interval of the lift</span>${axisGlyph(axis)}</th>
<th scope="col" role="columnheader" class="number">p</th>
<th scope="col" role="columnheader" class="words">Reading</th>
</tr></thead>
${groups}</table></div>
${legend(hasMargin(analysis))}
${numbersTable(analysis)}
</section>`;
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
  return metrics.some(({ comparisons }) => comparisons.some(({ nonInferiority }) => nonInferiority !== null));
}
