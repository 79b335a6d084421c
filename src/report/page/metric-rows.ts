import { type EffectText, formatDifference, formatLift, formatMean } from "../../verdict/effect-format.ts";
import { formatCount, formatPValue } from "../../verdict/number-format.ts";
import { type EffectAxis, effectMark } from "../effect-axis.ts";
import { intervalGlyph, markerGlyph } from "../glyph.ts";
import { NOTES } from "../health-words.ts";
import { type Html, html } from "../html.ts";
import { readComparison } from "../reading.ts";
import { type ArmResult, armOf, type ComparisonResult, type MetricResult } from "../result.ts";
import { icon } from "./icon.ts";

/** What all rows of the metrics table share. */
export interface MetricTable {
  readonly axis: EffectAxis;
  readonly control: string;
  /** The only variant beside the control, which heads its column; null where there are several. */
  readonly single: string | null;
}

/** One row per comparison; the metric's name and the control's numbers span them. */
export function metricRows(metric: MetricResult, setting: MetricTable): readonly Html[] {
  const { comparisons } = metric;
  const span = Math.max(1, comparisons.length);
  const head = html`<th scope="row" role="rowheader" rowspan="${span}" class="metric">${metric.name} <code>${metric.metric}</code> <small>${metric.kind}, ${metric.better} is better</small></th>
<td role="cell" rowspan="${span}" class="number" data-label="${setting.control}">${armCell(metric, armOf(metric, setting.control))}</td>`;
  if (comparisons.length === 0)
    return [html`<tr role="row">${head}<td role="cell" colspan="6">Nothing to compare.</td></tr>\n`];
  return comparisons.map(
    (comparison, index) => html`<tr role="row">
${index === 0 && head}
${comparisonCells(metric, comparison, setting)}
</tr>
`,
  );
}

function comparisonCells(metric: MetricResult, comparison: ComparisonResult, setting: MetricTable): Html {
  const { variant, relative, absolute } = comparison;
  const mark = effectMark(metric, comparison, setting.control);
  return html`<td role="cell" class="number" data-label="${variant}">${setting.single === null && html`<b class="arm">${variant}</b>`}${armCell(metric, armOf(metric, variant))}</td>
<td role="cell" class="number" data-label="Difference">${effectCell(formatDifference(metric.kind, absolute))}</td>
<td role="cell" class="number lift" data-label="Lift">${effectCell(formatLift(relative))}</td>
<td role="cell" class="axis">${intervalGlyph(setting.axis, mark)}</td>
<td role="cell" class="number" data-label="p">${pValueCell(comparison)}</td>
<td role="cell" class="words reading" data-label="Reading">${readingCell(metric, comparison)}</td>`;
}

function armCell({ kind }: MetricResult, arm: ArmResult | undefined): Html {
  if (!arm || arm.units === 0) return html`<small>no units</small>`;
  const of = kind === "conversion" ? `of ${formatCount(arm.units)}` : `${formatCount(arm.units)} units`;
  return html`${formatMean(kind, arm.mean)}<small>${of}</small>`;
}

function effectCell({ estimate, interval }: EffectText): Html {
  return html`${estimate}${interval !== null && html`<small>${interval}</small>`}`;
}

function pValueCell({ pValue, adjustedPValue }: ComparisonResult): Html {
  const differs = adjustedPValue !== null && formatPValue(adjustedPValue) !== formatPValue(pValue);
  return html`${formatPValue(pValue)}${differs && html`<small>adjusted ${formatPValue(adjustedPValue)}</small>`}`;
}

function readingCell(metric: MetricResult, comparison: ComparisonResult): Html {
  const { sign, text, detail } = readComparison(metric, comparison);
  const { notes } = comparison;
  const mark = sign === "safe" || sign === "unsafe" ? icon(sign) : markerGlyph(sign);
  return html`${mark}${text}${detail !== null && html`<small>${detail}</small>`}${notes.length > 0 && html`<small class="doubt">${notes.map((note) => NOTES[note]).join("; ")}</small>`}`;
}
