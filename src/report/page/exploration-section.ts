import { formatLift, formatMean } from "../../verdict/effect-format.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { ABSENT, formatCount, formatPlain, formatPValue } from "../../verdict/number-format.ts";
import {
  agesOf,
  BREAKDOWN_CAVEAT,
  brokenDown,
  describeDose,
  describeInteraction,
  EXPLORATION,
  interactionLines,
  sensitivityLines,
  stretchName,
} from "../exploration-words.ts";
import { ageTable, breakdownTable, type ExploredTable } from "../explored-rows.ts";
import { axisGlyph, intervalGlyph } from "../glyph.ts";
import { type Html, html } from "../html.ts";
import { intervalChart } from "../interval-chart.ts";
import { armOf, hasMainEffects, type MetricResult, primaryOf } from "../result.ts";
import { table } from "./table.ts";

/** What explores and never decides: cells, doses, groups of units, time since exposure, other statistics. Null where there is none. */
export function explorationSection(analysis: Analysis): Html | null {
  const parts = [
    cellsPart(analysis),
    dosePart(analysis),
    breakdownsPart(analysis),
    agePart(analysis),
    sensitivityPart(analysis),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return html`
<section class="exploration" aria-labelledby="exploration">
<h2 id="exploration">Exploration</h2>
<p class="quiet">${EXPLORATION}</p>
${parts}
</section>`;
}

/** The primary in each combination of parameters' values, beside its main effects. */
function cellsPart(analysis: Analysis): Html | null {
  const primary = primaryOf(analysis);
  if (!primary || !hasMainEffects(analysis)) return null;
  const { control, variants } = analysis.design;
  const rows = variants.map(({ variant }) => {
    const arm = armOf(primary, variant);
    const comparison = primary.comparisons.find((each) => each.variant === variant);
    const lift = comparison && formatLift(comparison.relative);
    return [
      html`${variant}${variant === control && html` <small>first values</small>`}`,
      formatCount(arm?.units ?? 0),
      formatMean(primary.kind, arm?.mean ?? null),
      lift ? html`${lift.estimate}<small>${lift.interval}</small>` : ABSENT,
      comparison ? formatPValue(comparison.pValue) : ABSENT,
    ];
  });
  const words = describeInteraction(primary);
  return html`<h3>Combinations of values</h3>
${words === null ? null : html`<p>${words}</p>`}
<details>
<summary>Every combination</summary>
${table({ caption: `${primary.name}, by combination`, note: "each against that of all first values", columns: ["Combination", "Units", "Mean", "Lift", "p"], rows })}
</details>
`;
}

/** The trend over a numeric parameter, of each metric that has one; the primary's as a chart. */
function dosePart(analysis: Analysis): Html | null {
  const metrics = analysis.metrics.filter(({ dose }) => dose && dose.slope.estimate !== null);
  const [first, ...others] = metrics;
  if (!first?.dose) return null;
  return html`<h3>Trend over ${first.dose.parameter}</h3>
<p>${describeDose(first)}</p>
${doseChart(first)}
<details>
<summary>Every value of ${first.dose.parameter}</summary>
${metrics.map(doseTable)}
</details>
${others.length > 0 && html`<ul>${others.map((metric) => html`<li>${describeDose(metric)}</li>`)}</ul>`}
`;
}

function doseChart({ dose, kind }: MetricResult): Html | null {
  if (!dose) return null;
  const { levels, slope } = dose;
  const [first, last] = [levels[0], levels.at(-1)];
  const units = levels.reduce((sum, level) => sum + level.units, 0);
  const centre = levels.reduce((sum, level) => sum + level.units * level.value, 0) / units;
  const mean = levels.reduce((sum, level) => sum + level.units * (level.mean ?? 0), 0) / units;
  const at = (value: number) => mean + (slope.estimate ?? 0) * (value - centre);
  return intervalChart(
    levels.map(({ interval, mean: estimate, value }) => ({
      at: value,
      label: formatPlain(value),
      estimate,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
    })),
    { kind, isDifference: false, line: first && last ? [at(first.value), at(last.value)] : null },
  );
}

function doseTable({ dose, kind, name }: MetricResult): Html | null {
  if (!dose) return null;
  return table({
    caption: `${name}, by ${dose.parameter}`,
    columns: ["Value", "Units", "Mean", "Interval"],
    rows: dose.levels.map(({ interval, mean, units, value }) => [
      formatPlain(value),
      formatCount(units),
      formatMean(kind, mean),
      interval ? `${formatMean(kind, interval.lower)} to ${formatMean(kind, interval.upper)}` : ABSENT,
    ]),
  });
}

/** Each metric by each attribute: what the tests say in the open, the tables folded. */
function breakdownsPart(analysis: Analysis): Html | null {
  const metrics = brokenDown(analysis);
  if (metrics.length === 0) return null;
  return html`<h3>By attribute</h3>
<p class="quiet">${BREAKDOWN_CAVEAT}</p>
${metrics.map((metric) =>
  metric.breakdowns.map(
    (breakdown) => html`<details>
<summary>${metric.name} by ${breakdown.attribute}: ${verdictOf(breakdown)}</summary>
<ul>
${interactionLines(breakdown).map((line) => html`<li>${line}</li>\n`)}</ul>
${exploredTable(`${metric.name} by ${breakdown.attribute}`, breakdownTable(analysis, metric, breakdown))}
</details>
`,
  ),
)}`;
}

/** In a few words, for a summary that is folded. */
function verdictOf({ interactions }: MetricResult["breakdowns"][number]): string {
  if (interactions.some(({ reversed }) => reversed))
    return "overall and by value, effects have opposite signs";
  const differs = interactions.some(({ adjustedPValue }) => adjustedPValue !== null && adjustedPValue < 0.05);
  return differs ? "effects differ" : "no sign that effects differ";
}

/** The primary's effect in each stretch since exposure, one chart a variant. */
function agePart(analysis: Analysis): Html | null {
  const found = agesOf(analysis);
  if (!found) return null;
  const { metric, stretches } = found;
  const variants = stretches[0]?.comparisons.map(({ variant }) => variant) ?? [];
  return html`<h3>By time since exposure</h3>
<p class="quiet">${metric.name}: what happened in each stretch by itself, over the same units. An effect that fades may be novelty, one that grows may be learning.</p>
${variants.map(
  (variant, index) => html`${variants.length > 1 && html`<p>${variant}</p>`}
${intervalChart(
  stretches.map((stretch) => {
    const absolute = stretch.comparisons[index]?.absolute;
    const ends = { estimate: null, lower: null, upper: null, ...absolute };
    return { at: (stretch.from + stretch.to) / 2, label: stretchName(stretch), ...ends };
  }),
  { kind: metric.kind, isDifference: true },
)}
`,
)}
<details>
<summary>Every stretch</summary>
${exploredTable(`${metric.name} by time since exposure`, ageTable(analysis, metric, stretches))}
</details>
`;
}

function sensitivityPart({ metrics }: Analysis): Html | null {
  const lines = metrics.flatMap(sensitivityLines);
  if (lines.length === 0) return null;
  return html`<h3>Beside the mean</h3>
<p class="quiet">A mean can be moved by a few large values. Ranks and medians are not, and the bootstrap assumes no shape. Where they disagree with the result above, look at the largest values.</p>
<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
`;
}

function exploredTable(caption: string, explored: ExploredTable): Html {
  const axisAt = explored.head.indexOf("Interval") + 1;
  const columns = [...explored.head.slice(0, axisAt), axisHead(explored), ...explored.head.slice(axisAt)];
  return table({
    caption,
    columns,
    rows: explored.rows.map(({ cells, mark }) => [
      ...cells.slice(0, axisAt),
      intervalGlyph(explored.axis, mark),
      ...cells.slice(axisAt),
    ]),
    words: [0, 1],
    axis: axisAt,
    stacks: true,
  });
}

function axisHead({ axis }: ExploredTable): Html {
  return html`<span class="hidden">Interval of the lift</span>${axisGlyph(axis)}`;
}
