import { isBinary } from "../../model/metric.ts";
import { type EffectText, formatDifference, formatLift, formatMean } from "../../verdict/effect-format.ts";
import { formatCount, formatPValue } from "../../verdict/number-format.ts";
import { type EffectAxis, effectMark } from "../effect-axis.ts";
import { intervalGlyph, markerGlyph } from "../glyph.ts";
import { NOTES } from "../health-words.ts";
import { type Html, html } from "../html.ts";
import { readComparison } from "../reading.ts";
import {
  type ArmResult,
  armOf,
  armsOf,
  type ComparisonResult,
  decidingOf,
  type MetricResult,
} from "../result.ts";
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
  const comparisons = decidingOf(metric);
  const isMain = (metric.effects ?? []).length > 0;
  const span = Math.max(1, comparisons.length);
  const head = html`<th scope="row" role="rowheader" rowspan="${span}" class="metric">${metric.name} <code>${metric.metric}</code> <small>${metric.kind}, ${metric.better} is better</small></th>`;
  const base = html`<td role="cell" rowspan="${span}" class="number" data-label="${setting.control}">${armCell(metric, armOf(metric, setting.control))}</td>`;
  if (comparisons.length === 0)
    return [html`<tr role="row">${head}${base}<td role="cell" colspan="6">Nothing to compare.</td></tr>\n`];
  return comparisons.map(
    (comparison, index) => html`<tr role="row">
${index === 0 && head}${isMain ? firstValueCell(metric, comparison, setting) : index === 0 && base}
${comparisonCells(metric, comparison, setting)}
</tr>
`,
  );
}

/** The units with a parameter's first value, which differ from parameter to parameter. */
function firstValueCell(metric: MetricResult, comparison: ComparisonResult, { control }: MetricTable): Html {
  const [first] = armsOf(metric, comparison, control);
  return html`<td role="cell" class="number" data-label="First value"><b class="arm">${first?.variant ?? null}</b>${armCell(metric, first)}</td>`;
}

function comparisonCells(metric: MetricResult, comparison: ComparisonResult, setting: MetricTable): Html {
  const { variant, relative, absolute } = comparison;
  const mark = effectMark(metric, comparison, setting.control);
  return html`<td role="cell" class="number" data-label="${variant}">${setting.single === null && html`<b class="arm">${variant}</b>`}${armCell(metric, armsOf(metric, comparison, setting.control)[1])}</td>
<td role="cell" class="number" data-label="Difference">${effectCell(formatDifference(metric.kind, absolute))}</td>
<td role="cell" class="number lift" data-label="Lift">${effectCell(formatLift(relative))}</td>
<td role="cell" class="axis">${intervalGlyph(setting.axis, mark)}</td>
<td role="cell" class="number" data-label="p">${pValueCell(comparison)}</td>
<td role="cell" class="words reading" data-label="Reading">${readingCell(metric, comparison)}</td>`;
}

function armCell({ kind }: MetricResult, arm: ArmResult | undefined): Html {
  if (!arm || arm.units === 0) return html`<small>no units</small>`;
  const of = arm.members
    ? `${formatCount(arm.members)} in ${formatCount(arm.units)} clusters`
    : isBinary(kind)
      ? `of ${formatCount(arm.units)}`
      : `${formatCount(arm.units)} units`;
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
