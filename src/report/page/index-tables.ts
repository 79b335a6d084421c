import { formatDifference, formatEffectSize, formatLift } from "../../verdict/effect-format.ts";
import { ABSENT, formatCount } from "../../verdict/number-format.ts";
import { type EffectAxis, effectAxis, effectMark } from "../effect-axis.ts";
import { axisGlyph, intervalGlyph } from "../glyph.ts";
import { type Content, type Html, html } from "../html.ts";
import {
  type ComparisonResult,
  decidingOf,
  leadingComparison,
  type MetricResult,
  primaryOf,
} from "../result.ts";
import { decisionChip, problemChip } from "./chip.ts";
import { dateRange, time } from "./day.ts";
import type { Entry } from "./entry.ts";
import { pagePath } from "./page-path.ts";
import { table } from "./table.ts";

/** Experiments with data: verdict and primary effect, on one axis of lifts. */
export function runningTable(entries: readonly Entry[], caption: string): Html {
  const axis = axisOf(entries);
  return table({
    caption,
    columns: ["Experiment", "Verdict", "Primary metric", "Effect", axisHead(axis), "Dates", "Days left"],
    rows: entries.map((entry) => [
      nameCell(entry),
      verdictCell(entry),
      entry.experiment.primary.metric.name,
      ...effectCells(entry, axis),
      dateRange(entry.experiment.start, entry.experiment.end),
      entry.daysLeft === null ? ABSENT : entry.daysLeft === 0 ? "due" : formatCount(entry.daysLeft),
    ]),
    words: [0, 1, 2, 5],
    axis: 4,
    stacks: true,
  });
}

/** Experiments before their start: what they would need. */
export function draftTable(entries: readonly Entry[], caption: string): Html {
  return table({
    caption,
    columns: ["Experiment", "Primary metric", "Effect to find", "Units per variant", "Days", "Dates"],
    rows: entries.map((entry) => [
      nameCell(entry),
      entry.experiment.primary.metric.name,
      targetOf(entry),
      unitsOf(entry),
      formatCount(entry.plan?.days ?? null),
      dateRange(entry.experiment.start, entry.experiment.end),
    ]),
    words: [0, 1, 5],
    stacks: true,
  });
}

/** Experiments that are over: what was decided, by whom, on what verdict. */
export function concludedTable(entries: readonly Entry[], caption: string): Html {
  const axis = axisOf(entries);
  return table({
    caption,
    columns: ["Experiment", "Shipped", "Verdict", "Effect", axisHead(axis), "Decided"],
    rows: entries.map((entry) => [
      nameCell(entry),
      entry.experiment.decision?.ship ?? ABSENT,
      entry.experiment.decision ? decisionChip(entry.experiment.decision.verdict) : verdictCell(entry),
      ...effectCells(entry, axis),
      html`${time(entry.experiment.decision?.date ?? null)}<small>${entry.experiment.decision?.by ?? null}</small>`,
    ]),
    words: [0, 1, 2, 5],
    axis: 4,
    stacks: true,
  });
}

function nameCell({ experiment }: Entry): Html {
  return html`<a href="${pagePath(experiment.key)}">${experiment.name}</a> <code>${experiment.key}</code>`;
}

function verdictCell({ analysis, problem }: Entry): Content {
  if (analysis) return decisionChip(analysis.verdict.decision);
  return problem ? problemChip() : html`<span class="quiet">not analysed yet</span>`;
}

function effectCells(entry: Entry, axis: EffectAxis): readonly [Content, Content] {
  const leading = leadOf(entry);
  if (!leading || !entry.analysis) return [ABSENT, null];
  const { metric, comparison } = leading;
  const hasLift = comparison.relative.estimate !== null;
  const text = hasLift ? formatLift(comparison.relative) : formatDifference(metric.kind, comparison.absolute);
  const several = decidingOf(metric).length > 1 && html`<b class="arm">${comparison.variant}</b>`;
  return [
    html`${several}${text.estimate}<small>${text.interval}</small>`,
    intervalGlyph(axis, effectMark(metric, comparison, entry.analysis.design.control)),
  ];
}

/** The primary's comparison to show; none of an unfair trial, whose numbers nobody should read in passing. */
function leadOf({ analysis }: Entry): { metric: MetricResult; comparison: ComparisonResult } | undefined {
  if (analysis?.verdict.decision === "invalid") return undefined;
  const metric = analysis && primaryOf(analysis);
  const comparison = metric && leadingComparison(metric, analysis.verdict.variant);
  return comparison && { metric, comparison };
}

function axisOf(entries: readonly Entry[]): EffectAxis {
  const marks = entries.flatMap((entry) => {
    const leading = leadOf(entry);
    return leading && entry.analysis
      ? [effectMark(leading.metric, leading.comparison, entry.analysis.design.control)]
      : [];
  });
  return effectAxis(marks, []);
}

function axisHead(axis: EffectAxis): Html {
  return html`<span class="hidden">Interval of the lift</span>${axisGlyph(axis)}`;
}

function targetOf({ experiment: { mde, primary } }: Entry): string {
  if (mde) return formatEffectSize(primary.metric.kind, mde);
  return primary.margin ? `not worse by ${formatEffectSize(primary.metric.kind, primary.margin)}` : ABSENT;
}

/** The largest need over the metrics, per variant; one number where all variants need the same. */
function unitsOf({ plan }: Entry): string {
  const size = plan?.sizes.find(({ metric }) => metric === plan.binding) ?? plan?.sizes[0];
  const units = size?.unitsPerVariant;
  if (!units) return ABSENT;
  return [...new Set(units)].map(formatCount).join(" / ");
}
