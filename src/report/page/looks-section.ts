import { formatDifference } from "../../verdict/effect-format.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { ABSENT, formatCount } from "../../verdict/number-format.ts";
import { type Html, html } from "../html.ts";
import { describeLook } from "../look-words.ts";
import {
  armsOf,
  type ComparisonResult,
  countOf,
  decidingOf,
  type MetricResult,
  primaryOf,
  type SeriesComparison,
} from "../result.ts";
import { type ChartDay, seriesChart } from "../series-chart.ts";
import { time } from "./day.ts";
import { table } from "./table.ts";

/** The primary metric from day to day, and where looks stand; null where there are no days to show. */
export function looksSection(analysis: Analysis): Html | null {
  const primary = primaryOf(analysis);
  if (!primary || primary.series.length < 2) return null;
  return html`
<section aria-labelledby="looks">
<h2 id="looks">Day by day</h2>
<p class="quiet">${primary.name}: units whose window had passed by the end of each day. ${READINGS[analysis.design.method]}</p>
${decidingOf(primary).map((comparison) => comparisonPart(analysis, primary, comparison))}
</section>`;
}

const READINGS: Readonly<Record<Analysis["design"]["method"], string>> = {
  fixed:
    "Bars are the intervals of the fixed test: each is right by itself, and to pick a day by what it shows is not. The two outer lines are what holds on all days at once.",
  sequential:
    "The two outer lines are what the confidence sequence has left: they hold on all days at once, and the run may end once they exclude zero. Bars are intervals of a fixed test, each right by itself only.",
  "group-sequential":
    "Capped bars are the looks of the design, one a week: they hold together, and the run may end once one excludes zero. Thin bars are intervals of a fixed test, each right by itself only; the two outer lines hold on all days at once.",
};

function comparisonPart(analysis: Analysis, metric: MetricResult, comparison: ComparisonResult): Html | null {
  const { variant } = comparison;
  const against = armsOf(metric, comparison, analysis.design.control)[0]?.variant ?? analysis.design.control;
  const days = metric.series.flatMap(({ day, comparisons }): readonly ChartDay[] => {
    const point = comparisons.find((each) => each.variant === variant);
    return point ? [{ day, point }] : [];
  });
  return html`<h3>${variant} against ${against}</h3>
${comparison.look ? html`<p>${describeLook(comparison)}</p>` : null}
${seriesChart(days, metric.kind)}
<details>
<summary>Every day of ${variant}</summary>
${daysTable(analysis, metric, { variant, against }, days)}
</details>`;
}

function daysTable(
  analysis: Analysis,
  metric: MetricResult,
  { variant, against }: { readonly variant: string; readonly against: string },
  days: readonly ChartDay[],
): Html {
  const { method } = analysis.design;
  const units = new Map(metric.series.map((point) => [point.day, point.units]));
  const ends = (found: SeriesComparison["sequence"]) =>
    found && formatDifference(metric.kind, { estimate: null, ...found }).interval;
  const hasLooks = method === "group-sequential";
  return table({
    caption: `${metric.name}, by day`,
    columns: [
      ...["Day", against, variant, "Difference", "Fixed interval", "Confidence sequence"],
      ...(hasLooks ? ["Look"] : []),
    ],
    rows: days.map(({ day, point }) => {
      const { estimate, interval } = formatDifference(metric.kind, point.absolute);
      const counts = units.get(day) ?? {};
      return [
        time(day),
        formatCount(countOf(counts, against)),
        formatCount(countOf(counts, variant)),
        estimate,
        interval ?? ABSENT,
        ends(point.sequence) ?? ABSENT,
        ...(hasLooks ? [ends(point.repeated) ?? ABSENT] : []),
      ];
    }),
  });
}
